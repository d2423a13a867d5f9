import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { AccountName } from '~/components/money/account-name';
import { Money } from '~/components/money/money';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { BreakRow } from '~/lib/proof/breaks-read';

type BreakTableProps = { breaks: readonly BreakRow[]; filtered?: boolean };

/** Where the books and Fintoc part. */
export function BreakTable({ breaks, filtered = false }: BreakTableProps) {
  const t = useTranslations('proof');
  return (
    <DataTable
      label={t('breaks.title')}
      rows={breaks}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/proof/breaks/${id}`)}
      filtered={filtered}
      empty={<EmptyState icon={CircleCheck} title={t('breaks.empty')} description={t('breaks.emptyHint')} />}
      columns={[
        { key: 'kind', header: t('breaks.kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
        {
          key: 'state',
          header: t('breaks.state'),
          phone: 'end',
          cell: ({ state }) => <StatusBadge kind="break" status={state} />,
        },
        {
          key: 'account',
          header: t('breaks.account'),
          cell: ({ account }) => <AccountName account={account} />,
          className: 'sm:max-w-52',
        },
        {
          key: 'at',
          header: t('breaks.at'),
          hideBelow: 'md',
          cell: ({ at }) => <Timestamp at={at} format="seconds" />,
        },
        {
          key: 'opened',
          header: t('breaks.opened'),
          hideBelow: 'lg',
          cell: ({ openedAt }) => <Timestamp at={openedAt} className="text-muted-foreground" />,
        },
        {
          key: 'difference',
          header: t('breaks.difference'),
          align: 'end',
          cell: ({ difference, asset }) => <Money amount={difference} asset={asset} />,
        },
      ]}
    />
  );
}
