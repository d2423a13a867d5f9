import type { Route } from 'next';
import { useLocale, useTranslations } from 'next-intl';
import { type AnsweredField, useAnsweredFields } from '~/app/(console)/entities/[id]/onboarding/answered';
import { discardDraftAction, sendDraftAction } from '~/app/(console)/entities/actions';
import { ConfirmDialog } from '~/components/form/confirm-dialog';
import { Form, SubmitButton } from '~/components/form/form';
import { useFieldMessage } from '~/components/form/form-messages';
import { DetailList } from '~/components/layout/detail-list';
import { Section } from '~/components/layout/section';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { readOnboarding } from '~/lib/entities/kyb-form';
import { type Answers, type Issues, KYB_PARTS, type KybPart, partOf } from '~/lib/entities/kyb-parts';
import type { Rejection } from '~/lib/entities/kyb-rejection';

type ReviewProps = {
  entity: { id: string; holderName: string };
  answers: Answers;
  rejections: readonly Rejection[];
  /** Something was saved that could be thrown away. */
  drafted: boolean;
};

/** The whole file in words before it goes to Fintoc, with what isn't right yet by step and field. */
export function Review({ entity, answers, rejections, drafted }: ReviewProps) {
  const t = useTranslations('entities.wizard');
  const read = readOnboarding(answers);
  const issues = read.ok ? {} : read.issues;
  return (
    <>
      {read.ok ? null : <Incomplete entityId={entity.id} issues={issues} answers={answers} />}
      {KYB_PARTS.map((part) => (
        <PartReview
          key={part}
          entityId={entity.id}
          part={part}
          answers={answers}
          issues={issues}
          rejections={rejections}
        />
      ))}
      <div className="flex flex-wrap items-start justify-between gap-4 border-t pt-4">
        <div className="min-w-0 max-w-md">
          <p className="font-medium text-sm">{t('reviewTitle')}</p>
          <p className="text-muted-foreground text-sm">{t('reviewHint')}</p>
        </div>
        <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:flex-col-reverse">
          {drafted ? (
            <ConfirmDialog
              act="discard_draft"
              action={discardDraftAction}
              hidden={{ entityId: entity.id }}
              trigger={t('discard')}
              title={t('discardTitle')}
              consequence={t('discardText', { name: entity.holderName })}
              confirm={t('discard')}
              success={t('discarded')}
              danger
            />
          ) : null}
          {read.ok ? (
            <Form act="send_draft" action={sendDraftAction} hidden={{ entityId: entity.id }}>
              <SubmitButton>{t('send')}</SubmitButton>
            </Form>
          ) : null}
        </div>
      </div>
    </>
  );
}

type IncompleteProps = { entityId: string; issues: Issues; answers: Answers };

function Incomplete({ entityId, issues, answers }: IncompleteProps) {
  const t = useTranslations('entities.wizard');
  const fieldMessage = useFieldMessage();
  const { labelOf } = useAnsweredFields(useLocale());
  return (
    <Alert tone="warning" title={t('incomplete', { count: Object.keys(issues).length })} className="mb-6">
      <ul className="mt-1 grid gap-1">
        {Object.entries(issues).map(([field, problem]) => {
          const part = partOf(field) ?? 'company_information';
          return (
            <li key={field}>
              <Link
                href={stepHref(entityId, part)}
                className="rounded-sm underline underline-offset-2 max-sm:inline-block max-sm:py-1.5"
              >
                {t('incompleteItem', {
                  step: t(`steps.${part}`),
                  field: labelOf(field, answers),
                  problem: fieldMessage(problem),
                })}
              </Link>
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}

type PartReviewProps = {
  entityId: string;
  part: KybPart;
  answers: Answers;
  issues: Issues;
  rejections: readonly Rejection[];
};

function PartReview({ entityId, part, answers, issues, rejections }: PartReviewProps) {
  const t = useTranslations('entities.wizard');
  const form = useTranslations('entities.form');
  const { groupsOf } = useAnsweredFields(useLocale());
  const name = t(`steps.${part}`);
  const said = rejections.filter(({ field }) => field !== null && partOf(field) === part);
  const about = said.filter(({ field }) => field === part);
  return (
    <Section
      title={name}
      actions={
        <Button asChild size="sm">
          <Link href={stepHref(entityId, part)} aria-label={t('editOf', { step: name })}>
            {t('edit')}
          </Link>
        </Button>
      }
    >
      {about.map(({ reason }) => (
        <p key={reason} className="mb-2 font-medium text-danger text-sm">
          {form('fintocSays', { reason })}
        </p>
      ))}
      <div className="grid gap-4 divide-y [&>*:not(:first-child)]:pt-4">
        {groupsOf(part, answers).map(({ key, title, fields }) => (
          <div key={key}>
            {title ? <h3 className="mb-1 font-medium text-sm">{title}</h3> : null}
            <Reasons said={said} field={key} />
            <DetailList
              columns={2}
              items={fields.map((field) => ({
                label: field.label,
                value: <Answered field={field} issue={issueOf(issues, field.name)} said={said} />,
              }))}
            />
          </div>
        ))}
      </div>
    </Section>
  );
}

/** Of the field itself, or of what was typed beside its choice. */
function issueOf(issues: Issues, name: string): string | undefined {
  return Object.entries(issues).find(([field]) => field === name || field.startsWith(`${name}.`))?.[1];
}

type AnsweredProps = { field: AnsweredField; issue: string | undefined; said: readonly Rejection[] };

function Answered({ field, issue, said }: AnsweredProps) {
  const t = useTranslations('entities.form');
  const fieldMessage = useFieldMessage();
  return (
    <span className="min-w-0">
      {field.value ? (
        <span className="break-words">{field.value}</span>
      ) : (
        <span className="text-muted-foreground">{issue ? t('missing') : '—'}</span>
      )}
      {issue && field.value ? <span className="block text-warning">{fieldMessage(issue)}</span> : null}
      <Reasons said={said} field={field.name} />
    </span>
  );
}

function Reasons({ said, field }: { said: readonly Rejection[]; field: string }) {
  const t = useTranslations('entities.form');
  return said
    .filter((one) => one.field === field)
    .map(({ reason }) => (
      <span key={reason} className="block font-medium text-danger text-sm">
        {t('fintocSays', { reason })}
      </span>
    ));
}

function stepHref(entityId: string, part: KybPart): Route {
  return to(`/entities/${entityId}/onboarding?step=${part}`);
}
