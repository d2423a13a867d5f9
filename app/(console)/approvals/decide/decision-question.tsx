'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, type RefObject, useContext, useEffect, useId, useRef, useState } from 'react';
import { countsOf, selectionOf, sumsOf } from '~/app/(console)/approvals/decide/bulk';
import { DecidedRow } from '~/app/(console)/approvals/decide/decision-outcome';
import { Signed } from '~/app/(console)/approvals/decide/signed';
import type { Choice } from '~/app/(console)/approvals/decide/use-decisions';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { ApprovalClock } from '~/app/(console)/approvals/list/clock';
import { byUrgency, MarkSums, Marks } from '~/app/(console)/approvals/list/marks';
import { useGoneWords } from '~/app/(console)/approvals/list/use-words';
import { useSideWord } from '~/components/money/adjustment-side';
import { AmountTotals } from '~/components/money/approval-totals';
import { Money } from '~/components/money/money';
import { ProtectedClabe } from '~/components/money/protected-clabe';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { DialogClose, DialogFooter } from '~/components/ui/dialog';
import { Label } from '~/components/ui/label';
import { ScrollList } from '~/components/ui/scroll-list';
import { Textarea } from '~/components/ui/textarea';
import { useWalletName } from '~/components/words/wallet-name-words';
import type { Ending } from '~/lib/approvals/read';
import { joined } from '~/lib/text';

const REASON_MIN = 3;
const REASON_MAX = 500;

type DecisionQuestionProps = {
  choice: Choice;
  items: readonly WaitingItem[];
  /** Where it was opened to be looked at: to say no instead. */
  onDecline: (() => void) | null;
  /** Of what was chosen, what waits no more. */
  gone: readonly WaitingItem[];
  endings: ReadonlyMap<string, Ending | null>;
  onDecide: (ids: readonly string[], reason: string) => void;
};

/** What is signed, whole: one thing with all its facts, several with their totals, their marks and each in short. */
export function DecisionQuestion(props: DecisionQuestionProps) {
  const { choice, items, onDecline, gone, endings, onDecide } = props;
  const looks = onDecline !== null;
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const now = useContext(ApprovalClock);
  const confirm = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [missing, setMissing] = useState(false);
  const [only] = items;
  const count = items.length;
  const declines = choice === 'decline';

  // Choosing was deliberate and Escape is close by: Enter confirms, or the reason is typed at once.
  useEffect(() => {
    if (!looks) (declines ? field : confirm).current?.focus({ preventScroll: true });
  }, [declines, looks]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const reason = field.current?.value.trim() ?? '';
    if (declines && reason.length < REASON_MIN) {
      setMissing(true);
      field.current?.focus();
      return;
    }
    onDecide(
      items.map(({ id }) => id),
      reason,
    );
  }

  return (
    <form onSubmit={submit} noValidate className="grid min-w-0 gap-4">
      {gone.length > 0 ? <Overtaken items={gone} endings={endings} /> : null}
      {count === 1 && only ? <Signed item={only} now={now} /> : <Several items={items} />}
      {declines ? <Reason field={field} count={count} missing={missing} /> : null}
      <DialogFooter>
        <DialogClose asChild>
          <Button>{common('cancel')}</Button>
        </DialogClose>
        {onDecline ? <Button onClick={onDecline}>{t('decline.action')}</Button> : null}
        <Button ref={confirm} type="submit" variant={declines ? 'danger' : 'primary'}>
          {count === 1 ? t(`${choice}.action`) : t(`${choice}.confirm`, { of: selectionOf(items), count })}
        </Button>
      </DialogFooter>
    </form>
  );
}

function Overtaken({
  items,
  endings,
}: {
  items: readonly WaitingItem[];
  endings: DecisionQuestionProps['endings'];
}) {
  const t = useTranslations('approvals.gone');
  const words = useGoneWords();
  return (
    <Alert tone="warning" role="alert" title={t('inDialog', { count: items.length })}>
      <ul className="mt-1 grid max-h-40 gap-1 overflow-y-auto">
        {items.map((item) => (
          <DecidedRow key={item.id} item={item}>
            {words(endings.get(item.id) ?? null)}
          </DecidedRow>
        ))}
      </ul>
    </Alert>
  );
}

function Several({ items }: { items: readonly WaitingItem[] }) {
  const t = useTranslations('approvals');
  const { amounts, fees } = sumsOf(items);
  const payouts = items.flatMap((item) => (item.kind === 'payout' ? item.payout : []));
  return (
    <>
      <div className="grid gap-2 rounded-lg border bg-muted px-3.5 py-3 text-sm">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="text-muted-foreground">
            {countsOf(items)
              .map(([of, count]) => t('counted', { of, count }))
              .join(' · ')}
          </span>
          <span className="grid justify-items-end">
            <AmountTotals of={amounts} size="lg" />
            {fees.length > 0 ? (
              <span className="text-muted-foreground text-xs">
                {t.rich('dialog.withFees', { amount: () => <AmountTotals of={fees} /> })}
              </span>
            ) : null}
          </span>
        </div>
        {payouts.length > 0 ? <MarkSums payouts={payouts} /> : null}
      </div>
      <ScrollList label={t('dialog.list')} className="max-h-[38dvh] border">
        {byUrgency(items).map((item) => (
          <Short key={item.id} item={item} />
        ))}
      </ScrollList>
    </>
  );
}

/** One of several, with all that tells it from the others. */
function Short({ item }: { item: WaitingItem }) {
  const { money } = item;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 border-b px-3.5 py-2 last:border-b-0">
      <span className="break-words font-medium">
        <Headline item={item} />
      </span>
      {money ? <Money amount={money.amount} asset={money.asset} className="font-medium" /> : <span />}
      {item.kind === 'payout' ? (
        <span className="col-span-2 flex flex-wrap gap-x-2 text-muted-foreground">
          <ProtectedClabe value={item.payout.destination} copy={false} className="text-foreground" />
          {item.payout.beneficiaryBank}
        </span>
      ) : null}
      <span className="col-span-2 text-muted-foreground text-xs empty:hidden">
        <Underline item={item} />
      </span>
      <span className="col-span-2 flex flex-wrap gap-1 empty:hidden">
        <Marks item={item} />
      </span>
    </li>
  );
}

function Headline({ item }: { item: WaitingItem }) {
  const t = useTranslations('approvals.dialog');
  if (item.kind === 'payout') return item.payout.beneficiaryName ?? t('unnamed');
  return item.sentence;
}

function Underline({ item }: { item: WaitingItem }) {
  const nameOf = useWalletName();
  const side = useSideWord();
  switch (item.kind) {
    case 'payout':
      return joined([nameOf(item.payout.wallet), item.payout.wallet.customer]);
    case 'adjustment':
      return joined([`${side(item.adjustment.from)} → ${side(item.adjustment.to)}`, item.reason]);
    case 'deposit':
      return joined([item.deposit.counterparty.name, nameOf(item.deposit.wallet), item.reason]);
    case 'facts':
      return item.reason;
  }
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
