import { ScrollText } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { AuditTable } from '~/app/(console)/audit/audit-table';
import { actionLabel } from '~/components/action-label';
import { EmptyState } from '~/components/empty-state';
import { FilterBar } from '~/components/filter-bar';
import { PageHeader } from '~/components/page-header';
import { Pager } from '~/components/pager';
import { choicesParam, daysParam, hasFilters, textParam } from '~/components/search-params';
import { AUDIT_SUBJECTS } from '~/lib/audit';
import { auditChoices, listAudit, namesOfSubjects } from '~/lib/audit-read';
import { requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function AuditPage({ searchParams }: PageProps<'/audit'>) {
  const operator = await requireOperator('audit:read');
  const [params, t, choices] = await Promise.all([searchParams, getTranslations('audit'), auditChoices()]);
  const actors = [
    ...choices.operators.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'system', label: t('actors.system') },
    { value: 'fintoc', label: t('actors.fintoc') },
  ];
  const { items, nextCursor } = await listAudit({
    actors: choicesParam(
      params,
      'actor',
      actors.map(({ value }) => value),
    ),
    actions: choicesParam(params, 'action', choices.actions),
    subjects: choicesParam(params, 'subject', AUDIT_SUBJECTS),
    subjectId: textParam(params, 'q'),
    ...daysParam(params, operator.timeZone),
    cursor: textParam(params, 'cursor'),
  });
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <FilterBar
        search={t('search')}
        filters={[
          { kind: 'select', name: 'actor', label: t('filters.actor'), options: actors },
          {
            kind: 'select',
            name: 'action',
            label: t('filters.action'),
            options: choices.actions.map((value) => ({ value, label: actionLabel(t, value) })),
          },
          {
            kind: 'select',
            name: 'subject',
            label: t('filters.subject'),
            options: AUDIT_SUBJECTS.map((value) => ({ value, label: t(`subjects.${value}`) })),
          },
          { kind: 'dates', name: 'dates', label: t('filters.dates') },
        ]}
      />
      <AuditTable
        entries={items}
        names={await namesOfSubjects(items)}
        filtered={hasFilters(params, ['q', 'actor', 'action', 'subject', 'from', 'to'])}
        empty={<EmptyState icon={ScrollText} title={t('empty')} description={t('emptyHint')} />}
      />
      <Pager nextCursor={nextCursor} count={items.length} />
    </>
  );
}
