import { FileSpreadsheet } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { BatchTable } from '~/app/(console)/withdrawals/batches/batch-table';
import { readBatches } from '~/app/(console)/withdrawals/batches/params';
import { WithdrawalTabs } from '~/app/(console)/withdrawals/withdrawal-tabs';
import { WithdrawalsHeader } from '~/app/(console)/withdrawals/withdrawals-header';
import { EmptyState } from '~/components/list/empty-state';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { BATCH_STATES, listBatches } from '~/lib/batches/read';
import { followed } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('batches'))('title') };
}

/** Every file of withdrawals, the newest first. */
export default async function BatchesPage({ searchParams }: PageProps<'/withdrawals/batches'>) {
  const operator = await requireOperator('console:read');
  const read = readBatches(await searchParams);
  const live = await followed('batches');
  const [t, states, { items, nextCursor }] = await Promise.all([
    getTranslations('batches'),
    getTranslations('status.batch'),
    listAsRead(read, (filter) => listBatches(operator, filter)),
  ]);
  return (
    <>
      <WithdrawalsHeader role={operator.role} list="withdrawals-batches" />
      <WithdrawalTabs />
      <FilterBar
        search={t('search')}
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: t('columns.status'),
            options: BATCH_STATES.map((value) => ({ value, label: states(value) })),
          },
        ]}
      />
      <BatchTable
        batches={items}
        filtered={read.filtered}
        empty={
          <EmptyState icon={FileSpreadsheet} title={t('empty.title')} description={t('empty.description')} />
        }
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
