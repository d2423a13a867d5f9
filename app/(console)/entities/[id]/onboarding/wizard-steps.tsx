import { Check, CircleAlert } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import { ProgressBar } from '~/components/record/progress-bar';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import { KYB_PARTS, type KybPart } from '~/lib/entities/kyb-parts';

const STEPS = [...KYB_PARTS, 'review', 'documents'] as const;
export type WizardStep = (typeof STEPS)[number];
type State = 'done' | 'problem' | 'todo';

type WizardStepsProps = {
  entityId: string;
  current: WizardStep;
  states: Record<KybPart, State>;
  /** The answers are at Fintoc: there is no way back to them. */
  sent: boolean;
};

/** Where one is in the file, and the way to the other steps. */
export function WizardSteps({ entityId, current, states, sent }: WizardStepsProps) {
  const t = useTranslations('entities.wizard');
  const number = STEPS.indexOf(current) + 1;
  const stateOf = (step: WizardStep): State =>
    step === 'documents' || step === 'review' ? (sent && step === 'review' ? 'done' : 'todo') : states[step];
  return (
    <nav aria-label={t('label')} className="mb-6 grid gap-2.5">
      <div className="flex items-baseline justify-between gap-3 sm:hidden">
        <span className="font-medium text-sm">{t(`steps.${current}`)}</span>
        <span className="text-muted-foreground text-sm tabular-nums">
          {t('progress', { number, total: STEPS.length })}
        </span>
      </div>
      <ProgressBar
        label={t('progress', { number, total: STEPS.length })}
        value={number}
        most={STEPS.length}
        className="sm:hidden"
      />
      <ol className="flex flex-wrap gap-x-1 gap-y-1 max-sm:-mx-2 sm:gap-x-2">
        {STEPS.map((step, index) => (
          <li key={step}>
            <Step
              name={t(`steps.${step}`)}
              number={index + 1}
              state={stateOf(step)}
              current={step === current}
              href={sent || step === 'documents' ? null : to(`/entities/${entityId}/onboarding?step=${step}`)}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

type StepProps = { name: string; number: number; state: State; current: boolean; href: Route | null };

function Step({ name, number, state, current, href }: StepProps) {
  const t = useTranslations('entities.wizard');
  const looks = cn(
    'inline-flex items-center gap-2 rounded-md px-2 py-1.5 text-sm max-sm:min-h-11',
    current ? 'bg-primary-soft font-medium text-foreground' : 'text-muted-foreground',
    href && !current && 'hover:bg-accent hover:text-foreground',
  );
  const inside = (
    <>
      <Mark state={state} number={number} current={current} />
      <span className="max-sm:sr-only">{name}</span>
      <span className="sr-only"> · {t(`states.${state}`)}</span>
    </>
  );
  if (!href || current)
    return (
      <span className={looks} aria-current={current ? 'step' : undefined}>
        {inside}
      </span>
    );
  return (
    <Link href={href} className={looks}>
      {inside}
    </Link>
  );
}

function Mark({ state, number, current }: { state: State; number: number; current: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        'flex size-5.5 shrink-0 items-center justify-center rounded-full font-medium text-xs tabular-nums',
        state === 'done' && 'bg-success-soft text-success',
        state === 'problem' && 'bg-warning-soft text-warning',
        state === 'todo' &&
          (current ? 'bg-primary text-primary-foreground' : 'border border-border-strong border-dashed'),
      )}
    >
      {state === 'done' ? (
        <Check className="size-3.5" />
      ) : state === 'problem' ? (
        <CircleAlert className="size-3.5" />
      ) : (
        number
      )}
    </span>
  );
}
