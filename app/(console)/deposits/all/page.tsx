import { ArrowDownToLine } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { DepositFilters } from '~/app/(console)/deposits/deposit-filters';
import { DepositTable } from '~/app/(console)/deposits/deposit-table';
import { DepositTabs } from '~/app/(console)/deposits/deposit-tabs';
import { readDeposits } from '~/app/(console)/deposits/params';
import { EmptyState } from '~/components/empty-state';
import { ExportMenu } from '~/components/export-menu';
import { Live } from '~/components/live';
import { PageHeader } from '~/components/page-header';
import { Pager } from '~/components/pager';
import { listAsRead } from '~/components/read-address';
import { suspenseTotals } from '~/lib/deposits/waiting';
import { liveToken } from '~/lib/live';
import { requireOperator } from '~/lib/session';
import { listTransfers } from '~/lib/transfers/read';

export async function generateMetadata() {
  return { title: (await getTranslations('deposits'))('title') };
}

export default async function AllDepositsPage({ searchParams }: PageProps<'/deposits/all'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  const read = readDeposits(params, 'all', operator.timeZone);
  const token = await liveToken('deposits');
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
      <DepositTable
        deposits={items}
        filtered={read.filtered}
        empty={
          <EmptyState
            icon={ArrowDownToLine}
            title={t('empty.all.title')}
            description={t('empty.all.description')}
          />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="deposits" {...(token === null ? {} : { token })} />
    </>
  );
}
