import { useTranslations } from 'next-intl';
import { DataTable } from '~/components/list/data-table';
import { Counterparty } from '~/components/money/counterparty';
import { Money } from '~/components/money/money';
import { WalletName } from '~/components/money/wallet-name';
import { Identifier } from '~/components/record/identifier';
import { StatusBadge } from '~/components/record/status-badge';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import type { FoundSince } from '~/lib/standstill/found';

/** Payouts of withdrawals that these books don't know: their wallets could take the money a second time. */
export function AskedTable({ payouts }: { payouts: FoundSince['asked'] }) {
  const t = useTranslations('standstill');
  return (
    <DataTable
      label={t('asked.label')}
      rows={payouts}
      rowKey={({ transferId }) => transferId}
      rowHref={({ breakId, transferId }) =>
        breakId ? to(`/proof/breaks/${breakId}`) : to(`/deposits/${encodeURIComponent(transferId)}`)
      }
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
              <span className="grid leading-tight">
                {t('asked.unknownWallet')}
                {walletId ? <Identifier value={walletId} copy={false} className="text-xs" /> : null}
              </span>
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
          key: 'state',
          header: t('columns.state'),
          cell: ({ state }) => <StatusBadge kind="transfer" status={state} />,
        },
        {
          key: 'available',
          header: t('columns.available'),
          align: 'end',
          hideBelow: 'md',
          cell: ({ available, asset }) =>
            available === null ? '—' : <Money amount={available} asset={asset} />,
        },
        {
          key: 'amount',
          header: t('columns.amount'),
          align: 'end',
          cell: ({ amount, asset }) => <Money amount={amount} asset={asset} />,
        },
      ]}
    />
  );
}
