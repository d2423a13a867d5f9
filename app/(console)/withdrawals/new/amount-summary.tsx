'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Card } from '~/components/ui/card';
import { cn } from '~/components/ui/cn';
import { firstOver, type Standing } from '~/lib/ledger/ceilings';
import { formatAmount, isAsset } from '~/lib/money';
import { type FeeRule, feeOf } from '~/lib/terms/fees';
import type { Utilisation } from '~/lib/terms/utilisation';
import type { ApprovalRoom } from '~/lib/withdrawals/approval-rule';
import type { PayingFacts } from '~/lib/withdrawals/paying';

export type PayingWallet = {
  id: string;
  name: string;
  customer: string | null;
  asset: string;
  available: bigint;
  /** Its own, which it can't pay to. */
  number: string | null;
} & PayingFacts;

export type PayingTerms = {
  fee: FeeRule;
  min: bigint | null;
  max: bigint | null;
  /** Of what goes out in a time, with what is used of them. */
  limits: Pick<Utilisation, 'name' | 'ceiling' | 'used' | 'renewsAt'>[];
};

type AmountSummaryProps = {
  wallet: PayingWallet;
  terms: PayingTerms;
  approval: ApprovalRoom;
  /** Null while what is typed is no amount. */
  amount: bigint | null;
  /** Of two on the page, the one that screen readers are told of. */
  live?: boolean;
};

/** What leaves, what it costs and what stays, while the amount is typed; and who has to agree. */
export function AmountSummary({ wallet, terms, approval, amount, live = false }: AmountSummaryProps) {
  const t = useTranslations('withdrawals.new');
  const sent = amount ?? 0n;
  const fee = sent > 0n ? feeOf(terms.fee, sent) : 0n;
  const left = wallet.available - sent - fee;
  const money = (value: bigint) => <Money amount={value} asset={wallet.asset} />;
  return (
    <Card className="p-4">
      <h2 className="mb-2 font-semibold text-base">{t('summary')}</h2>
      <dl className="grid gap-1.5 text-sm">
        <Line label={t('available')}>{money(wallet.available)}</Line>
        <Line label={t('sent')}>{money(-sent)}</Line>
        <Line label={t('fee')}>{money(-fee)}</Line>
        <Line label={t('left')} strong wrong={left < 0n}>
          {money(left)}
        </Line>
      </dl>
      <div role={live ? 'status' : undefined} className="mt-3 grid gap-2 empty:hidden">
        <Notices wallet={wallet} terms={terms} approval={approval} amount={amount} />
      </div>
    </Card>
  );
}

type LineProps = { label: ReactNode; strong?: boolean; wrong?: boolean; children: ReactNode };

function Line({ label, strong = false, wrong = false, children }: LineProps) {
  return (
    <div className={cn('flex justify-between gap-4', strong && 'border-t pt-1.5 font-semibold')}>
      <dt className={strong ? undefined : 'text-muted-foreground'}>{label}</dt>
      <dd className={wrong ? 'text-danger' : undefined}>{children}</dd>
    </div>
  );
}

function Notices({ wallet, terms, approval, amount }: Omit<AmountSummaryProps, 'live'>) {
  const t = useTranslations('withdrawals.new');
  const { from, firstFrom } = approval;
  if (amount === null || amount === 0n) {
    if (from === null) return null;
    if (from === 0n) return <Alert tone="neutral">{t('approvalAny')}</Alert>;
    return (
      <Alert tone="neutral">
        {t('approvalFrom')} <Money amount={from} asset={wallet.asset} />
      </Alert>
    );
  }
  if (amount + feeOf(terms.fee, amount) > wallet.available)
    return <Alert tone="danger">{t('tooMuch')}</Alert>;
  if (terms.max !== null && amount > terms.max) {
    return (
      <Alert tone="danger">
        {t('overMax')} <Money amount={terms.max} asset={wallet.asset} />
      </Alert>
    );
  }
  if (terms.min !== null && amount < terms.min) {
    return (
      <Alert tone="danger">
        {t('underMin')} <Money amount={terms.min} asset={wallet.asset} />
      </Alert>
    );
  }
  const over = firstOver(terms.limits, amount);
  if (over) return <OverLimit over={over} asset={wallet.asset} />;
  if (from !== null && amount >= from) return <Alert tone="warning">{t('needsApproval')}</Alert>;
  if (firstFrom !== null && amount >= firstFrom) return <Alert tone="warning">{t('firstPayment')}</Alert>;
  return <Alert tone="info">{t('goesOut')}</Alert>;
}

function OverLimit({ over: { name, ceiling, used }, asset }: { over: Standing; asset: string }) {
  const t = useTranslations('withdrawals.new');
  const which = useTranslations('terms.limits.outbound');
  const locale = useLocale();
  const says = (value: bigint) =>
    name.endsWith('Count') || !isAsset(asset) ? value.toString() : formatAmount(value, asset, locale);
  const left = used < ceiling ? ceiling - used : 0n;
  return (
    <Alert tone="danger">
      {t('overLimit', { which: which(name), limit: says(ceiling), left: says(left) })}
    </Alert>
  );
}
