import { useTranslations } from 'next-intl';
import { SubjectLink } from '~/app/(console)/cases/subject-link';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { Alert } from '~/components/ui/alert';
import { Link } from '~/components/ui/link';
import type { CaseRecord } from '~/lib/cases/read';

/** Whose work it is, whose turn, and by when. */
export function CaseFacts({ work }: { work: CaseRecord }) {
  const t = useTranslations('cases');
  const {
    customer,
    owner,
    waitsFor,
    openedAt,
    dueAt,
    closedAt,
    state,
    acts,
    subjectType,
    subjectId,
    subject,
  } = work;
  const facts: (Detail | null)[] = [
    { label: t('page.owner'), value: owner.name },
    closedAt ? null : { label: t('page.waitsFor'), value: t(`waitsFor.${waitsFor}`) },
    { label: t('page.due'), value: <Timestamp at={dueAt} /> },
    {
      label: t('page.about'),
      value: <SubjectLink subjectType={subjectType} subjectId={subjectId} about={subject} />,
    },
    customer && {
      label: t('page.customer'),
      value: (
        <Link href={`/customers/${customer.id}`} className="text-link hover:underline">
          {customer.name}
        </Link>
      ),
    },
    { label: t('page.opened'), value: <Timestamp at={openedAt} /> },
    { label: t('page.openedBy'), value: acts[0]?.operatorName ?? '—' },
    closedAt && { label: t('page.closed'), value: <Timestamp at={closedAt} /> },
  ];
  return (
    <>
      {state === 'overdue' ? (
        <Alert tone="danger" className="mb-6">
          {t.rich('page.overdue', { at: () => <Timestamp at={dueAt} /> })}
        </Alert>
      ) : null}
      <Section title={t('page.facts')}>
        <DetailList items={facts.filter((fact) => fact !== null)} />
      </Section>
    </>
  );
}
