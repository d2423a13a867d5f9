import { CircleCheck, CircleDashed, Hourglass, RotateCw } from 'lucide-react';
import type { Route } from 'next';
import { useTranslations } from 'next-intl';
import type { WalletPageData } from '~/app/(console)/wallets/[id]/wallet';
import { retryOpeningAction } from '~/app/(console)/wallets/actions';
import { useFailureWords } from '~/app/(console)/withdrawals/failure-words';
import { Form, SubmitButton } from '~/components/form';
import { Section } from '~/components/section';
import { Timestamp } from '~/components/timestamp';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';

/** What is made at Fintoc for each pattern, in this order (lib/provisioning.ts). */
const STEPS = {
  A: ['account', 'account_number', 'done'],
  B: ['account', 'done'],
  C: ['entity', 'kyb', 'account', 'done'],
} as const;

type Step = (typeof STEPS)[keyof typeof STEPS][number];
type State = 'done' | 'current' | 'waiting';

type OpeningProgressProps = { wallet: WalletPageData; mayRetry: boolean };

/** How far the opening is, what it waits for and why, and a way to go on. */
export function OpeningProgress({ wallet, mayRetry }: OpeningProgressProps) {
  const t = useTranslations('wallets.opening');
  const { id, pattern, openingStep, openingError } = wallet;
  const steps: readonly Step[] = STEPS[pattern ?? 'A'];
  const current = steps.indexOf(openingStep);
  const retry = (
    <Form action={retryOpeningAction} hidden={{ walletId: id }} success={t('retried')}>
      <SubmitButton variant="secondary" size="sm">
        <RotateCw aria-hidden />
        {t('retry')}
      </SubmitButton>
    </Form>
  );
  return (
    <Section
      title={t('title')}
      description={t('description')}
      actions={openingError && mayRetry ? retry : null}
    >
      <ol className="grid gap-x-6 gap-y-3 lg:auto-cols-fr lg:grid-flow-col">
        {steps.map((step, index) => {
          const state = index < current ? 'done' : index === current ? 'current' : 'waiting';
          return (
            <li
              key={step}
              aria-current={state === 'current' ? 'step' : undefined}
              className="flex items-start gap-3 text-sm"
            >
              <StepMark state={state} failing={state === 'current' && openingError !== null} />
              <div className="min-w-0">
                <div className={cn('font-medium', state === 'waiting' && 'text-muted-foreground')}>
                  <StepName step={step} pattern={pattern} />
                  <span className="sr-only"> · {t(`states.${state}`)}</span>
                </div>
                {state === 'current' ? <Waiting wallet={wallet} mayWrite={mayRetry} /> : null}
              </div>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function StepName({ step, pattern }: { step: Step; pattern: WalletPageData['pattern'] }) {
  const t = useTranslations('wallets.opening.steps');
  return <>{t(step === 'account' && pattern === 'A' ? 'shared_account' : step)}</>;
}

const MARKS = { done: CircleCheck, current: Hourglass, waiting: CircleDashed } as const;

function StepMark({ state, failing }: { state: State; failing: boolean }) {
  const Icon = MARKS[state];
  return (
    <Icon
      aria-hidden
      className={cn(
        'mt-0.5 size-4 shrink-0',
        state === 'done' && 'text-success',
        state === 'current' && (failing ? 'text-warning' : 'text-info'),
        state === 'waiting' && 'text-muted-foreground',
      )}
    />
  );
}

/** Why the current step isn't done, when it is tried next, and for KYB where to go on with it. */
function Waiting({ wallet, mayWrite }: { wallet: WalletPageData; mayWrite: boolean }) {
  const t = useTranslations('wallets.opening');
  const failureWords = useFailureWords();
  const { openingStep, openingError, openingAttempts, nextAttemptAt, entityId } = wallet;
  return (
    <div className="text-muted-foreground">
      {openingError ? failureWords(openingError) : t('underWay')}
      {openingError && openingStep !== 'kyb' ? (
        <div>
          {t.rich('nextAttempt', {
            attempts: openingAttempts,
            time: () => <Timestamp at={nextAttemptAt} format="time" />,
          })}
        </div>
      ) : null}
      {openingStep === 'kyb' && entityId ? (
        <div>
          <Link
            href={`/entities/${entityId}${mayWrite ? '/onboarding' : ''}` as Route}
            className="rounded-sm font-medium text-link hover:underline max-sm:inline-block max-sm:py-2"
          >
            {t('goToKyb')}
          </Link>
        </div>
      ) : null}
    </div>
  );
}
