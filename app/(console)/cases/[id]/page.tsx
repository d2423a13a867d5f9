import { getTranslations } from 'next-intl/server';
import { Acts } from '~/app/(console)/cases/[id]/acts';
import { CaseActions } from '~/app/(console)/cases/[id]/case-actions';
import { CaseFacts } from '~/app/(console)/cases/[id]/case-facts';
import { ClaimSection } from '~/app/(console)/cases/[id]/claim-section';
import { addCaseNoteAction } from '~/app/(console)/cases/actions';
import { SubjectLink } from '~/app/(console)/cases/subject-link';
import { Offers } from '~/components/form/offers';
import { PageHeader } from '~/components/layout/page-header';
import { Section } from '~/components/layout/section';
import { Live } from '~/components/live/live';
import { Notes } from '~/components/record/notes';
import { StatusBadge } from '~/components/record/status-badge';
import { getCase, listCaseOwners } from '~/lib/cases/read';
import { liveToken } from '~/lib/live';
import { listNotes } from '~/lib/people/notes';
import { can } from '~/lib/roles';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('cases'))('title') };
}

export default async function CasePage({ params }: PageProps<'/cases/[id]'>) {
  const operator = await requireOperator('console:read');
  const { id } = await params;
  const token = await liveToken(`case:${id}`);
  const [t, work] = await Promise.all([getTranslations('cases'), orNotFound(getCase(operator, id))]);
  const writes = can(operator.role, 'cases:write');
  const [notes, owners] = await Promise.all([
    listNotes(operator, 'case', id),
    writes ? listCaseOwners() : [],
  ]);
  const standing = `${work.state} ${work.ownerId}`;
  const timeline = work.acts.map(({ at, kind, operatorName }) => ({
    at,
    kind: `case.${kind}`,
    actor: operatorName,
  }));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t('title'), href: '/cases' }]}
        title={t(`types.${work.type}`)}
        badge={<StatusBadge kind="case" status={work.state} />}
        description={
          <SubjectLink subjectType={work.subjectType} subjectId={work.subjectId} about={work.subject} />
        }
        actions={
          <Offers standing={standing} timeline={timeline}>
            {writes ? (
              <CaseActions work={work} owners={owners.map(({ id, name }) => ({ value: id, label: name }))} />
            ) : null}
          </Offers>
        }
      />
      <div className="grid items-start gap-x-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <CaseFacts work={work} />
          <ClaimSection work={work} writes={writes && work.closedAt === null} />
          <Notes
            notes={notes}
            subjectId={id}
            action={can(operator.role, 'notes:write') ? addCaseNoteAction : undefined}
          />
        </div>
        <Section title={t('page.timeline')}>
          <Acts work={work} />
        </Section>
      </div>
      <Live topic={`case:${id}`} {...(token === null ? {} : { token })} />
    </>
  );
}
