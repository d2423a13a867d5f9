'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-inbox';
import { AmountTotals } from '~/app/(console)/withdrawals/approval-totals';
import { useApprovalFailure } from '~/app/(console)/withdrawals/use-approval-failure';
import type { ApprovalRun } from '~/app/(console)/withdrawals/use-approvals';
import { Money } from '~/components/money';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';

type ApproveDialogProps = {
  /** What was chosen when the dialog opened; a list that refreshes behind it changes nothing here. */
  withdrawals: readonly WaitingWithdrawal[];
  run: ApprovalRun | null;
  onApprove: () => void;
  onClose: () => void;
};

/** Asks once for the whole selection, shows how far it is, and says what became of those that failed. */
export function ApproveDialog({ withdrawals, run, onApprove, onClose }: ApproveDialogProps) {
  const t = useTranslations('withdrawals.approve');
  const count = withdrawals.length;
  const running = run !== null && !run.finished;
  return (
    <Dialog open onOpenChange={(open) => (open || running ? undefined : onClose())}>
      <DialogContent
        title={run?.finished ? t('doneTitle') : t('title', { count })}
        description={run ? undefined : t('consequence')}
      >
        {run === null ? (
          <Question withdrawals={withdrawals} onApprove={onApprove} />
        ) : run.finished ? (
          <Outcome run={run} withdrawals={withdrawals} />
        ) : (
          <Progress run={run} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Question({ withdrawals, onApprove }: Pick<ApproveDialogProps, 'withdrawals' | 'onApprove'>) {
  const t = useTranslations('withdrawals.approve');
  const common = useTranslations('common');
  const confirm = useRef<HTMLButtonElement>(null);
  const count = withdrawals.length;
  const firstSeen = withdrawals.filter((withdrawal) => withdrawal.firstSeen).length;

  // Choosing was deliberate and Escape is close by: Enter confirms.
  useEffect(() => confirm.current?.focus(), []);

  return (
    <>
      <div className="flex items-baseline justify-between gap-4 rounded-lg border bg-muted px-3.5 py-3">
        <span className="text-muted-foreground text-sm">{t('total', { count })}</span>
        <AmountTotals of={withdrawals} size="lg" />
      </div>
      {firstSeen > 0 ? <Alert tone="warning">{t('firstSeen', { count: firstSeen })}</Alert> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard. */}
      <ul tabIndex={0} aria-label={t('list')} className="max-h-56 overflow-y-auto rounded-lg border text-sm">
        {withdrawals.map(({ id, amount, asset, beneficiaryName, beneficiaryNumber }) => (
          <li key={id} className="flex justify-between gap-4 border-b px-3.5 py-1.5 last:border-b-0">
            <span className="truncate">{beneficiaryName ?? beneficiaryNumber}</span>
            <Money amount={amount} asset={asset} />
          </li>
        ))}
      </ul>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{common('cancel')}</Button>
        </DialogClose>
        <Button ref={confirm} variant="primary" onClick={onApprove}>
          {t('confirm', { count })}
        </Button>
      </DialogFooter>
    </>
  );
}

function Progress({ run: { total, results } }: { run: ApprovalRun }) {
  const t = useTranslations('withdrawals.approve');
  const text = t('progress', { done: results.length, total });
  return (
    <div className="grid gap-2">
      <p role="status" className="text-sm">
        {text}
      </p>
      <progress
        aria-label={text}
        value={results.length}
        max={total}
        className="h-2 w-full overflow-hidden rounded-full accent-primary"
      />
    </div>
  );
}

type OutcomeProps = { run: ApprovalRun; withdrawals: readonly WaitingWithdrawal[] };

function Outcome({ run: { results }, withdrawals }: OutcomeProps) {
  const t = useTranslations('withdrawals.approve');
  const common = useTranslations('common');
  const failure = useApprovalFailure();
  const close = useRef<HTMLButtonElement>(null);
  const failed = results.filter((result) => !result.ok);

  useEffect(() => close.current?.focus(), []);

  return (
    <>
      <Alert tone="warning" role="alert">
        {t('outcome', { approved: results.length - failed.length, failed: failed.length })}
      </Alert>
      <ul className="grid max-h-72 gap-2 overflow-y-auto text-sm">
        {failed.map((result) => {
          const withdrawal = withdrawals.find(({ id }) => id === result.id);
          return (
            <li key={result.id} className="rounded-lg border px-3.5 py-2">
              {withdrawal ? (
                <div className="flex justify-between gap-4 font-medium">
                  <span className="truncate">
                    {withdrawal.beneficiaryName ?? withdrawal.beneficiaryNumber}
                  </span>
                  <Money amount={withdrawal.amount} asset={withdrawal.asset} />
                </div>
              ) : null}
              <div className="text-danger">{failure(result)}</div>
            </li>
          );
        })}
      </ul>
      <DialogFooter>
        <DialogClose asChild>
          <Button ref={close} variant="primary">
            {common('close')}
          </Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}
