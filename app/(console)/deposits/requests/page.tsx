import { CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DepositTabs } from '~/app/(console)/deposits/deposit-tabs';
import { RequestTable } from '~/app/(console)/deposits/requests/request-table';
import { EmptyState } from '~/components/empty-state';
import { ExportMenu } from '~/components/export-menu';
import { Live } from '~/components/live';
import { PageHeader } from '~/components/page-header';
import { Pager } from '~/components/pager';
import { textParam } from '~/components/search-params';
import { ToApprovals } from '~/components/to-approvals';
import { listDepositRequests } from '~/lib/deposits/requests-read';
import { suspenseTotals } from '~/lib/deposits/waiting';
import { liveToken } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('tabs.requests') };
}

/** What one person asked to do with deposits and another decides, longest waiting first. */
export default async function DepositRequestsPage({ searchParams }: PageProps<'/deposits/requests'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  const token = await liveToken('deposits');
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
      <Live topic="deposits" {...(token === null ? {} : { token })} />
    </>
  );
}
