import { CircleCheck, CircleDashed, Hourglass, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { retryOpeningAction } from '~/app/(console)/wallets/actions';
import { Form, SubmitButton } from '~/components/form/form';
import { Section } from '~/components/layout/section';
import { Timestamp } from '~/components/record/timestamp';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { useReasons } from '~/components/words/reason-words';
import { openingWait, STANDSTILL } from '~/lib/wallets/opening-wait';
import type { WalletView } from '~/lib/wallets/wallets';

/** What is made at Fintoc for each pattern, in this order (lib/wallets/provisioning.ts). */
const STEPS = {
  A: ['account', 'account_number', 'done'],
  B: ['account', 'done'],
  C: ['entity', 'kyb', 'account', 'done'],
} as const;

type Step = (typeof STEPS)[keyof typeof STEPS][number];
type State = 'done' | 'current' | 'waiting';

type OpeningProgressProps = { wallet: WalletView; mayRetry: boolean };

/** How far the opening is, what it waits for and why, and a way to go on. */
export function OpeningProgress({ wallet, mayRetry }: OpeningProgressProps) {
  const t = useTranslations('wallets.opening');
  const { id, pattern, openingStep, openingError } = wallet;
  const wait = openingWait(wallet);
  const steps: readonly Step[] = STEPS[pattern ?? 'A'];
  const current = steps.indexOf(openingStep);
  const waitsForUs = wait !== 'itself' && wait !== 'fintoc';
  const retry = (
    <Form
      act="retry_opening"
      action={retryOpeningAction}
      hidden={{ walletId: id, asset: wallet.asset }}
      success={t('retried')}
    >
      <SubmitButton variant="secondary" size="sm">
        <RotateCw aria-hidden />
        {t('retry')}
      </SubmitButton>
    </Form>
  );
  return (
    <Section
      title={wallet.assets.length > 1 ? t('titleOfAsset', { asset: wallet.asset }) : t('title')}
      description={t(wait === 'itself' ? 'description' : wait === 'fintoc' ? 'waitsForFintoc' : 'waitsForUs')}
      actions={
        openingError && openingError !== STANDSTILL && openingStep !== 'kyb' && mayRetry ? retry : null
      }
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
              <StepMark
                state={state}
                failing={state === 'current' && (openingError !== null || waitsForUs)}
              />
              <div className="min-w-0">
                <div className={cn('font-medium', state === 'waiting' && 'text-muted-foreground')}>
                  <StepName step={step} pattern={pattern} />
                  <span className="sr-only">
                    {' '}
                    · {t(`states.${state === 'current' && wait !== 'itself' ? 'standing' : state}`)}
                  </span>
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

function StepName({ step, pattern }: { step: Step; pattern: WalletView['pattern'] }) {
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

/** Why the current step isn't done, and what it takes: a person, Fintoc, or the next try, and when that is. */
function Waiting({ wallet, mayWrite }: { wallet: WalletView; mayWrite: boolean }) {
  const t = useTranslations('wallets.opening');
  const reasonOf = useReasons();
  const { openingStep, openingError, openingAttempts, nextAttemptAt, entityId } = wallet;
  const wait = openingWait(wallet);
  const reason = openingError ? reasonOf(openingError) : null;
  if (openingStep === 'kyb' && openingError !== STANDSTILL)
    return (
      <div className="text-muted-foreground">
        {wait === 'itself' ? t('underWay') : t(`kyb.${wait === 'person' ? 'kyb_to_complete' : wait}`)}
        {entityId ? (
          <div>
            <Link
              href={`/entities/${entityId}${mayWrite && wait === 'person' ? '/onboarding' : ''}`}
              className="rounded-sm font-medium text-link hover:underline max-sm:inline-block max-sm:py-2"
            >
              {t(wait === 'fintoc' || wait === 'itself' ? 'toKyb' : 'goToKyb')}
            </Link>
          </div>
        ) : null}
      </div>
    );
  return (
    <div className="text-muted-foreground">
      {reason ? reason.why : t('underWay')}
      {reason && wait !== 'itself' ? <div>{reason.what}</div> : null}
      {reason && wait === 'itself' ? (
        <div>
          {t.rich('nextAttempt', {
            attempts: openingAttempts,
            time: () => <Timestamp at={nextAttemptAt} format="time" />,
          })}
        </div>
      ) : null}
    </div>
  );
}
