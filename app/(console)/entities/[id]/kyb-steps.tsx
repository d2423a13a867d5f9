import { Check, Circle, CircleDot, type LucideIcon, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Timestamp } from '~/components/record/timestamp';
import { cn } from '~/components/ui/cn';
import { type KybStep, kybSteps, type OnboardingFacts } from '~/lib/entities/kyb';

const LOOKS: Record<KybStep['state'], { icon: LucideIcon; mark: string }> = {
  done: { icon: Check, mark: 'bg-success-soft text-success' },
  current: { icon: CircleDot, mark: 'bg-info-soft text-info' },
  failed: { icon: X, mark: 'bg-danger-soft text-danger' },
  todo: { icon: Circle, mark: 'border border-dashed border-border-strong text-muted-foreground' },
};

/** The four steps of a KYB in a row: which are done, and which is next. */
export function KybSteps({ onboarding }: { onboarding: OnboardingFacts }) {
  const t = useTranslations('entities');
  return (
    <ol aria-label={t('steps.label')} className="grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
      {kybSteps(onboarding).map(({ key, state, at }) => {
        const { icon: Icon, mark } = LOOKS[state];
        return (
          <li
            key={key}
            aria-current={state === 'current' ? 'step' : undefined}
            className="flex items-start gap-2.5"
          >
            <span className={cn('flex size-6 shrink-0 items-center justify-center rounded-full', mark)}>
              <Icon aria-hidden className="size-3.5" />
            </span>
            <span className="min-w-0 text-sm">
              <span className={cn('block font-medium', state === 'todo' && 'text-muted-foreground')}>
                {t(`steps.${key}`)}
              </span>
              <span className="block text-muted-foreground text-xs">
                {at ? <Timestamp at={at} /> : t(`stepStates.${state}`)}
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
