import { CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DebtTable } from '~/app/(console)/deposits/debts/debt-table';
import { DepositTabs } from '~/app/(console)/deposits/deposit-tabs';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { Live } from '~/components/live/live';
import { AmountTotals } from '~/components/money/approval-totals';
import { listDebts } from '~/lib/books/debts';
import { suspenseTotals } from '~/lib/deposits/waiting';
import { followed } from '~/lib/live';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';
import { operatingWalletId } from '~/lib/wallets/house';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('tabs.debts') };
}

/** Who owes for deposits that went back after they were spent, and what to do about each. */
export default async function DebtsPage() {
  const operator = await requireOperator('console:read');
  const live = await followed('deposits');
  const [t, waiting, { debts, totals }, operatingId] = await Promise.all([
    getTranslations('deposits'),
    suspenseTotals(),
    listDebts(),
    operatingWalletId(),
  ]);
  return (
    <>
      <PageHeader title={t('title')} description={t('debts.description')} />
      <DepositTabs waiting={waiting} />
      {totals.length > 0 ? (
        <p className="mb-3 flex flex-wrap gap-x-2 text-muted-foreground text-sm">
          {t('debts.owing', { count: totals.reduce((sum, { count }) => sum + count, 0) })}
          <AmountTotals of={totals} />
        </p>
      ) : null}
      <DebtTable
        debts={debts}
        writesOffFrom={can(operator.role, 'adjustments:request') ? operatingId : null}
        empty={<EmptyState icon={CircleCheck} title={t('debts.empty')} description={t('debts.emptyHint')} />}
      />
      <Live {...live} />
    </>
  );
}
