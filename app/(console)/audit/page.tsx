import { ScrollText } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { AuditTable } from '~/app/(console)/audit/audit-table';
import { OTHER_ACTORS, readAudit } from '~/app/(console)/audit/params';
import { PageHeader } from '~/components/layout/page-header';
import { EmptyState } from '~/components/list/empty-state';
import { ExportMenu } from '~/components/list/export-menu';
import { FilterBar } from '~/components/list/filter-bar';
import { Pager } from '~/components/list/pager';
import { listAsRead } from '~/components/list/read-address';
import { actionLabel } from '~/components/words/action-label';
import { auditChoices, namesOfSubjects } from '~/lib/audit/read';
import { searchAudit } from '~/lib/books/named';
import { SUBJECTS } from '~/lib/outbox/subjects';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function AuditPage({ searchParams }: PageProps<'/audit'>) {
  const operator = await requireOperator('audit:read');
  const [params, t, acts, choices] = await Promise.all([
    searchParams,
    getTranslations('audit'),
    getTranslations('audit.actions'),
    auditChoices(),
  ]);
  const actors = [
    ...choices.operators.map(({ id, name }) => ({ value: id, label: name })),
    ...OTHER_ACTORS.map((value) => ({ value, label: t(`actors.${value}`) })),
  ];
  const read = readAudit(params, choices, operator.timeZone, (action) => actionLabel(acts, action));
  const { items, nextCursor } = await listAsRead(read, (filter) => searchAudit(operator, filter));
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={<ExportMenu list="audit" role={operator.role} />}
      />
      <FilterBar
        search={t('search')}
        read={read}
        filters={[
          { kind: 'select', name: 'actor', label: t('filters.actor'), options: actors },
          {
            kind: 'select',
            name: 'action',
            label: t('filters.action'),
            options: choices.actions.map((value) => ({ value, label: actionLabel(acts, value) })),
          },
          {
            kind: 'select',
            name: 'subject',
            label: t('filters.subject'),
            options: SUBJECTS.map((value) => ({ value, label: t(`subjects.${value}`) })),
          },
          { kind: 'dates', name: 'dates', label: t('filters.dates') },
        ]}
      />
      <AuditTable
        entries={items}
        names={await namesOfSubjects(operator, items)}
        filtered={read.filtered}
        empty={<EmptyState icon={ScrollText} title={t('empty')} description={t('emptyHint')} />}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}
