'use client';

import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';

export type FormSide = {
  id: string;
  name: string;
  whose: string;
  balance: bigint;
  /** Giving makes its balance larger. */
  mirrored: boolean;
  /** May go below zero. */
  bottomless: boolean;
  /** What it gives to a wallet it has to have. */
  needsFunds: boolean;
};

type AdjustmentSummaryProps = {
  from: FormSide;
  to: FormSide;
  asset: string;
  against: 'wallet' | 'account';
  apart: boolean;
  /** Null while what is typed is no amount. */
  amount: bigint | null;
  /** Of two on the page, the one that screen readers are told of. */
  live?: boolean;
};

/** Each side before and after, while the amount is typed; and what happens until somebody decides. */
export function AdjustmentSummary({ live = false, ...of }: AdjustmentSummaryProps) {
  const t = useTranslations('adjustments.new');
  const { from, to, asset } = of;
  const amount = of.amount ?? 0n;
  return (
    <Card className="p-4">
      <h2 className="mb-2 font-semibold text-base">{t('summary')}</h2>
      <dl className="grid gap-3 text-sm">
        <Balance side={from} change={-amount} asset={asset} />
        <Balance side={to} change={amount} asset={asset} />
      </dl>
      <div role={live ? 'status' : undefined} className="mt-3 grid gap-2">
        <Notices {...of} amount={amount} />
      </div>
    </Card>
  );
}

type BalanceProps = { side: FormSide; change: bigint; asset: string };

function Balance({ side, change, asset }: BalanceProps) {
  const after = afterwards(side, change);
  return (
    <div className="grid gap-0.5">
      <dt className="truncate text-muted-foreground" title={side.name}>
        {side.name}
      </dt>
      <dd className="flex flex-wrap items-baseline justify-between gap-x-3">
        <Money amount={side.balance} asset={asset} className="text-muted-foreground" />
        <span className="flex items-baseline gap-1.5">
          <span aria-hidden className="text-muted-foreground">
            →
          </span>
          <Money
            amount={after}
            asset={asset}
            className={cn('font-semibold', after < 0n && !side.bottomless && 'text-danger')}
          />
        </span>
      </dd>
    </div>
  );
}

function Notices({ from, to, against, apart, amount }: AdjustmentSummaryProps & { amount: bigint }) {
  const t = useTranslations('adjustments.new');
  if (amount > from.balance && !from.bottomless) return <Alert tone="danger">{t('tooMuch')}</Alert>;
  const lacking = from.mirrored || afterwards(from, -amount) < 0n;
  if (from.needsFunds && against === 'wallet' && amount > 0n && lacking)
    return <Alert tone="danger">{t('houseNotCovered')}</Alert>;
  const below = from.bottomless && !from.mirrored && amount > 0n && afterwards(from, -amount) < 0n;
  return (
    <>
      {below ? <Alert tone="warning">{t('houseBelow')}</Alert> : null}
      {apart ? <Alert tone="warning">{t('otherAccount', { wallet: to.name })}</Alert> : null}
      {against === 'account' ? <Alert tone="warning">{t('correctsCash')}</Alert> : null}
      <Alert tone="neutral">{t(from.bottomless ? 'notHeld' : 'held')}</Alert>
    </>
  );
}

function afterwards({ balance, mirrored }: FormSide, change: bigint): bigint {
  return mirrored ? balance - change : balance + change;
}
