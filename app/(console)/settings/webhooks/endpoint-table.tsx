import { Webhook } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import type { EndpointRow } from '~/lib/webhooks/read';

/** Every endpoint, the newest first. */
export function EndpointTable({ endpoints }: { endpoints: readonly EndpointRow[] }) {
  const t = useTranslations('webhooks');
  return (
    <DataTable
      label={t('title')}
      rows={endpoints}
      rowKey={({ id }) => id}
      empty={<EmptyState icon={Webhook} title={t('empty')} description={t('emptyHint')} />}
      columns={[
        {
          key: 'name',
          header: t('columns.name'),
          className: 'max-sm:col-span-2',
          cell: ({ id, name, url }) => (
            <span className="grid gap-0.5 sm:py-2">
              <Link href={`/settings/webhooks/${id}`} className="font-medium hover:underline">
                {name}
              </Link>
              <span className="break-all font-mono text-muted-foreground text-xs">{new URL(url).origin}</span>
            </span>
          ),
        },
        {
          key: 'patterns',
          header: t('columns.patterns'),
          hideBelow: 'md',
          phone: 'hide',
          className: 'max-w-72 sm:whitespace-normal sm:py-2',
          cell: ({ patterns }) => <span className="font-mono text-xs">{patterns.join(' ')}</span>,
        },
        {
          key: 'state',
          header: t('columns.state'),
          phone: 'start',
          cell: (row) => <StatusBadge kind="endpoint" status={stateOf(row)} />,
        },
        {
          key: 'lastSuccess',
          header: t('columns.lastSuccess'),
          phone: 'end',
          cell: ({ lastSuccessAt }) =>
            lastSuccessAt ? (
              <Timestamp at={lastSuccessAt} />
            ) : (
              <span className="text-muted-foreground">{t('never')}</span>
            ),
        },
      ]}
    />
  );
}

/** As people see it: one that is on may be failing, and one that is off has its reason. */
export function stateOf({ state, offReason, failingSince }: EndpointRow): string {
  if (state === 'on') return failingSince ? 'failing' : 'on';
  return offReason === 'by_hand' ? 'off' : offReason === 'gone' ? 'gone' : 'dead';
}
