'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type MouseEvent, memo } from 'react';
import type { DecisionResult } from '~/app/(console)/approvals/actions';
import { isChoosable } from '~/app/(console)/approvals/choosable';
import type { WaitingItem } from '~/app/(console)/approvals/items';
import { Asked, type Choosing } from '~/app/(console)/approvals/list/asked';
import { ToCheck } from '~/app/(console)/approvals/list/check';
import { From, Sentence, To } from '~/app/(console)/approvals/list/sides';
import type { ShownRow } from '~/app/(console)/approvals/list/use-shown-rows';
import { useGoneWords, useItemWords, useWhyNot } from '~/app/(console)/approvals/list/use-words';
import { Money } from '~/components/money/money';
import { Checkbox } from '~/components/ui/checkbox';
import { cn } from '~/components/ui/cn';
import { TableCell, TableRow } from '~/components/ui/table';
import { formatAmount } from '~/lib/money';

type ApprovalRowProps = {
  row: ShownRow;
  /** Null for who may not decide. */
  choosing: Choosing | null;
  chosen: boolean;
  /** The one row that Tab goes to: the keys go to the others. */
  current: boolean;
  /** Seen beside the list. */
  shown: boolean;
  failure: DecisionResult | undefined;
};

const phone = 'max-sm:h-auto max-sm:min-w-0 max-sm:p-0 align-top py-2.5';
const ownLine = 'max-sm:col-span-2 max-sm:col-start-2 max-sm:max-w-none';

/** One thing that waits with all that a decision on it is about. */
export const ApprovalRow = memo(function ApprovalRow(props: ApprovalRowProps) {
  const { row, choosing, chosen, current, shown, failure } = props;
  const { item, gone } = row;
  return (
    <TableRow
      aria-current={shown || undefined}
      className={cn(
        'relative scroll-mt-14 scroll-mb-24 transition-colors hover:bg-muted/60 has-[:focus-visible]:bg-muted/60',
        'max-sm:grid max-sm:items-start max-sm:gap-y-1 max-sm:py-3 max-sm:pr-4',
        choosing
          ? 'max-sm:grid-cols-[2.75rem_minmax(0,1fr)_auto]'
          : 'max-sm:grid-cols-[1rem_minmax(0,1fr)_auto]',
        shown && 'bg-muted [&>td:first-child]:shadow-[inset_3px_0_var(--primary)]',
        chosen && 'bg-primary-soft hover:bg-primary-soft has-[:focus-visible]:bg-primary-soft',
      )}
    >
      {choosing ? (
        <TableCell className="w-10 p-0 align-top max-sm:row-span-5 max-sm:h-auto">
          <RowBox row={row} choosing={choosing} chosen={chosen} current={current} />
        </TableCell>
      ) : null}
      <TableCell className={cn(phone, 'max-sm:order-4', ownLine, !choosing && 'pl-4')}>
        <Asked item={item} choosing={choosing} current={current} />
      </TableCell>
      {item.kind === 'facts' ? (
        <TableCell colSpan={2} className={cn(phone, 'max-w-96 whitespace-normal max-sm:order-1', ownLine)}>
          <Sentence item={item} />
        </TableCell>
      ) : (
        <>
          <TableCell className={cn(phone, 'max-w-44 max-sm:order-5', ownLine)}>
            <From item={item} current={current} />
          </TableCell>
          <TableCell
            className={cn(
              phone,
              'max-w-64 sm:group-data-peek/peek:min-w-36 max-sm:order-1 max-sm:col-start-2 max-sm:max-w-none',
            )}
          >
            <To item={item} current={current} />
          </TableCell>
        </>
      )}
      <TableCell id={`check-${item.id}`} className={cn(phone, 'max-w-72 max-sm:order-3', ownLine)}>
        {gone === undefined ? (
          <ToCheck item={item} failure={failure} decides={choosing !== null} />
        ) : (
          <Gone row={row} />
        )}
      </TableCell>
      <TableCell
        className={cn(
          phone,
          'pr-4 text-right font-medium max-sm:order-2 max-sm:pr-0 max-sm:pl-3',
          item.money === null && 'max-sm:hidden',
        )}
      >
        <Sum item={item} gone={gone !== undefined} />
      </TableCell>
    </TableRow>
  );
});

type RowBoxProps = Pick<ApprovalRowProps, 'row' | 'chosen' | 'current'> & { choosing: Choosing };

function RowBox({ row: { item, gone }, choosing, chosen, current }: RowBoxProps) {
  const t = useTranslations('approvals');
  const what = useItemWords()(item);
  const why = useWhyNot()(item);
  const goneWords = useGoneWords();
  const { id } = item;
  const fixed = gone !== undefined || !isChoosable(item);
  const name =
    gone !== undefined
      ? t('fixedRow', { what, why: goneWords(gone) })
      : why !== null
        ? t('fixedRow', { what, why })
        : t('select', { what });

  function choose(event: MouseEvent) {
    if (fixed) event.preventDefault();
    else if (event.shiftKey) choosing.extendTo(id);
    else choosing.toggle(id);
  }

  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control and brings its own name.
    <label
      className={cn(
        'relative z-10 flex size-10 items-center justify-center max-sm:size-11',
        fixed ? 'cursor-not-allowed' : 'cursor-pointer',
      )}
    >
      <Checkbox
        data-row={id}
        value={id}
        checked={chosen}
        // Not `disabled`: what somebody else decides can still be come to, read and opened.
        aria-disabled={fixed || undefined}
        tabIndex={current ? 0 : -1}
        onClick={choose}
        // React wants to know that a controlled box is changed by somebody: the click above does.
        onChange={() => undefined}
        aria-label={name}
        aria-describedby={gone === undefined ? describedBy(item) : undefined}
        className={cn(fixed && 'opacity-40')}
      />
    </label>
  );
}

function describedBy({ id, kind }: WaitingItem): string {
  return kind === 'payout' || kind === 'deposit' ? `clabe-${id} check-${id}` : `check-${id}`;
}

function Gone({ row: { gone = null } }: { row: ShownRow }) {
  const words = useGoneWords();
  return <span className="font-medium text-muted-foreground text-xs">{words(gone)}</span>;
}

function Sum({ item: { money }, gone }: { item: WaitingItem; gone: boolean }) {
  const t = useTranslations('approvals');
  const locale = useLocale();
  return (
    <div className="leading-snug">
      {money ? (
        <Money
          amount={money.amount}
          asset={money.asset}
          className={cn(gone && 'text-muted-foreground line-through')}
        />
      ) : null}
      {money && money.fee > 0n ? (
        <div className="whitespace-nowrap font-normal text-muted-foreground text-xs tabular-nums">
          {t('fee', { amount: formatAmount(money.fee, money.asset, locale) })}
        </div>
      ) : null}
    </div>
  );
}
