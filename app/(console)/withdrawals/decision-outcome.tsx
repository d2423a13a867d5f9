'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-items';
import { ScrollList } from '~/app/(console)/withdrawals/scroll-list';
import { useApprovalFailure } from '~/app/(console)/withdrawals/use-approval-failure';
import type { Choice, DecisionRun } from '~/app/(console)/withdrawals/use-decisions';
import { Clabe } from '~/components/clabe';
import { Money } from '~/components/money';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { DialogClose, DialogFooter } from '~/components/ui/dialog';

/** Sent again, it is done once. */
const NO_ANSWER: ReadonlySet<string> = new Set(['unexpected', 'unsent', 'signed_out']);

type DecisionOutcomeProps = {
  choice: Choice;
  run: DecisionRun;
  withdrawals: readonly WaitingWithdrawal[];
  /** Sends those again that got no answer. */
  onRetry: (ids: readonly string[]) => void;
};

/** What became of a selection of which not everything could be decided, refusal by refusal. */
export function DecisionOutcome({ choice, run: { results }, withdrawals, onRetry }: DecisionOutcomeProps) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const failure = useApprovalFailure();
  const focused = useRef<HTMLButtonElement>(null);
  const failed = results.filter((result) => !result.ok);
  const unanswered = failed.flatMap(({ id, code }) => (NO_ANSWER.has(code) ? id : []));
  const byId = new Map(withdrawals.map((withdrawal) => [withdrawal.id, withdrawal]));

  useEffect(() => focused.current?.focus(), []);

  return (
    <>
      <Alert tone="warning" role="alert">
        <p>{t(`${choice}.outcome`, { done: results.length - failed.length, failed: failed.length })}</p>
        {unanswered.length > 0 ? <p>{t('dialog.retryable')}</p> : null}
      </Alert>
      <ScrollList label={t('dialog.doneTitle')} className="grid max-h-[45dvh] gap-2">
        {failed.map((result) => (
          <DecidedRow key={result.id} withdrawal={byId.get(result.id)} framed>
            <span className="text-danger">{failure(result)}</span>
          </DecidedRow>
        ))}
      </ScrollList>
      <DialogFooter>
        <DialogClose asChild>
          <Button
            ref={unanswered.length > 0 ? null : focused}
            variant={unanswered.length > 0 ? 'secondary' : 'primary'}
          >
            {common('close')}
          </Button>
        </DialogClose>
        {unanswered.length > 0 ? (
          <Button ref={focused} variant="primary" onClick={() => onRetry(unanswered)}>
            {t('dialog.retry')}
          </Button>
        ) : null}
      </DialogFooter>
    </>
  );
}

type DecidedRowProps = { withdrawal: WaitingWithdrawal | undefined; framed?: boolean; children: ReactNode };

/** One withdrawal in a line or two, and what is said of it. */
export function DecidedRow({ withdrawal, framed = false, children }: DecidedRowProps) {
  const t = useTranslations('approvals.dialog');
  return (
    <li className={framed ? 'rounded-lg border px-3.5 py-2' : undefined}>
      {withdrawal ? (
        <div className="flex flex-wrap justify-between gap-x-4">
          <span className="flex min-w-0 flex-wrap gap-x-2">
            <span className="break-words font-medium">{withdrawal.beneficiaryName ?? t('unnamed')}</span>
            <Clabe value={withdrawal.destination} copy={false} className="text-muted-foreground" />
          </span>
          <Money amount={withdrawal.amount} asset={withdrawal.asset} />
        </div>
      ) : null}
      <div>{children}</div>
    </li>
  );
}
