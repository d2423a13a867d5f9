'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-items';
import { DecisionOutcome } from '~/app/(console)/withdrawals/decision-outcome';
import { DecisionQuestion } from '~/app/(console)/withdrawals/decision-question';
import type { Choice, DecisionRun } from '~/app/(console)/withdrawals/use-decisions';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';
import type { Decision } from '~/lib/withdrawals/approvals';

export type DecisionDialogProps = {
  choice: Choice;
  /** What was chosen when the dialog opened; a list that refreshes behind it changes nothing here. */
  withdrawals: readonly WaitingWithdrawal[];
  /** What waits no more, and what was decided on it: a colleague may be faster. */
  gone: ReadonlyMap<string, Decision | null>;
  run: DecisionRun | null;
  onDecide: (ids: readonly string[], reason: string) => void;
  onClose: () => void;
};

/** Asks once for the whole selection, shows how far it is, and says what became of those that were refused. */
export function DecisionDialog(props: DecisionDialogProps) {
  const { choice, withdrawals, gone, run, onClose } = props;
  const t = useTranslations('approvals');
  const reason = useRef('');
  const left = withdrawals.filter(({ id }) => !gone.has(id));
  const running = run !== null && !run.finished;
  const count = left.length;

  function decide(ids: readonly string[], why: string) {
    reason.current = why;
    props.onDecide(ids, why);
  }

  return (
    <Dialog open onOpenChange={(open) => (open || running ? undefined : onClose())}>
      <DialogContent
        title={run?.finished ? t('dialog.doneTitle') : t(`${choice}.title`, { count: run?.total ?? count })}
        description={run || count === 0 ? undefined : t(`${choice}.consequence`, { count })}
        className="sm:max-w-2xl"
      >
        {run?.finished ? (
          <DecisionOutcome
            choice={choice}
            run={run}
            withdrawals={withdrawals}
            onRetry={(ids) => decide(ids, reason.current)}
          />
        ) : run ? (
          <Progress choice={choice} run={run} />
        ) : count === 0 ? (
          <NothingLeft />
        ) : (
          <DecisionQuestion
            choice={choice}
            withdrawals={left}
            gone={withdrawals.filter(({ id }) => gone.has(id))}
            decisions={gone}
            onDecide={decide}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Progress({ choice, run: { total, results } }: { choice: Choice; run: DecisionRun }) {
  const t = useTranslations('approvals');
  const text = t(`${choice}.progress`, { done: results.length, total });
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

function NothingLeft() {
  const t = useTranslations('approvals.gone');
  const common = useTranslations('common');
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <>
      <Alert tone="info" role="alert">
        {t('all')}
      </Alert>
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
