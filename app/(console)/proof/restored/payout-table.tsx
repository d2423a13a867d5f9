import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { Counterparty } from '~/components/money/counterparty';
import { Money } from '~/components/money/money';
import { WalletName } from '~/components/money/wallet-name';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
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
      rowHref={({ id }) => to(`/withdrawals/${id}`)}
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
