import { BriefcaseBusiness, SearchCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { CaseTable } from '~/app/(console)/cases/case-table';
import { readCases } from '~/app/(console)/cases/params';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { Live } from '~/components/live/live';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { CASE_STATES, CASE_TYPES } from '~/lib/cases/kinds';
import { listCases } from '~/lib/cases/read';
import { liveToken } from '~/lib/live';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('cases'))('title') };
}

export default async function CasesPage({ searchParams }: PageProps<'/cases'>) {
  const operator = await requireOperator('console:read');
  const token = await liveToken('cases');
  const read = readCases(await searchParams, operator.id);
  const [t, nav, states, { items, nextCursor }] = await Promise.all([
    getTranslations('cases'),
    getTranslations('nav.items'),
    getTranslations('status.case'),
    listAsRead(read, listCases),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <ExportMenu list="cases" role={operator.role} />
            <Button asChild>
              <Link href="/where">
                <SearchCheck aria-hidden />
                {nav('where')}
              </Link>
            </Button>
          </>
        }
      />
      <FilterBar
        search={t('search')}
        read={read}
        filters={[
          {
            kind: 'select',
            name: 'owner',
            label: t('filters.owner'),
            options: [{ value: 'me', label: t('filters.mine') }],
          },
          {
            kind: 'select',
            name: 'state',
            label: t('filters.state'),
            options: CASE_STATES.map((value) => ({ value, label: states(value) })),
          },
          {
            kind: 'select',
            name: 'type',
            label: t('filters.type'),
            options: CASE_TYPES.map((value) => ({ value, label: t(`types.${value}`) })),
          },
        ]}
      />
      <CaseTable
        cases={items}
        filtered={read.filtered}
        empty={<EmptyState icon={BriefcaseBusiness} title={t('empty')} description={t('emptyHint')} />}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
      <Live topic="cases" {...(token === null ? {} : { token })} />
    </>
  );
}
