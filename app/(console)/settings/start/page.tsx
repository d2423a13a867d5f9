import { Circle, CircleCheck } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { Fill } from '~/app/(console)/settings/start/fill';
import { Section } from '~/components/layout/section';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';
import { canBeFilled } from '~/lib/overview/company';
import { setupFacts } from '~/lib/overview/setup';
import { type SetupStep, setupSteps } from '~/lib/overview/setup-steps';
import { can } from '~/lib/roles';
import { requireOperator } from '~/lib/session';

/** Where each is done; a backup by a command. */
const PLACES = {
  fintoc: '/settings/fintoc',
  sync: '/settings/fintoc',
  webhook: '/settings/fintoc',
  approver: '/settings/operators',
  rule: '/settings/rules',
  customer: '/customers/new',
  deposit: '/account-numbers',
} as const;

export async function generateMetadata() {
  return { title: (await getTranslations('setup'))('title') };
}

export default async function StartPage() {
  const { role } = await requireOperator('settings:read');
  const [t, facts, canFill] = await Promise.all([
    getTranslations('setup'),
    setupFacts(),
    can(role, 'settings:write') && canBeFilled(),
  ]);
  const steps = setupSteps(facts);
  const done = steps.filter(({ missing }) => missing === null).length;
  return (
    <>
      <Section
        title={t('title')}
        description={done === steps.length ? t('allDone') : t('done', { done, all: steps.length })}
        className="max-w-3xl"
        flush
      >
        <ol className="divide-y divide-border">
          {steps.map((step) => (
            <Step key={step.name} {...step} />
          ))}
        </ol>
      </Section>
      {canFill ? (
        <Section title={t('company.title')} description={t('company.hint')} className="max-w-3xl">
          <Fill
            words={{
              fill: t('company.fill'),
              question: t('company.question'),
              consequence: t('company.consequence'),
              confirm: t('company.confirm'),
              progress: t('company.progress'),
              stopping: t('company.stopping'),
              ending: t('company.ending'),
              late: t('company.late'),
            }}
          />
        </Section>
      ) : null}
    </>
  );
}

async function Step({ name, missing }: SetupStep) {
  const t = await getTranslations('setup');
  const Icon = missing ? Circle : CircleCheck;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3.5 sm:flex-nowrap">
      <Icon
        aria-hidden
        className={`mt-0.5 size-5 shrink-0 ${missing ? 'text-muted-foreground' : 'text-success'}`}
      />
      <div className="min-w-0 flex-1 text-sm">
        <p className={missing ? 'font-medium' : 'text-muted-foreground'}>
          {t(`steps.${name}`)}
          {missing ? null : <span className="sr-only"> ({t('isDone')})</span>}
        </p>
        {missing ? (
          <p className="mt-0.5 text-pretty text-muted-foreground">{t(`missing.${missing}`)}</p>
        ) : null}
        {missing && name === 'backup' ? (
          <code className="mt-2 block font-mono text-xs">npm run backup</code>
        ) : null}
      </div>
      {missing && name !== 'backup' ? (
        <Button asChild size="sm">
          <Link href={PLACES[name]}>{t(`go.${name}`)}</Link>
        </Button>
      ) : null}
    </li>
  );
}
