'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type RefObject, useContext, useEffect, useId, useRef, useState } from 'react';
import { ApprovalClock } from '~/app/(console)/withdrawals/approval-clock';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-items';
import { ApprovalMarks, byUrgency, MarkSums } from '~/app/(console)/withdrawals/approval-marks';
import { SignedFacts } from '~/app/(console)/withdrawals/approval-signed';
import { DecidedRow } from '~/app/(console)/withdrawals/decision-outcome';
import { ScrollList } from '~/app/(console)/withdrawals/scroll-list';
import type { Choice } from '~/app/(console)/withdrawals/use-decisions';
import { useGoneWords } from '~/app/(console)/withdrawals/use-gone-words';
import { AmountTotals } from '~/components/approval-totals';
import { Clabe } from '~/components/clabe';
import { Money } from '~/components/money';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { DialogClose, DialogFooter } from '~/components/ui/dialog';
import { Label } from '~/components/ui/label';
import { Textarea } from '~/components/ui/textarea';
import { useWalletName } from '~/components/wallet-name-words';
import type { Decision } from '~/lib/withdrawals/approvals';

const REASON_MIN = 3;
const REASON_MAX = 500;

type DecisionQuestionProps = {
  choice: Choice;
  withdrawals: readonly WaitingWithdrawal[];
  /** Of what was chosen, what waits no more. */
  gone: readonly WaitingWithdrawal[];
  decisions: ReadonlyMap<string, Decision | null>;
  onDecide: (ids: readonly string[], reason: string) => void;
};

/** What is signed, whole: one withdrawal with all its facts, several with their totals, their marks and each in short. */
export function DecisionQuestion({ choice, withdrawals, gone, decisions, onDecide }: DecisionQuestionProps) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const now = useContext(ApprovalClock);
  const confirm = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [missing, setMissing] = useState(false);
  const [only] = withdrawals;
  const count = withdrawals.length;
  const declines = choice === 'decline';

  // Choosing was deliberate and Escape is close by: Enter confirms, or the reason is typed at once.
  useEffect(() => (declines ? field : confirm).current?.focus({ preventScroll: true }), [declines]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const reason = field.current?.value.trim() ?? '';
    if (declines && reason.length < REASON_MIN) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    onDecide(
      withdrawals.map(({ id }) => id),
      reason,
    );
  }

  return (
    <form onSubmit={submit} noValidate className="grid min-w-0 gap-4">
      {gone.length > 0 ? <Overtaken withdrawals={gone} decisions={decisions} /> : null}
      {count === 1 && only ? (
        <SignedFacts withdrawal={only} now={now} />
      ) : (
        <Several withdrawals={withdrawals} />
      )}
      {declines ? <Reason field={field} count={count} missing={missing} /> : null}
      <DialogFooter>
        <DialogClose asChild>
          <Button>{common('cancel')}</Button>
        </DialogClose>
        <Button ref={confirm} type="submit" variant={declines ? 'danger' : 'primary'}>
          {count === 1 ? t(`${choice}.action`) : t(`${choice}.confirm`, { count })}
        </Button>
      </DialogFooter>
    </form>
  );
}

function Overtaken({
  withdrawals,
  decisions,
}: {
  withdrawals: readonly WaitingWithdrawal[];
  decisions: DecisionQuestionProps['decisions'];
}) {
  const t = useTranslations('approvals.gone');
  const words = useGoneWords();
  return (
    <Alert tone="warning" role="alert" title={t('inDialog', { count: withdrawals.length })}>
      <ul className="mt-1 grid max-h-40 gap-1 overflow-y-auto">
        {withdrawals.map((withdrawal) => (
          <DecidedRow key={withdrawal.id} withdrawal={withdrawal}>
            {words(decisions.get(withdrawal.id) ?? null)}
          </DecidedRow>
        ))}
      </ul>
    </Alert>
  );
}

function Several({ withdrawals }: { withdrawals: readonly WaitingWithdrawal[] }) {
  const t = useTranslations('approvals.dialog');
  const fees = withdrawals
    .filter(({ feeAmount }) => feeAmount > 0n)
    .map(({ feeAmount, asset }) => ({ amount: feeAmount, asset }));
  return (
    <>
      <div className="grid gap-2 rounded-lg border bg-muted px-3.5 py-3 text-sm">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-muted-foreground">{t('count', { count: withdrawals.length })}</span>
          <span className="grid justify-items-end">
            <AmountTotals of={withdrawals} size="lg" />
            {fees.length > 0 ? (
              <span className="text-muted-foreground text-xs">
                {t.rich('withFees', { amount: () => <AmountTotals of={fees} /> })}
              </span>
            ) : null}
          </span>
        </div>
        <MarkSums withdrawals={withdrawals} />
      </div>
      <ScrollList label={t('list')} className="max-h-[38dvh] border">
        {byUrgency(withdrawals).map((withdrawal) => (
          <Short key={withdrawal.id} withdrawal={withdrawal} />
        ))}
      </ScrollList>
    </>
  );
}

function Short({ withdrawal }: { withdrawal: WaitingWithdrawal }) {
  const t = useTranslations('approvals.dialog');
  const nameOf = useWalletName();
  const { amount, asset, beneficiaryName, destination, beneficiaryBank, wallet } = withdrawal;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 border-b px-3.5 py-2 last:border-b-0">
      <span className="break-words font-medium">{beneficiaryName ?? t('unnamed')}</span>
      <Money amount={amount} asset={asset} className="font-medium" />
      <span className="col-span-2 flex flex-wrap gap-x-2 text-muted-foreground">
        <Clabe value={destination} copy={false} className="text-foreground" />
        {beneficiaryBank}
      </span>
      <span className="col-span-2 text-muted-foreground text-xs">
        {[nameOf(wallet), wallet.customer].filter(Boolean).join(' · ')}
      </span>
      <span className="col-span-2 flex flex-wrap gap-1 empty:hidden">
        <ApprovalMarks withdrawal={withdrawal} />
      </span>
    </li>
  );
}

type ReasonProps = { field: RefObject<HTMLTextAreaElement | null>; count: number; missing: boolean };

/** One reason for all of them. */
function Reason({ field, count, missing }: ReasonProps) {
  const t = useTranslations('approvals.dialog');
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <Label htmlFor={id}>{t('reason')}</Label>
      <Textarea
        ref={field}
        id={id}
        rows={2}
        maxLength={REASON_MAX}
        required
        aria-invalid={missing || undefined}
        aria-describedby={missing ? `${id}-hint ${id}-error` : `${id}-hint`}
      />
      <p id={`${id}-hint`} className="text-muted-foreground text-sm">
        {t('reasonHint', { count })}
      </p>
      {missing ? (
        <p id={`${id}-error`} role="alert" className="font-medium text-danger text-sm">
          {t('reasonMissing')}
        </p>
      ) : null}
    </div>
  );
}
