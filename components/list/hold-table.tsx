import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { WalletName } from '~/components/money/wallet-name';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { HoldRow } from '~/lib/holds/read';

type HoldTableProps = {
  holds: readonly HoldRow[];
  /** The wallet's own page leaves its name out. */
  scope: 'wallet' | 'global';
  filtered?: boolean;
  empty?: ReactNode;
};

/** Money set aside by hand: how much is left of it, why, and until when. */
export function HoldTable({ holds, scope, filtered = false, empty }: HoldTableProps) {
  const t = useTranslations('holds');
  const columns: Column<HoldRow>[] = [
    { key: 'placed', header: t('columns.placed'), cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
    {
      key: 'wallet',
      header: t('columns.wallet'),
      cell: ({ wallet }) => <WalletName wallet={wallet} customer={wallet.customer?.name ?? null} />,
      className: 'sm:max-w-48',
    },
    {
      key: 'reason',
      header: t('columns.reason'),
      cell: ({ reason }) => (
        <span className="block truncate text-muted-foreground" title={reason}>
          {reason}
        </span>
      ),
      className: 'sm:max-w-56',
      hideBelow: 'md',
    },
    {
      key: 'until',
      header: t('columns.until'),
      cell: ({ expiresAt, endedAt }) => <Timestamp at={endedAt ?? expiresAt} />,
      phoneLabel: true,
    },
    {
      key: 'amount',
      header: t('columns.amount'),
      align: 'end',
      cell: ({ amount, asset }) => <Money amount={amount} asset={asset} />,
      hideBelow: 'lg',
    },
    {
      key: 'left',
      header: t('columns.left'),
      align: 'end',
      cell: ({ left, asset }) => <Money amount={left} asset={asset} />,
    },
    {
      key: 'state',
      header: t('columns.state'),
      cell: ({ state }) => <StatusBadge kind="hold" status={state} />,
      phone: 'end',
    },
  ];
  return (
    <DataTable
      label={t('title')}
      rows={holds}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/holds/${id}`)}
      filtered={filtered}
      empty={empty}
      columns={columns.filter(({ key }) => scope === 'global' || key !== 'wallet')}
    />
  );
}
