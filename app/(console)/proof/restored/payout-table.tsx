import { useTranslations } from 'next-intl';
import { Counterparty } from '~/components/counterparty';
import { DataTable } from '~/components/data-table';
import { Money } from '~/components/money';
import { StatusBadge } from '~/components/status-badge';
import { Timestamp } from '~/components/timestamp';
import { WalletName } from '~/components/wallet-name';
import type { FoundSince } from '~/lib/standstill/found';

type PayoutTableProps = { label: string; payouts: FoundSince['paid'] };

/** Withdrawals of these books: paid while they were away, or waiting to be. */
export function PayoutTable({ label, payouts }: PayoutTableProps) {
  const t = useTranslations('standstill');
  return (
    <DataTable
      label={label}
      rows={payouts}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/withdrawals/${id}`}
      empty={<p className="p-4 text-muted-foreground">{t('none')}</p>}
      columns={[
        { key: 'at', header: t('columns.at'), cell: ({ at }) => <Timestamp at={at} format="seconds" /> },
        {
          key: 'wallet',
          header: t('columns.wallet'),
          cell: ({ walletId, walletName }) => (
            <WalletName wallet={{ id: walletId, name: walletName, houseRole: null }} customer={null} />
          ),
          className: 'sm:max-w-48',
        },
        {
          key: 'beneficiary',
          header: t('columns.beneficiary'),
          cell: ({ beneficiaryName: name, destination: number, beneficiaryBank: bank }) => (
            <Counterparty name={name} number={number} bank={bank} />
          ),
          className: 'sm:max-w-52',
        },
        {
          key: 'amount',
          header: t('columns.amount'),
          align: 'end',
          cell: ({ amount, asset }) => <Money amount={amount} asset={asset} />,
        },
        {
          key: 'status',
          header: t('columns.state'),
          phone: 'end',
          cell: ({ status }) => <StatusBadge kind="withdrawal" status={status} />,
        },
      ]}
    />
  );
}
