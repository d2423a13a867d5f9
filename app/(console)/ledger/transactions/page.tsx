import { ArrowLeftRight } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LedgerHeader } from '~/app/(console)/ledger/ledger-header';
import { readLedgerTransactions } from '~/app/(console)/ledger/params';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import { Timestamp } from '~/components/record/timestamp';
import { to } from '~/components/ui/to';
import { transactionLabel } from '~/components/words/action-label';
import { searchLedgerTransactions } from '~/lib/books/named';
import { saysCause } from '~/lib/ledger/cause';
import { debitsOf } from '~/lib/ledger/debits';
import { TRANSACTION_KINDS } from '~/lib/ledger/kinds';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('ledger'))('tabs.transactions') };
}

export default async function LedgerTransactionsPage({ searchParams }: PageProps<'/ledger/transactions'>) {
  const operator = await requireOperator('console:read');
  const read = readLedgerTransactions(await searchParams, operator.timeZone);
  const live = await followed('movements');
  const [t, kinds, { items, nextCursor }] = await Promise.all([
    getTranslations('ledger'),
    getTranslations('kinds'),
    listAsRead(read, (filter) => searchLedgerTransactions(operator, filter)),
  ]);
  return (
    <>
      <LedgerHeader actions={<ExportMenu list="ledger-transactions" role={operator.role} />} />
      <FilterBar
        search={t('transactions.search')}
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'kind',
            label: t('transactions.kind'),
            options: TRANSACTION_KINDS.map((value) => ({ value, label: transactionLabel(kinds, value) })),
          },
          { kind: 'dates', name: 'dates', label: t('transactions.effective') },
        ]}
      />
      <DataTable
        label={t('tabs.transactions')}
        rows={items}
        rowKey={({ id }) => String(id)}
        rowHref={({ id }) => to(`/ledger/transactions/${id}`)}
        filtered={read.filtered}
        empty={
          <EmptyState
            icon={ArrowLeftRight}
            title={t('transactions.empty')}
            description={t('accounts.emptyHint')}
          />
        }
        columns={[
          {
            key: 'kind',
            header: t('transactions.kind'),
            cell: ({ kind }) => transactionLabel(kinds, kind),
          },
          {
            key: 'id',
            header: t('transactions.number'),
            cell: ({ id }) => <span className="text-muted-foreground tabular-nums">{String(id)}</span>,
            phone: 'hide',
          },
          {
            key: 'effective',
            header: t('transactions.effective'),
            cell: ({ effectiveAt }) => <Timestamp at={effectiveAt} format="seconds" />,
          },
          {
            key: 'source',
            header: t('transactions.source'),
            cell: (transaction) => <Identifier value={saysCause(transaction)} copy={false} />,
            className: 'text-muted-foreground sm:max-w-72',
            phone: 'hide',
            hideBelow: 'md',
          },
          {
            key: 'entries',
            header: t('transactions.entries'),
            align: 'end',
            cell: ({ entryCount }) => (
              <span className="text-muted-foreground tabular-nums">{entryCount}</span>
            ),
            phone: 'hide',
            hideBelow: 'lg',
          },
          {
            key: 'amount',
            header: t('transactions.amount'),
            align: 'end',
            cell: ({ entries }) => (
              <span className="inline-flex flex-wrap justify-end gap-x-3">
                {debitsOf(entries).map(({ asset, amount }) => (
                  <Money key={asset} amount={amount} asset={asset} />
                ))}
              </span>
            ),
          },
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
