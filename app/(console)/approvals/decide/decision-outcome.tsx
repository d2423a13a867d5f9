'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Choice, DecisionRun } from '~/app/(console)/approvals/decide/use-decisions';
import { useDecisionFailure } from '~/app/(console)/approvals/decide/use-failure';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { DialogClose, DialogFooter } from '~/components/ui/dialog';
import { ScrollList } from '~/components/ui/scroll-list';

/** Sent again, it is done once. */
const NO_ANSWER: ReadonlySet<string> = new Set(['unexpected', 'unsent', 'signed_out', 'other_operator']);

type DecisionOutcomeProps = {
  choice: Choice;
  run: DecisionRun;
  items: readonly WaitingItem[];
  /** Sends those again that got no answer. */
  onRetry: (ids: readonly string[]) => void;
};

/** What became of a selection of which not everything could be decided, refusal by refusal. */
export function DecisionOutcome({ choice, run: { results }, items, onRetry }: DecisionOutcomeProps) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const failure = useDecisionFailure();
  const focused = useRef<HTMLButtonElement>(null);
  const failed = results.filter((result) => !result.ok);
  const unanswered = failed.flatMap(({ id, code }) => (NO_ANSWER.has(code) ? id : []));
  const byId = new Map(items.map((item) => [item.id, item]));

  useEffect(() => focused.current?.focus(), []);

  return (
    <>
      <Alert tone="warning" role="alert">
        <p>{t(`${choice}.outcome`, { done: results.length - failed.length, failed: failed.length })}</p>
        {unanswered.length > 0 ? <p>{t('dialog.retryable')}</p> : null}
      </Alert>
      <ScrollList label={t('dialog.doneTitle')} className="grid max-h-[45dvh] gap-2">
        {failed.map((result) => (
          <DecidedRow key={result.id} item={byId.get(result.id)} framed>
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

type DecidedRowProps = { item: WaitingItem | undefined; framed?: boolean; children: ReactNode };

/** One of a selection in a line or two, and what is said of it. */
export function DecidedRow({ item, framed = false, children }: DecidedRowProps) {
  return (
    <li className={framed ? 'rounded-lg border px-3.5 py-2' : undefined}>
      {item ? (
        <div className="flex flex-wrap justify-between gap-x-4">
          <InShort item={item} />
          {item.money ? <Money amount={item.money.amount} asset={item.money.asset} /> : null}
        </div>
      ) : null}
      <div>{children}</div>
    </li>
  );
}

function InShort({ item }: { item: WaitingItem }) {
  const t = useTranslations('approvals.dialog');
  if (item.kind !== 'payout') return <span className="min-w-0 break-words font-medium">{item.sentence}</span>;
  const { beneficiaryName, destination } = item.payout;
  return (
    <span className="flex min-w-0 flex-wrap gap-x-2">
      <span className="break-words font-medium">{beneficiaryName ?? t('unnamed')}</span>
      <ProtectedClabe value={destination} copy={false} className="text-muted-foreground" />
    </span>
  );
}
