import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import type { DeliveryRow } from '~/lib/webhooks/read';

/** What was sent to an endpoint, or waits, and how each fared. */
export function DeliveryTable({ deliveries }: { deliveries: readonly DeliveryRow[] }) {
  const t = useTranslations('webhooks.deliveries');
  return (
    <DataTable
      label={t('title')}
      rows={deliveries}
      rowKey={({ id }) => String(id)}
      empty={<p className="px-4 py-5 text-muted-foreground text-sm sm:px-5">{t('empty')}</p>}
      columns={[
        {
          key: 'type',
          header: t('columns.type'),
          className: 'max-sm:col-span-2',
          cell: ({ id, endpointId, type }) => (
            <Link
              href={`/settings/webhooks/${endpointId}/${id}`}
              className="font-mono text-sm hover:underline"
            >
              {type}
            </Link>
          ),
        },
        {
          key: 'queued',
          header: t('columns.queued'),
          phone: 'start',
          cell: ({ createdAt }) => <Timestamp at={createdAt} format="seconds" />,
        },
        {
          key: 'attempts',
          header: t('columns.attempts'),
          align: 'end',
          phone: 'hide',
          cell: ({ attempts }) => <span className="tabular-nums">{attempts}</span>,
        },
        {
          key: 'answer',
          header: t('columns.answer'),
          phone: 'hide',
          cell: ({ lastTry }) => <Answer answer={lastTry} />,
        },
        {
          key: 'state',
          header: t('columns.state'),
          phone: 'end',
          cell: (row) => <StatusBadge kind="delivery" status={stateOf(row)} />,
        },
      ]}
    />
  );
}

/** What was tried and not taken waits for its next try. */
function stateOf({ state, lastTry }: DeliveryRow): string {
  return state === 'waiting' && lastTry ? 'retrying' : state;
}

/** The answer's status, or in words why there was none. */
export function Answer({ answer }: { answer: { status: number | null; error: string | null } | null }) {
  const t = useTranslations('webhooks.failures');
  if (!answer) return null;
  if (answer.status !== null) return <span className="font-mono text-sm tabular-nums">{answer.status}</span>;
  const key = answer.error as Parameters<typeof t>[0];
  return (
    <span className="text-sm">{t.has(key) ? t(key) : t('unreachable', { code: answer.error ?? '' })}</span>
  );
}
