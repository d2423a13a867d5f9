import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { Money } from '~/components/money/money';
import { WalletName } from '~/components/money/wallet-name';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { EndedTransfer } from '~/lib/standstill/found';

/** Transfers that these books knew, and that came back or failed since. */
export function EndedTable({ transfers }: { transfers: readonly EndedTransfer[] }) {
  const t = useTranslations('standstill');
  return (
    <DataTable
      label={t('ended.label')}
      rows={transfers}
      rowKey={({ id }) => id}
      rowHref={({ id }) => to(`/deposits/${encodeURIComponent(id)}`)}
      empty={<p className="p-4 text-muted-foreground">{t('none')}</p>}
      columns={[
        { key: 'at', header: t('columns.at'), cell: ({ at }) => <Timestamp at={at} format="seconds" /> },
        {
          key: 'wallet',
          header: t('columns.wallet'),
          cell: ({ walletId, walletName }) =>
            walletId && walletName ? (
              <WalletName wallet={{ id: walletId, name: walletName, houseRole: null }} customer={null} />
            ) : (
              '—'
            ),
          className: 'sm:max-w-48',
        },
        {
          key: 'amount',
          header: t('columns.amount'),
          align: 'end',
          cell: ({ amount, asset }) => <Money amount={amount} asset={asset} />,
        },
        {
          key: 'state',
          header: t('columns.state'),
          phone: 'end',
          cell: ({ state }) => <StatusBadge kind="transfer" status={state} />,
        },
      ]}
    />
  );
}
