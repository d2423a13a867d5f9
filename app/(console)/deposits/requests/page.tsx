import { CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DepositTabs } from '~/app/(console)/deposits/deposit-tabs';
import { RequestTable } from '~/app/(console)/deposits/requests/request-table';
import { PageHeader } from '~/components/layout/page-header';
import { ToApprovals } from '~/components/layout/to-approvals';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { Pager } from '~/components/list/pager';
import { textParam } from '~/components/list/search-params';
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
  const params = await searchParams;
  const live = await followed('deposits');
  const [t, totals, { items, nextCursor }] = await Promise.all([
    getTranslations('deposits'),
    suspenseTotals(),
    listDepositRequests(operator, { cursor: textParam(params, 'cursor') }),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ExportMenu list="deposit-requests" role={operator.role} />}
      />
      <DepositTabs waiting={totals} />
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
