'use client';

import { useLocale, useTranslations } from 'next-intl';
import { type MouseEvent, memo } from 'react';
import type { ApprovalResult } from '~/app/(console)/withdrawals/actions';
import { useAgo, useSoon } from '~/app/(console)/withdrawals/approval-clock';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-items';
import { ApprovalMarks, PaidBefore } from '~/app/(console)/withdrawals/approval-marks';
import { useApprovalFailure } from '~/app/(console)/withdrawals/use-approval-failure';
import { useGoneWords } from '~/app/(console)/withdrawals/use-gone-words';
import type { ShownRow } from '~/app/(console)/withdrawals/use-shown-rows';
import { Clabe } from '~/components/clabe';
import { Money } from '~/components/money';
import { Timestamp } from '~/components/timestamp';
import { Badge } from '~/components/ui/badge';
import { Checkbox } from '~/components/ui/checkbox';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { TableCell, TableRow } from '~/components/ui/table';
import { useWalletName } from '~/components/wallet-name-words';
import { formatAmount } from '~/lib/money';

type ApprovalRowProps = {
  row: ShownRow;
  /** Null for who may not approve. */
  choosing: { toggle: (id: string) => void; extendTo: (id: string) => void } | null;
  chosen: boolean;
  /** The one row that Tab goes to: the keys go to the others. */
  current: boolean;
  failure: ApprovalResult | undefined;
};

const phone = 'max-sm:h-auto max-sm:min-w-0 max-sm:p-0 align-top py-2.5';

/** One withdrawal of the inbox with all that a decision is about. */
export const ApprovalRow = memo(function ApprovalRow(props: ApprovalRowProps) {
  const { row, choosing, chosen, current, failure } = props;
  const { item, gone } = row;
  const isGone = gone !== undefined;
  return (
    <TableRow
      className={cn(
        'relative scroll-mt-14 scroll-mb-24 transition-colors hover:bg-muted/60 has-[:focus-visible]:bg-muted/60',
        'max-sm:grid max-sm:items-start max-sm:gap-y-1 max-sm:py-3 max-sm:pr-4',
        choosing
          ? 'max-sm:grid-cols-[2.75rem_minmax(0,1fr)_auto]'
          : 'max-sm:grid-cols-[1rem_minmax(0,1fr)_auto]',
        chosen && 'bg-primary-soft hover:bg-primary-soft has-[:focus-visible]:bg-primary-soft',
      )}
    >
      {choosing ? (
        <TableCell className="w-10 p-0 align-top max-sm:row-span-5 max-sm:h-auto">
          <RowBox row={row} choosing={choosing} chosen={chosen} current={current} />
        </TableCell>
      ) : null}
      <TableCell
        className={cn(phone, 'max-sm:order-4 max-sm:col-span-2 max-sm:col-start-2', !choosing && 'pl-4')}
      >
        <Asked item={item} handle={choosing === null} current={current} />
      </TableCell>
      <TableCell
        className={cn(
          phone,
          'max-w-44 max-sm:order-5 max-sm:col-span-2 max-sm:col-start-2 max-sm:max-w-none',
        )}
      >
        <PaidFrom item={item} current={current} />
      </TableCell>
      <TableCell className={cn(phone, 'max-w-64 max-sm:order-1 max-sm:col-start-2 max-sm:max-w-none')}>
        <Beneficiary item={item} />
      </TableCell>
      <TableCell
        id={`check-${item.id}`}
        className={cn(
          phone,
          'max-w-72 max-sm:order-3 max-sm:col-span-2 max-sm:col-start-2 max-sm:max-w-none',
        )}
      >
        {isGone ? <Gone row={row} /> : <ToCheck item={item} failure={failure} />}
      </TableCell>
      <TableCell className={cn(phone, 'pr-4 text-right font-medium max-sm:order-2 max-sm:pr-0 max-sm:pl-3')}>
        <Sum item={item} gone={isGone} />
      </TableCell>
    </TableRow>
  );
});

type RowBoxProps = Pick<ApprovalRowProps, 'row' | 'chosen' | 'current'> & {
  choosing: NonNullable<ApprovalRowProps['choosing']>;
};

function RowBox({ row: { item, gone }, choosing, chosen, current }: RowBoxProps) {
  const t = useTranslations('approvals');
  const locale = useLocale();
  const goneWords = useGoneWords();
  const { id, own, amount, asset, beneficiaryName, destination } = item;
  const fixed = own || gone !== undefined;
  const words = {
    name: beneficiaryName ?? destination,
    amount: `${formatAmount(amount, asset, locale)} ${asset}`,
  };

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
        aria-label={
          gone === undefined
            ? t(own ? 'ownRow' : 'select', words)
            : t('goneRow', { ...words, what: goneWords(gone) })
        }
        aria-describedby={gone === undefined ? `clabe-${id} check-${id}` : undefined}
        className={cn(fixed && 'opacity-40')}
      />
    </label>
  );
}

/** When, by whom, and the way to all of it. */
function Asked({ item, handle, current }: { item: WaitingWithdrawal; handle: boolean; current: boolean }) {
  const t = useTranslations('approvals');
  const ago = useAgo();
  const soon = useSoon()(item.endsAt);
  const { id, own, createdAt, endsAt, requestedBy } = item;
  return (
    <div className="leading-snug">
      <Link
        href={`/withdrawals/${id}`}
        {...(handle && { 'data-row': id })}
        tabIndex={current ? 0 : -1}
        className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
      >
        <Timestamp at={createdAt} />
      </Link>
      <div className="text-muted-foreground text-xs">
        {own
          ? t('askedByYou', { ago: ago(createdAt) })
          : t('askedBy', { ago: ago(createdAt), name: requestedBy })}
      </div>
      <div className={cn('text-xs', soon ? 'font-medium text-warning' : 'text-muted-foreground')}>
        {t('expires', { when: ago(endsAt) })}
      </div>
    </div>
  );
}

function PaidFrom({ item: { wallet }, current }: { item: WaitingWithdrawal; current: boolean }) {
  const name = useWalletName()(wallet);
  return (
    <div className="grid min-w-0 leading-snug">
      <Link
        href={`/wallets/${wallet.id}`}
        title={name}
        tabIndex={current ? 0 : -1}
        className="relative z-10 truncate rounded-sm hover:text-link hover:underline max-sm:hidden"
      >
        {name}
      </Link>
      {/* On phones the whole row is one target. */}
      <span className="truncate sm:hidden">{name}</span>
      {wallet.customer && wallet.customer !== name ? (
        <span className="truncate text-muted-foreground text-xs" title={wallet.customer}>
          {wallet.customer}
        </span>
      ) : null}
    </div>
  );
}

function Beneficiary({ item }: { item: WaitingWithdrawal }) {
  const { id, beneficiaryName, destination, beneficiaryBank } = item;
  return (
    <div className="grid min-w-0 leading-snug">
      {beneficiaryName ? <span className="break-words font-medium">{beneficiaryName}</span> : null}
      <span id={`clabe-${id}`} className="flex min-w-0 flex-wrap gap-x-2 text-muted-foreground text-xs">
        <Clabe value={destination} copy={false} className="text-foreground" />
        {beneficiaryBank}
      </span>
    </div>
  );
}

function ToCheck({ item, failure }: { item: WaitingWithdrawal; failure: ApprovalResult | undefined }) {
  const t = useTranslations('approvals');
  const { approvalReason, comment, paid } = item;
  return (
    <div className="grid min-w-0 gap-1 leading-snug">
      <span className="flex min-w-0 flex-wrap gap-1 empty:hidden">
        <ApprovalMarks withdrawal={item} />
      </span>
      {paid ? (
        <span className="text-xs">
          <PaidBefore paid={paid} />
        </span>
      ) : null}
      {approvalReason ? (
        <span className="text-muted-foreground text-xs">{t(`why.${approvalReason}`)}</span>
      ) : null}
      {comment ? (
        <span className="truncate text-muted-foreground text-xs" title={comment}>
          {t('concept', { text: comment })}
        </span>
      ) : null}
      {failure && !failure.ok ? <Failure failure={failure} /> : null}
    </div>
  );
}

function Gone({ row: { gone = null } }: { row: ShownRow }) {
  const words = useGoneWords();
  return <span className="font-medium text-muted-foreground text-xs">{words(gone)}</span>;
}

function Failure({ failure }: { failure: Extract<ApprovalResult, { ok: false }> }) {
  const message = useApprovalFailure();
  return <span className="text-danger text-xs">{message(failure)}</span>;
}

function Sum({ item, gone }: { item: WaitingWithdrawal; gone: boolean }) {
  const t = useTranslations('approvals');
  const locale = useLocale();
  const { amount, feeAmount, asset, own } = item;
  return (
    <div className="leading-snug">
      <Money amount={amount} asset={asset} className={cn(gone && 'text-muted-foreground line-through')} />
      {feeAmount > 0n ? (
        <div className="whitespace-nowrap font-normal text-muted-foreground text-xs tabular-nums">
          {t('fee', { amount: formatAmount(feeAmount, asset, locale) })}
        </div>
      ) : null}
      {own && !gone ? <Badge>{t('own')}</Badge> : null}
    </div>
  );
}
