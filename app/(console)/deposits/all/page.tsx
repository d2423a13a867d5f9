import { ArrowDownToLine } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DepositFilters } from '~/app/(console)/deposits/deposit-filters';
import { DepositPeek } from '~/app/(console)/deposits/deposit-peek';
import { DepositTable } from '~/app/(console)/deposits/deposit-table';
import { DepositTabs } from '~/app/(console)/deposits/deposit-tabs';
import { readDeposits } from '~/app/(console)/deposits/params';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { Pager } from '~/components/list/pager';
import { Peeked } from '~/components/list/peek/peeked';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { to } from '~/components/ui/to';
import { suspenseTotals } from '~/lib/deposits/waiting';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';
import { listTransfers } from '~/lib/transfers/read';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('title') };
}

export default async function AllDepositsPage({ searchParams }: PageProps<'/deposits/all'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  const read = readDeposits(params, 'all', operator.timeZone);
  const live = await followed('deposits');
  const [t, totals, { items, nextCursor }] = await Promise.all([
    getTranslations('deposits'),
    suspenseTotals(),
    listAsRead(read, (filter) => listTransfers(operator, { ...filter, direction: 'inbound' })),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ExportMenu list="deposits" role={operator.role} />}
      />
      <DepositTabs waiting={totals} />
      <DepositFilters params={params} read={read} view="all" />
      <Peeked
        of={read}
        page={(id) => to(`/deposits/${id}`)}
        panel={(id) => <DepositPeek id={id} operator={operator} />}
      >
        <DepositTable
          deposits={items}
          filtered={read.filtered}
          view={read}
          empty={
            <EmptyState
              icon={ArrowDownToLine}
              title={t('empty.all.title')}
              description={t('empty.all.description')}
            />
          }
        />
      </Peeked>
      <Pager
        nextCursor={nextCursor}
        count={items.length}
        totals={read.filtered ? { list: 'deposits' } : undefined}
      />
      <Live {...live} />
    </>
  );
}
