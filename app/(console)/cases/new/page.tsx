import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CaseForm } from '~/app/(console)/cases/new/case-form';
import { claimOf } from '~/app/(console)/cases/new/claim';
import { SubjectLink } from '~/app/(console)/cases/subject-link';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { textParam } from '~/components/list/search-params';
import { StatusBadge } from '~/components/record/status-badge';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import { CASE_SUBJECTS, likelyType } from '~/lib/cases/kinds';
import { caseSubject, listCaseOwners } from '~/lib/cases/read';
import { orNotFound, requireOperator } from '~/lib/session';
import { fromAsked } from '~/lib/whereabouts/asked';

export async function generateMetadata() {
  return { title: (await getTranslations('cases'))('new.title') };
}

export default async function NewCasePage({ searchParams }: PageProps<'/cases/new'>) {
  const operator = await requireOperator('cases:write');
  const params = await searchParams;
  const subjectType = CASE_SUBJECTS.find((each) => each === textParam(params, 'subject')) ?? notFound();
  const subjectId = textParam(params, 'id') ?? notFound();
  const [t, about, owners] = await Promise.all([
    getTranslations('cases'),
    orNotFound(caseSubject(operator, { subjectType, subjectId })),
    listCaseOwners(),
  ]);
  const said = typeof params.p === 'string' ? fromAsked(params.p) : null;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/cases' }]}
        title={t('new.title')}
        description={<SubjectLink subjectType={subjectType} subjectId={subjectId} about={about} />}
      />
      {about.open.length > 0 ? (
        <Alert
          tone="warning"
          className="mb-6 max-w-3xl"
          title={t('new.openAlready', { count: about.open.length })}
        >
          <ul>
            {about.open.map(({ id, type, owner, state }) => (
              <li key={id} className="flex flex-wrap items-center gap-2">
                <Link href={`/cases/${id}`} className="text-link hover:underline">
                  {t(`types.${type}`)} · {owner.name}
                </Link>
                <StatusBadge kind="case" status={state} />
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <Section title={t('page.facts')} className="max-w-3xl">
        <CaseForm
          subject={{ subjectType, subjectId }}
          type={likelyType(subjectType)}
          owners={owners.map(({ id, name }) => ({ value: id, label: name }))}
          ownId={operator.id}
          claim={claimOf(about, said)}
        />
      </Section>
    </>
  );
}
