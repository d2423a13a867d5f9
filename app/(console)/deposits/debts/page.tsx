import { CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DebtTable } from '~/app/(console)/deposits/debts/debt-table';
import { readDebts } from '~/app/(console)/deposits/debts/params';
import { DepositTabs } from '~/app/(console)/deposits/deposit-tabs';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { AmountTotals } from '~/components/money/approval-totals';
import { actsOn } from '~/lib/audit/read';
import { debtTotals, listDebts } from '~/lib/books/debts';
import { suspenseTotals } from '~/lib/deposits/waiting';
import { followed } from '~/lib/live';
import { ASSET_CODES } from '~/lib/money';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { operatingWalletId } from '~/lib/wallets/house';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('tabs.debts') };
}

/** Who owes for deposits that went back after they were spent, and what to do about each. */
export default async function DebtsPage({ searchParams }: PageProps<'/deposits/debts'>) {
  const operator = await requireOperator('console:read');
  const live = await followed('deposits');
  const read = readDebts(await searchParams);
  const [t, waiting, { items, nextCursor }, totals, operatingId] = await Promise.all([
    getTranslations('deposits'),
    suspenseTotals(),
    listAsRead(read, listDebts),
    debtTotals(),
    operatingWalletId(),
  ]);
  const done = await actsOn(
    'wallet',
    items.map(({ walletId }) => walletId),
  );
  const acts = items.flatMap(({ id, walletId }) =>
    done.filter(({ about }) => about === walletId).map((act) => ({ ...act, about: id })),
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('debts.description')}
        actions={<ExportMenu list="deposits-debts" role={operator.role} />}
      />
      <DepositTabs waiting={waiting} />
      {totals.length > 0 ? (
        <p className="mb-3 flex flex-wrap gap-x-2 text-muted-foreground text-sm">
          {t('debts.owing', { count: totals.reduce((sum, { count }) => sum + count, 0) })}
          <AmountTotals of={totals} />
        </p>
      ) : null}
      <FilterBar
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'asset',
            label: t('debts.asset'),
            options: ASSET_CODES.map((value) => ({ value, label: value })),
          },
        ]}
      />
      <Offers
        standing={Object.fromEntries(items.map(({ id, owed, plan }) => [id, `${owed} ${plan?.id ?? ''}`]))}
        timeline={acts}
      >
        <DebtTable
          debts={items}
          filtered={read.filtered}
          writesOffFrom={can(operator.role, 'adjustments:request') ? operatingId : null}
          empty={
            <EmptyState icon={CircleCheck} title={t('debts.empty')} description={t('debts.emptyHint')} />
          }
        />
      </Offers>
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
