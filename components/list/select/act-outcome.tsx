import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useFailureMessage, useFieldMessage } from '~/components/form/form-messages';
import type { Outcome } from '~/components/list/select/use-doing';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { DialogClose, DialogFooter } from '~/components/ui/dialog';
import { ScrollList } from '~/components/ui/scroll-list';

/** Nobody knows whether it was done, or they have to show first who they are: sent again, it is done once. */
export function hasNoAnswer({ state: { status } }: Outcome): boolean {
  return status !== 'ok' && status !== 'error' && status !== 'invalid';
}

/** What became of several, refusal by refusal. */
export function ActOutcome({ outcomes, onRetry }: { outcomes: readonly Outcome[]; onRetry: () => void }) {
  const t = useTranslations('common.select');
  const common = useTranslations('common');
  const why = useWhy();
  const focused = useRef<HTMLButtonElement>(null);
  const failed = outcomes.filter(({ state }) => state.status !== 'ok');
  const isRetryable = failed.some(hasNoAnswer);

  useEffect(() => focused.current?.focus(), []);

  return (
    <>
      <Alert tone="warning" role="alert">
        <p>{t('outcome', { done: outcomes.length - failed.length, failed: failed.length })}</p>
        {failed.some(({ state: { status } }) => status === 'unanswered' || status === 'defect') ? (
          <p>{t('retryable')}</p>
        ) : null}
      </Alert>
      <ScrollList label={t('refused')} className="grid max-h-[45dvh] gap-2">
        {failed.map((outcome) => (
          <li key={outcome.row.id} className="rounded-lg border px-3.5 py-2">
            <div className="break-words font-medium">{outcome.row.name}</div>
            <div className="text-danger">{why(outcome)}</div>
          </li>
        ))}
      </ScrollList>
      <DialogFooter>
        <DialogClose asChild>
          <Button ref={isRetryable ? null : focused} variant={isRetryable ? 'secondary' : 'primary'}>
            {common('close')}
          </Button>
        </DialogClose>
        {isRetryable ? (
          <Button ref={focused} variant="primary" onClick={onRetry}>
            {t('retry')}
          </Button>
        ) : null}
      </DialogFooter>
    </>
  );
}

/** Why one was not done, in the words in which its own page says it. */
function useWhy(): (outcome: Outcome) => string {
  const t = useTranslations('common.select');
  const failure = useFailureMessage();
  const field = useFieldMessage();
  return ({ state }) => {
    if (state.status === 'error') return failure(state);
    if (state.status === 'invalid') return Object.values(state.fieldErrors).map(field).join(' ');
    if (state.status === 'step_up') return t('unproven');
    if (state.status === 'signed_out') return t('signedOut');
    if (state.status === 'other_operator') return t('otherOperator', { name: state.name });
    return t('unanswered');
  };
}
