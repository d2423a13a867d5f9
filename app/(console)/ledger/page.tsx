import { BookOpen } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LedgerHeader } from '~/app/(console)/ledger/ledger-header';
import { ASSET_CODES, readLedgerAccounts } from '~/app/(console)/ledger/params';
import { Totals } from '~/app/(console)/ledger/totals';
import { DataTable } from '~/components/list/data-table';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { LookBackCaption, lookBackQuery } from '~/components/list/look-back';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Money } from '~/components/money/money';
import { to } from '~/components/ui/to';
import { getWalletName } from '~/components/words/get-wallet-name';
import { ownersOf } from '~/lib/books/books';
import { searchLedgerAccounts, sumSearchedAccounts } from '~/lib/books/named';
import { LEDGER_GROUPS } from '~/lib/ledger/read';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('ledger'))('title') };
}

export default async function LedgerPage({ searchParams }: PageProps<'/ledger'>) {
  const operator = await requireOperator('console:read');
  const { look, ...read } = readLedgerAccounts(await searchParams, operator.timeZone);
  const [t, moments, { items, nextCursor }, sums] = await Promise.all([
    getTranslations('ledger'),
    getTranslations('common.moment'),
    listAsRead(read, searchLedgerAccounts),
    read.unreadable.length > 0 ? [] : sumSearchedAccounts(read.filter),
  ]);
  const [owners, nameOf] = await Promise.all([ownersOf(items), getWalletName()]);
  return (
    <>
      <LedgerHeader actions={<ExportMenu list="ledger-accounts" role={operator.role} />} />
      <FilterBar
        search={t('accounts.search')}
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'group',
            label: t('accounts.group'),
            options: LEDGER_GROUPS.map((value) => ({ value, label: t(`groups.${value}`) })),
          },
          {
            kind: 'select',
            name: 'asset',
            label: t('accounts.asset'),
            options: ASSET_CODES.map((value) => ({ value, label: value })),
          },
          {
            kind: 'select',
            name: 'balance',
            label: t('accounts.balance'),
            options: [{ value: 'nonzero', label: t('accounts.nonZero') }],
          },
          { kind: 'moment', name: 'at', label: moments('at'), clock: true },
        ]}
      />
      <LookBackCaption look={look} />
      <Totals sums={sums} />
      <DataTable
        label={t('tabs.accounts')}
        rows={items}
        rowKey={({ id }) => String(id)}
        rowHref={({ id }) => to(`/ledger/accounts/${id}${lookBackQuery(look).replace('&', '?')}`)}
        filtered={read.filtered}
        empty={
          <EmptyState icon={BookOpen} title={t('accounts.empty')} description={t('accounts.emptyHint')} />
        }
        columns={[
          { key: 'group', header: t('accounts.account'), cell: ({ group }) => t(`groups.${group}`) },
          {
            key: 'owner',
            header: t('accounts.owner'),
            cell: ({ ownerId }) => {
              const owner = owners.get(ownerId ?? '');
              return owner ? nameOf(owner) : <None />;
            },
            className: 'sm:max-w-60 sm:truncate',
          },
          {
            key: 'code',
            header: t('accounts.code'),
            cell: ({ code }) => (
              <span title={code} className="block truncate font-mono text-[0.96em] tracking-tight">
                {code}
              </span>
            ),
            className: 'text-muted-foreground sm:max-w-52',
            phone: 'hide',
            hideBelow: 'lg',
          },
          {
            key: 'side',
            header: t('accounts.side'),
            cell: ({ side }) => <span className="text-muted-foreground">{t(`sides.${side}`)}</span>,
            phone: 'hide',
            hideBelow: 'md',
          },
          {
            key: 'sequence',
            header: t('accounts.entries'),
            align: 'end',
            phone: 'hide',
            cell: ({ sequence }) => (
              <span className="text-muted-foreground tabular-nums">{String(sequence)}</span>
            ),
          },
          {
            key: 'balance',
            header: t('accounts.balance'),
            align: 'end',
            cell: ({ balance, asset }) => <Money amount={balance} asset={asset} />,
          },
        ]}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}

function None() {
  return <span className="text-muted-foreground max-sm:hidden">—</span>;
}
