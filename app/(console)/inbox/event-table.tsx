import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FailureWords } from '~/app/(console)/inbox/failure-words';
import { SELECTION } from '~/app/(console)/inbox/selection';
import { type Column, DataTable } from '~/components/list/data-table';
import { Duration } from '~/components/record/duration';
import { EventMarks } from '~/components/record/event-marks';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Checkbox } from '~/components/ui/checkbox';
import { to } from '~/components/ui/to';
import { REPLAYABLE } from '~/lib/inbox/matching';
import type { ListedEvent } from '~/lib/inbox/read';

type EventTableProps = {
  events: readonly ListedEvent[];
  label: string;
  /** Dead letters say why they are dead. */
  dead?: boolean;
  /** With boxes to tick, for a dry run of several. */
  selectable?: boolean;
  filtered?: boolean;
  empty?: ReactNode;
};

export function EventTable({
  events,
  label,
  dead = false,
  selectable = false,
  filtered,
  empty,
}: EventTableProps) {
  const columns = useColumns();
  const shown = columns.filter(({ key }) => (dead ? !ONLY_ALL.has(key) : key !== 'failure'));
  return (
    <DataTable
      label={label}
      columns={selectable ? shown : shown.filter(({ key }) => key !== 'select')}
      rows={events}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/inbox/${id}`)}
      {...(filtered === undefined ? {} : { filtered })}
      empty={empty}
    />
  );
}

/** Dead letters give the room of these to the reason. */
const ONLY_ALL: ReadonlySet<string> = new Set(['id', 'lag', 'processing', 'state']);

function useColumns(): Column<ListedEvent>[] {
  const t = useTranslations('inbox.columns');
  const muted = 'text-muted-foreground';
  return [
    {
      key: 'select',
      header: <span className="sr-only">{t('select')}</span>,
      cell: ({ id, type, state }) =>
        REPLAYABLE.includes(state) ? (
          <Checkbox
            name="id"
            value={id}
            form={SELECTION}
            aria-label={t('selectOne', { type, id })}
            className="relative z-10 align-middle"
          />
        ) : null,
      bare: true,
      phone: 'hide',
      className: 'w-8 pr-0',
    },
    {
      key: 'type',
      header: t('type'),
      cell: ({ type, ...event }) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-mono text-[0.96em] tracking-tight">{type}</span>
          <EventMarks event={event} />
        </span>
      ),
      className: 'sm:whitespace-normal sm:py-2',
    },
    {
      key: 'object',
      header: t('object'),
      cell: ({ objectId }) => (objectId ? <Identifier value={objectId} copy={false} /> : '—'),
      className: `${muted} sm:max-w-36`,
    },
    {
      key: 'id',
      header: t('id'),
      cell: ({ id }) => <Identifier value={id} copy={false} />,
      className: `${muted} sm:max-w-36`,
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
      cell: ({ receivedAt, occurredAt }) => <Lag from={occurredAt} to={receivedAt} />,
      phone: 'hide',
      hideBelow: 'lg',
    },
    {
      key: 'processing',
      header: t('processing'),
      align: 'end',
      cell: ({ receivedAt, processedAt }) => (processedAt ? <Lag from={receivedAt} to={processedAt} /> : '—'),
      phone: 'hide',
      hideBelow: 'lg',
      className: muted,
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
      key: 'state',
      header: t('state'),
      cell: ({ state }) => <StatusBadge kind="event" status={state} />,
      phone: 'end',
    },
  ];
}

function Lag({ from, to }: { from: Date; to: Date }) {
  return <Duration ms={Math.max(0, to.getTime() - from.getTime())} className="text-muted-foreground" />;
}
