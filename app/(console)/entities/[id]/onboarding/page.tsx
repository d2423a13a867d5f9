import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { DocumentsStep } from '~/app/(console)/entities/[id]/onboarding/documents-step';
import { Review } from '~/app/(console)/entities/[id]/onboarding/review';
import { StepForm } from '~/app/(console)/entities/[id]/onboarding/step-form';
import { type WizardStep, WizardSteps } from '~/app/(console)/entities/[id]/onboarding/wizard-steps';
import { PageHeader } from '~/components/layout/page-header';
import { textParam } from '~/components/list/search-params';
import { Alert } from '~/components/ui/alert';
import { to } from '~/components/ui/to';
import { countryOptions } from '~/lib/countries';
import { isOver, takesDocuments } from '~/lib/entities/kyb';
import { getKybForm, type KybFormRecord } from '~/lib/entities/kyb-drafts';
import { readPart } from '~/lib/entities/kyb-form';
import { answersTo, KYB_PARTS, type KybPart } from '~/lib/entities/kyb-parts';
import { type Rejection, rejectionsOf } from '~/lib/entities/kyb-rejection';
import { orNotFound, requireOperator } from '~/lib/session';

export async function generateMetadata() {
  return { title: (await getTranslations('entities.form'))('title') };
}

/** A KYB from its first field to its submission: four steps of answers, a last look, and the documents. */
export default async function OnboardingPage({
  params,
  searchParams,
}: PageProps<'/entities/[id]/onboarding'>) {
  const operator = await requireOperator('kyb:write');
  const { id } = await params;
  const [t, form, kyb] = await Promise.all([
    getTranslations('entities'),
    getTranslations('entities.form'),
    orNotFound(getKybForm(operator, id)),
  ]);
  const { entity, onboarding } = kyb;
  const standing = onboarding && !isOver(onboarding.status) ? onboarding : null;
  // Where none can be started or handed in, the entity's page says why.
  const closed = entity.isRoot || (entity.countryCode !== null && entity.countryCode !== 'mx');
  if (closed || (standing && !takesDocuments(standing)) || (!standing && entity.status === 'operational'))
    redirect(`/entities/${id}`);
  const asked = textParam(await searchParams, 'step');
  const step = standing ? 'documents' : stepOf(asked, kyb);
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={form('title')}
        description={standing ? entity.holderName : form('description', { name: entity.holderName })}
        breadcrumbs={[
          { label: t('title'), href: '/entities' },
          { label: entity.holderName, href: to(`/entities/${id}`) },
        ]}
      />
      <WizardSteps
        entityId={id}
        current={step}
        states={statesOf(kyb, standing !== null)}
        sent={standing !== null}
      />
      {standing ? <DocumentsStep entity={entity} onboarding={standing} /> : <Step kyb={kyb} step={step} />}
    </div>
  );
}

async function Step({ kyb, step }: { kyb: KybFormRecord; step: WizardStep }) {
  const { entity, onboarding, answers, parts } = kyb;
  const rejections = onboarding ? rejectionsOf(onboarding.raw) : [];
  const again = onboarding ? (
    <Again rejected={onboarding.status === 'rejected'} rejections={rejections} />
  ) : null;
  if (step === 'review' || step === 'documents')
    return (
      <>
        {again}
        <Review
          entity={entity}
          answers={answers}
          rejections={rejections}
          drafted={Object.keys(parts).length > 0}
        />
      </>
    );
  const saved = parts[step] ?? null;
  const read = readPart(step, answers);
  return (
    <>
      {again}
      <StepForm
        // Another saving than the one that is shown means other answers: fields take them only when they are new.
        key={`${step} ${saved?.version ?? 0}`}
        entityId={entity.id}
        part={step}
        saved={saved}
        answers={answersTo(step, answers)}
        // Who comes back to a step is shown what is wrong with it; who starts it isn't.
        problems={saved && !read.ok ? read.issues : {}}
        rejections={fieldRejections(rejections)}
        countries={countryOptions(await getLocale())}
        people={peopleIn(answers)}
      />
    </>
  );
}

async function Again({ rejected, rejections }: { rejected: boolean; rejections: readonly Rejection[] }) {
  const [t, form] = await Promise.all([getTranslations('entities.wizard'), getTranslations('entities.form')]);
  if (!rejected) return null;
  const whole = rejections.filter(({ field, document }) => field === null && document === null);
  return (
    <Alert tone="danger" title={t('again')} className="mb-5">
      {whole.map(({ reason }) => (
        <p key={reason} className="font-medium">
          {form('quoted', { reason })}
        </p>
      ))}
      {rejections.length === 0 ? <p>{t('againSilent')}</p> : null}
      <p>{t('againText')}</p>
    </Alert>
  );
}

/** The step that was asked for, else the first that isn't complete. */
function stepOf(asked: string | undefined, { answers, onboarding, parts }: KybFormRecord): WizardStep {
  const known = [...KYB_PARTS, 'review' as const].find((step) => step === asked);
  if (known) return known;
  const open = KYB_PARTS.find((part) => !readPart(part, answers).ok);
  // After a rejection everything is complete but something is wrong: the last look says of what.
  return open ?? (onboarding || Object.keys(parts).length > 0 ? 'review' : 'company_information');
}

function statesOf({ answers, parts, onboarding }: KybFormRecord, sent: boolean) {
  return Object.fromEntries(
    KYB_PARTS.map((part) => {
      const complete = sent || readPart(part, answers).ok;
      const begun = parts[part] !== undefined || onboarding !== null;
      return [part, complete ? 'done' : begun ? 'problem' : 'todo'];
    }),
  ) as Record<KybPart, 'done' | 'problem' | 'todo'>;
}

function fieldRejections(rejections: readonly Rejection[]): Record<string, string> {
  return Object.fromEntries(rejections.flatMap(({ field, reason }) => (field ? [[field, reason]] : [])));
}

/** The representatives, who are often the shareholders too. */
function peopleIn(answers: Record<string, string>) {
  const own = answersTo('legal_representatives', answers);
  const rows = new Set(Object.keys(own).map((name) => name.split('.').slice(0, 2).join('.')));
  return [...rows].flatMap((row) => {
    const name = own[`${row}.first_name`];
    if (!name) return [];
    const id = own[`${row}.identification_number`]?.trim() ?? '';
    return [
      {
        name,
        last_name: own[`${row}.last_name`] ?? '',
        nationality: own[`${row}.nationality`] ?? 'mx',
        // A CURP is no RFC, and the last three characters of an RFC can't be told from it.
        holder_id: id.length === 13 ? id : '',
      },
    ];
  });
}
