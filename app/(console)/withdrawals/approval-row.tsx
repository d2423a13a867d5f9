'use client';

import type { Route } from 'next';
import { useLocale, useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { WalletName } from '~/app/(console)/movements/wallet-name';
import type { ApprovalResult } from '~/app/(console)/withdrawals/actions';
import type { WaitingWithdrawal } from '~/app/(console)/withdrawals/approval-inbox';
import { useApprovalFailure } from '~/app/(console)/withdrawals/use-approval-failure';
import type { Selection } from '~/app/(console)/withdrawals/use-selection';
import { Money } from '~/components/money';
import { Timestamp } from '~/components/timestamp';
import { Badge } from '~/components/ui/badge';
import { Checkbox } from '~/components/ui/checkbox';
import { cn } from '~/components/ui/cn';
import { Link } from '~/components/ui/link';
import { TableCell, TableRow } from '~/components/ui/table';
import { formatAmount } from '~/lib/money';

type ApprovalRowProps = {
  withdrawal: WaitingWithdrawal;
  selection: Selection | null;
  failure: ApprovalResult | undefined;
};

export function ApprovalRow({ withdrawal, selection, failure }: ApprovalRowProps) {
  const t = useTranslations('withdrawals.approve');
  const { id, amount, asset, wallet, own } = withdrawal;
  const chosen = selection?.has(id) ?? false;
  return (
    <TableRow
      className={cn(
        'relative transition-colors hover:bg-muted/60 has-[input:focus-visible]:bg-muted/60',
        'max-sm:grid max-sm:items-start max-sm:gap-y-0.5 max-sm:py-2.5 max-sm:pr-4',
        selection
          ? 'max-sm:grid-cols-[2.75rem_minmax(0,1fr)_auto]'
          : 'max-sm:grid-cols-[1rem_minmax(0,1fr)_auto]',
        chosen && 'bg-primary-soft hover:bg-primary-soft',
      )}
    >
      {selection ? (
        <TableCell className="w-10 p-0 max-sm:row-span-4 max-sm:h-auto">
          <RowBox withdrawal={withdrawal} selection={selection} />
        </TableCell>
      ) : null}
      <TableCell
        className={cn(phone, 'max-sm:order-4 max-sm:col-span-2 max-sm:col-start-2', !selection && 'pl-4')}
      >
        <Link
          href={`/withdrawals/${id}` as Route}
          className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          <Timestamp at={withdrawal.createdAt} />
        </Link>
        {withdrawal.expiresAt ? (
          <div className="text-warning text-xs">
            {t('expires')} <Timestamp at={withdrawal.expiresAt} />
          </div>
        ) : null}
      </TableCell>
      <TableCell
        className={cn(
          phone,
          'max-w-48 max-sm:order-3 max-sm:col-span-2 max-sm:col-start-2 max-sm:max-w-none',
        )}
      >
        <WalletName wallet={wallet} customer={wallet.customer} />
      </TableCell>
      <TableCell className={cn(phone, 'max-w-60 max-sm:order-1 max-sm:col-start-2 max-sm:max-w-none')}>
        <Beneficiary withdrawal={withdrawal} />
        {withdrawal.approvalReason ? (
          <div className="mt-0.5 text-muted-foreground text-xs">{t(`why.${withdrawal.approvalReason}`)}</div>
        ) : null}
        {failure && !failure.ok ? <Failure failure={failure} /> : null}
      </TableCell>
      <TableCell className="max-w-40 max-lg:hidden">
        <span className="block truncate text-muted-foreground" title={withdrawal.comment ?? undefined}>
          {withdrawal.comment}
        </span>
      </TableCell>
      <TableCell className="max-lg:hidden">
        {own ? (
          <Badge>{t('own')}</Badge>
        ) : (
          <span className="whitespace-nowrap">{withdrawal.requestedBy}</span>
        )}
      </TableCell>
      <TableCell className={cn(phone, 'pr-4 text-right font-medium max-sm:order-2 max-sm:pr-0 max-sm:pl-3')}>
        <Money amount={amount} asset={asset} />
        {own ? (
          <div className="lg:hidden">
            <Badge>{t('own')}</Badge>
          </div>
        ) : null}
      </TableCell>
    </TableRow>
  );
}

const phone = 'max-sm:h-auto max-sm:min-w-0 max-sm:p-0';

function RowBox({ withdrawal, selection }: { withdrawal: WaitingWithdrawal; selection: Selection }) {
  const t = useTranslations('withdrawals.approve');
  const locale = useLocale();
  const { id, own, amount, asset, beneficiaryName, beneficiaryNumber } = withdrawal;

  function choose({ shiftKey }: MouseEvent) {
    if (shiftKey) selection.extendTo(id);
    else selection.toggle(id);
  }

  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the Checkbox inside is the control and brings its own name.
    <label className="relative z-10 flex h-10 w-10 cursor-pointer items-center justify-center has-disabled:cursor-not-allowed max-sm:size-11">
      <Checkbox
        data-row=""
        value={id}
        checked={selection.has(id)}
        disabled={own}
        onClick={choose}
        // React wants to know that a controlled box is changed by somebody: the click above does.
        onChange={() => undefined}
        aria-label={t(own ? 'ownRow' : 'select', {
          name: beneficiaryName ?? beneficiaryNumber,
          amount: `${formatAmount(amount, asset, locale)} ${asset}`,
        })}
      />
    </label>
  );
}

function Beneficiary({ withdrawal }: { withdrawal: WaitingWithdrawal }) {
  const t = useTranslations('withdrawals.approve');
  const { beneficiaryName, beneficiaryNumber, beneficiaryBank, firstSeen } = withdrawal;
  return (
    <div className="grid min-w-0 leading-tight">
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="truncate" title={beneficiaryName ?? undefined}>
          {beneficiaryName ?? beneficiaryNumber}
        </span>
        {firstSeen ? <Badge tone="warning">{t('firstTime')}</Badge> : null}
      </span>
      <span className="truncate text-muted-foreground text-xs">
        <span className="font-mono">••{beneficiaryNumber.replace(/\s/g, '').slice(-4)}</span>
        {beneficiaryBank ? ` · ${beneficiaryBank}` : ''}
      </span>
    </div>
  );
}

function Failure({ failure }: { failure: Extract<ApprovalResult, { ok: false }> }) {
  const message = useApprovalFailure();
  return <div className="mt-0.5 text-danger text-xs">{message(failure)}</div>;
}
