import { getTranslations } from 'next-intl/server';
import { BreakTable } from '~/app/(console)/proof/break-table';
import { readBreaks } from '~/app/(console)/proof/params';
import { PageHeader } from '~/components/layout/page-header';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { followed } from '~/lib/live';
import { BREAK_STATES, listBreaks } from '~/lib/proof/breaks-read';
import { requireHouse, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('proof'))('breaks.title') };
}

export default async function BreaksPage({ searchParams }: PageProps<'/proof/breaks'>) {
  const operator = await requireOperator('console:read');
  requireHouse(operator);
  const read = readBreaks(await searchParams);
  const live = await followed('proof');
  const [t, status, { items, nextCursor }] = await Promise.all([
    getTranslations('proof'),
    getTranslations('status.break'),
    listAsRead(read, (filter) => listBreaks(operator, filter)),
  ]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/proof' }]}
        title={t('breaks.title')}
        description={t('breaks.hint')}
      />
      <FilterBar
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'state',
            label: t('breaks.filterState'),
            options: BREAK_STATES.map((value) => ({ value, label: status(value) })),
          },
        ]}
      />
      <BreakTable breaks={items} filtered={read.filtered} />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live {...live} />
    </>
  );
}
