import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '~/components/list/data-table';
import { None, useMoneyColumns } from '~/components/money/columns';
import { WalletName } from '~/components/money/wallet-name';
import { to } from '~/components/ui/to';
import { transactionLabel } from '~/components/words/action-label';
import type { DayLine } from '~/lib/books/day-lines';

type DayTableProps = { lines: readonly DayLine[]; asset: string; empty: ReactNode };

/** Entries with the payment behind each, which the row leads to. */
export function DayTable({ lines, asset, empty }: DayTableProps) {
  const t = useTranslations('day.lines');
  const kinds = useTranslations('kinds');
  const words = useTranslations('common.columns');
  const columns = useMoneyColumns<DayLine>();
  return (
    <DataTable
      label={t('title')}
      rows={lines}
      rowKey={({ id }) => String(id)}
      rowHref={hrefOf}
      empty={empty}
      columns={[
        columns.when(({ at }) => at),
        {
          key: 'kind',
          header: t('kind'),
          cell: ({ kind }) => transactionLabel(kinds, kind),
          phone: 'hide',
        },
        columns.other(t('other'), ({ transfer }) => ({
          name: transfer?.counterpartyName ?? null,
          number: transfer?.counterpartyNumber ?? null,
          bank: transfer?.counterpartyBank ?? null,
        })),
        {
          key: 'wallet',
          header: words('wallet'),
          cell: ({ wallet }) =>
            wallet ? <WalletName wallet={wallet} customer={wallet.customer?.name ?? null} /> : <None />,
          className: 'sm:max-w-48',
        },
        columns.trackingKey(({ transfer }) => transfer?.trackingKey),
        columns.amount(({ amount }) => ({ amount, asset, signed: true })),
      ]}
    />
  );
}

function hrefOf({ withdrawalId, transfer, transactionId }: DayLine): Route {
  if (withdrawalId) return to(`/withdrawals/${withdrawalId}`);
  if (transfer?.direction === 'inbound') return to(`/deposits/${transfer.id}`);
  return to(`/ledger/transactions/${transactionId}`);
}
