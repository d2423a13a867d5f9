import { HandCoins } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { readHolds } from '~/app/(console)/holds/params';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { HoldTable } from '~/components/list/hold-table';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { HOLD_STATES, listHolds } from '~/lib/holds/read';
import { followed } from '~/lib/live';
import { ASSET_CODES } from '~/lib/money';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('holds'))('title') };
}

export default async function HoldsPage({ searchParams }: PageProps<'/holds'>) {
  const operator = await requireOperator('console:read');
  const live = await followed('holds');
  const read = readHolds(await searchParams);
  const [t, states, { items, nextCursor }] = await Promise.all([
    getTranslations('holds'),
    getTranslations('status.hold'),
    listAsRead(read, (filter) => listHolds(operator, filter)),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ExportMenu list="holds" role={operator.role} />}
      />
      <FilterBar
        search={t('search')}
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: t('columns.state'),
            options: HOLD_STATES.map((value) => ({ value, label: states(value) })),
          },
          {
            kind: 'select',
            name: 'asset',
            label: t('columns.asset'),
            options: ASSET_CODES.map((value) => ({ value, label: value })),
          },
        ]}
      />
      <HoldTable
        holds={items}
        scope="global"
        filtered={read.filtered}
        empty={<EmptyState icon={HandCoins} title={t('empty.title')} description={t('empty.description')} />}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
