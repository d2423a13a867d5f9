import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FailureWords } from '~/app/(console)/webhooks/failure-words';
import { type Column, DataTable } from '~/components/data-table';
import { Duration } from '~/components/duration';
import { Identifier } from '~/components/identifier';
import { StatusBadge } from '~/components/status-badge';
import { Timestamp } from '~/components/timestamp';
import type { listEvents } from '~/lib/webhooks/read';

export type EventRow = Awaited<ReturnType<typeof listEvents>>['items'][number];

type EventTableProps = {
  events: readonly EventRow[];
  label: string;
  /** Dead letters say why they are dead. */
  dead: boolean;
  filtered: boolean;
  empty: ReactNode;
};

export function EventTable({ events, label, dead, filtered, empty }: EventTableProps) {
  const columns = useColumns();
  return (
    <DataTable
      label={label}
      columns={columns.filter(({ key }) => (dead ? !ONLY_ALL.has(key) : key !== 'failure'))}
      rows={events}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/webhooks/${id}`}
      filtered={filtered}
      empty={empty}
    />
  );
}

/** Dead letters give the room of these to the reason. */
const ONLY_ALL: ReadonlySet<string> = new Set(['id', 'lag', 'duplicates', 'state']);

function useColumns(): Column<EventRow>[] {
  const t = useTranslations('webhooks.columns');
  const muted = 'text-muted-foreground';
  return [
    {
      key: 'type',
      header: t('type'),
      cell: ({ type }) => <span className="font-mono text-[0.96em] tracking-tight">{type}</span>,
    },
    {
      key: 'object',
      header: t('object'),
      cell: ({ objectId }) => (objectId ? <Identifier value={objectId} copy={false} /> : '—'),
      className: `${muted} sm:max-w-40`,
    },
    {
      key: 'id',
      header: t('id'),
      cell: ({ id }) => <Identifier value={id} copy={false} />,
      className: `${muted} sm:max-w-40`,
      phone: 'hide',
      hideBelow: 'xl',
    },
    {
      key: 'failure',
      header: t('failure'),
      cell: ({ lastError }) => <FailureWords lastError={lastError} />,
      className: 'sm:max-w-80 sm:whitespace-normal sm:py-2',
    },
    {
      key: 'received',
      header: t('received'),
      cell: ({ receivedAt }) => <Timestamp at={receivedAt} format="seconds" />,
    },
    {
      key: 'lag',
      header: t('lag'),
      align: 'end',
      cell: ({ receivedAt, occurredAt }) => (
        <Duration ms={Math.max(0, receivedAt.getTime() - occurredAt.getTime())} className={muted} />
      ),
      phone: 'hide',
      hideBelow: 'lg',
    },
    {
      key: 'attempts',
      header: t('attempts'),
      align: 'end',
      cell: ({ attempts }) => <span className={`${muted} tabular-nums`}>{attempts}</span>,
      phone: 'hide',
      hideBelow: 'lg',
    },
    {
      key: 'duplicates',
      header: t('duplicates'),
      align: 'end',
      cell: ({ duplicates }) => (
        <span className={`tabular-nums ${duplicates > 0 ? 'font-medium' : muted}`}>{duplicates}</span>
      ),
      phone: 'hide',
      hideBelow: 'lg',
    },
    {
      key: 'state',
      header: t('state'),
      cell: ({ state }) => <StatusBadge kind="event" status={state} />,
      phone: 'end',
    },
  ];
}
