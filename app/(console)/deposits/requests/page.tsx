import { CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DepositTabs } from '~/app/(console)/deposits/deposit-tabs';
import { RequestTable } from '~/app/(console)/deposits/requests/request-table';
import { PageHeader } from '~/components/layout/page-header';
import { ToApprovals } from '~/components/layout/to-approvals';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { AddressReader, listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { listDepositRequests } from '~/lib/deposits/requests-read';
import { suspenseTotals } from '~/lib/deposits/waiting';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('tabs.requests') };
}

/** What one person asked to do with deposits and another decides, longest waiting first. */
export default async function DepositRequestsPage({ searchParams }: PageProps<'/deposits/requests'>) {
  const operator = await requireOperator('console:read');
  const read = new AddressReader(await searchParams).done({});
  const live = await followed('deposits');
  const [t, totals, { items, nextCursor }] = await Promise.all([
    getTranslations('deposits'),
    suspenseTotals(),
    listAsRead(read, (filter) => listDepositRequests(operator, filter)),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ExportMenu list="deposit-requests" role={operator.role} />}
      />
      <DepositTabs waiting={totals} />
      <FilterBar read={read} />
      {items.length > 0 ? <ToApprovals of="deposits" role={operator.role} /> : null}
      <RequestTable
        requests={items}
        operatorId={operator.id}
        empty={
          <EmptyState
            icon={CircleCheck}
            title={t('empty.requests.title')}
            description={t('empty.requests.description')}
          />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
