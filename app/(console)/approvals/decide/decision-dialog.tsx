'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { selectionOf } from '~/app/(console)/approvals/decide/bulk';
import { DecisionOutcome } from '~/app/(console)/approvals/decide/decision-outcome';
import { DecisionQuestion } from '~/app/(console)/approvals/decide/decision-question';
import {
  type Choice,
  type DecisionRun,
  isSignedOut,
  isUnknown,
  type ProofAsked,
} from '~/app/(console)/approvals/decide/use-decisions';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { SessionEnded } from '~/components/layout/session-ended';
import { StepUp } from '~/components/layout/step-up';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '~/components/ui/dialog';
import type { Ending } from '~/lib/approvals/read';

export type DecisionDialogProps = {
  choice: Choice;
  /** What was chosen when the dialog opened; a list that refreshes behind it changes nothing here. */
  items: readonly WaitingItem[];
  /** Opened to be looked at: nothing is confirmed by the key that opened it, and both answers are offered. */
  looks: boolean;
  onDecline: () => void;
  /** What waits no more, and how it ended: a colleague may be faster. */
  gone: ReadonlyMap<string, Ending | null>;
  run: DecisionRun | null;
  /** Where they have to show first that it is they. */
  proof: ProofAsked | null;
  onDecide: (ids: readonly string[], reason: string) => void;
  onClose: () => void;
};

/** Asks once for the whole selection, shows how far it is, and says what became of those that were refused. */
export function DecisionDialog(props: DecisionDialogProps) {
  const { choice, items, looks, gone, run, proof, onDecline, onClose } = props;
  const t = useTranslations('approvals');
  const reason = useRef('');
  const left = items.filter(({ id }) => !gone.has(id));
  const of = selectionOf(left.length > 0 ? left : items);
  const running = run !== null && !run.finished;
  const count = left.length;

  function decide(ids: readonly string[], why: string) {
    reason.current = why;
    props.onDecide(ids, why);
  }

  return (
    <Dialog open onOpenChange={(open) => (open || running ? undefined : onClose())}>
      <DialogContent
        title={
          run?.finished ? t('dialog.doneTitle') : t(`${choice}.title`, { of, count: run?.total ?? count })
        }
        description={run || count === 0 ? undefined : t(`${choice}.consequence`, { of, count })}
        className="sm:max-w-2xl"
      >
        {run?.finished ? (
          <>
            <DecisionOutcome
              choice={choice}
              run={run}
              items={items}
              onRetry={(ids) => decide(ids, reason.current)}
            />
            <SessionEnded
              ended={run.results.some(isSignedOut) ? run : null}
              isUnknown={run.results.some(isUnknown)}
            />
          </>
        ) : run ? (
          <>
            <Progress choice={choice} run={run} />
            <StepUp asked={proof} onProven={() => proof?.settle(true)} onClose={() => proof?.settle(false)} />
          </>
        ) : count === 0 ? (
          <NothingLeft />
        ) : (
          <DecisionQuestion
            key={choice}
            choice={choice}
            items={left}
            onDecline={looks ? onDecline : null}
            gone={items.filter(({ id }) => gone.has(id))}
            endings={gone}
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
