import { FileSpreadsheet } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { BatchTable } from '~/app/(console)/withdrawals/batches/batch-table';
import { WithdrawalTabs } from '~/app/(console)/withdrawals/withdrawal-tabs';
import { WithdrawalsHeader } from '~/app/(console)/withdrawals/withdrawals-header';
import { EmptyState } from '~/components/list/empty-state';
import { Pager } from '~/components/list/pager';
import { textParam } from '~/components/list/search-params';
import { Live } from '~/components/live/live';
import { listBatches } from '~/lib/batches/read';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('batches'))('title') };
}

/** Every file of withdrawals, the newest first. */
export default async function BatchesPage({ searchParams }: PageProps<'/withdrawals/batches'>) {
  const operator = await requireOperator('console:read');
  const params = await searchParams;
  const live = await followed('batches');
  const [t, { items, nextCursor }] = await Promise.all([
    getTranslations('batches'),
    listBatches(operator, { cursor: textParam(params, 'cursor') }),
  ]);
  return (
    <>
      <WithdrawalsHeader role={operator.role} list="withdrawals" />
      <WithdrawalTabs />
      <BatchTable
        batches={items}
        empty={
          <EmptyState icon={FileSpreadsheet} title={t('empty.title')} description={t('empty.description')} />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
