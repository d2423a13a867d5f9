import { getTranslations } from 'next-intl/server';
import { DepositFilters } from '~/app/(console)/deposits/deposit-filters';
import { DepositPeek } from '~/app/(console)/deposits/deposit-peek';
import { DepositTabs } from '~/app/(console)/deposits/deposit-tabs';
import { readDeposits } from '~/app/(console)/deposits/params';
import { SuspenseSelection } from '~/app/(console)/deposits/selection';
import { SuspenseTable } from '~/app/(console)/deposits/suspense-table';
import { PageHeader } from '~/components/layout/page-header';
import { ExportMenu } from '~/components/list/export-menu';
import { Pager } from '~/components/list/pager';
import { Peeked } from '~/components/list/peek/peeked';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { AmountTotals } from '~/components/money/approval-totals';
import { to } from '~/components/ui/to';
import { suggestedWallets } from '~/lib/deposits/suggestions';
import { listSuspense, suspenseTotals } from '~/lib/deposits/waiting';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('title') };
}

export default async function DepositsPage({ searchParams }: PageProps<'/deposits'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  const read = readDeposits(params, 'suspense', operator.timeZone);
  const live = await followed('deposits');
  const [t, totals, { items, nextCursor }] = await Promise.all([
    getTranslations('deposits'),
    suspenseTotals(),
    listAsRead(read, (filter) => listSuspense(operator, filter)),
  ]);
  const suggestions = await suggestedWallets(
    operator,
    items.map(({ id }) => id),
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ExportMenu list="deposits-waiting" role={operator.role} />}
      />
      <DepositTabs waiting={totals} />
      <DepositFilters params={params} read={read} view="suspense" />
      {totals.length > 0 ? (
        <p className="mb-3 flex flex-wrap gap-x-2 text-muted-foreground text-sm">
          {t('waiting', { count: totals.reduce((sum, { count }) => sum + count, 0) })}
          <AmountTotals of={totals} />
        </p>
      ) : null}
      <Peeked
        of={read}
        page={(id) => to(`/deposits/${id}`)}
        panel={(id) => <DepositPeek id={id} operator={operator} />}
      >
        <SuspenseSelection deposits={items} role={operator.role}>
          <SuspenseTable
            deposits={items}
            suggestions={suggestions}
            role={operator.role}
            filtered={read.filtered}
            view={read}
          />
        </SuspenseSelection>
      </Peeked>
      <Pager
        nextCursor={nextCursor}
        count={items.length}
        totals={read.filtered ? { list: 'deposits-waiting' } : undefined}
      />
      <Live {...live} />
    </>
  );
}
