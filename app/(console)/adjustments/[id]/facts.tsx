import type { Route } from 'next';
import { useFormatter, useTranslations } from 'next-intl';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { SideFact, sidesOf } from '~/components/money/adjustment-side';
import { useEffectFacts } from '~/components/money/effect-facts';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import { to } from '~/components/ui/to';
import type { AdjustmentRecord } from '~/lib/adjustments/read';
import type { AdjustmentEffect } from '~/lib/deciding/effects';

/** Everything known of one adjustment: from where to where, how much, why, and who. */
export function Facts({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.facts');
  const sides = sidesOf(adjustment);
  const { amount, asset, reason, account, breakId, holdId, reversalOfId, reversals, decided, id } =
    adjustment;
  const facts: (Detail | null)[] = [
    { label: t('from'), value: <SideFact side={sides.from} /> },
    { label: t('to'), value: <SideFact side={sides.to} /> },
    { label: t('amount'), value: <Money amount={amount} asset={asset} /> },
    { label: t('reason'), value: <span className="whitespace-pre-line">{reason}</span> },
    {
      label: t('requestedBy'),
      value: <WhoWhen who={adjustment.requestedBy} at={adjustment.createdAt} />,
    },
    decided && { label: t('decidedBy'), value: <WhoWhen who={decided.operatorName} at={decided.at} /> },
    account ? { label: t('account'), value: <Identifier value={account.id} /> } : null,
    breakId
      ? {
          label: t('break'),
          value: <IdLink href={to(`/proof/breaks/${encodeURIComponent(breakId)}`)} id={breakId} />,
        }
      : null,
    ...exchangeFacts(adjustment, t),
    holdId ? { label: t('hold'), value: <IdLink href={to(`/holds/${holdId}`)} id={holdId} /> } : null,
    reversalOfId
      ? {
          label: t('reverses'),
          value: <IdLink href={to(`/adjustments/${reversalOfId}`)} id={reversalOfId} />,
        }
      : null,
    ...reversals.map((each) => ({
      label: t(each.status === 'posted' ? 'reversedBy' : 'reversalAsked'),
      value: <IdLink href={to(`/adjustments/${each.id}`)} id={each.id} />,
    })),
    { label: t('id'), value: <Identifier value={id} /> },
  ];
  return <DetailList items={facts.filter((fact) => fact !== null)} />;
}

type SignedFactsProps = { adjustment: AdjustmentRecord; now: Date; effect?: AdjustmentEffect | null };

/** All that a decision is about, and what it does, so that nobody decides on the wrong one. */
export function SignedFacts({ adjustment, now, effect = null }: SignedFactsProps) {
  const t = useTranslations('adjustments.facts');
  const formatter = useFormatter();
  const effects = useEffectFacts(now);
  const { from, to } = sidesOf(adjustment);
  const { amount, asset, reason, requestedBy, createdAt } = adjustment;
  return (
    <DetailList
      items={[
        { label: t('amount'), value: <Money amount={amount} asset={asset} size="lg" /> },
        { label: t('from'), value: <SideFact side={from} /> },
        { label: t('to'), value: <SideFact side={to} /> },
        { label: t('reason'), value: <span className="whitespace-pre-line">{reason}</span> },
        {
          label: t('requestedBy'),
          value: (
            <>
              {requestedBy} · <Timestamp at={createdAt} /> ({formatter.relativeTime(createdAt, now)})
            </>
          ),
        },
        ...(effect ? effects.adjustment(effect, asset) : []),
      ]}
    />
  );
}

function WhoWhen({ who, at }: { who: string; at: Date | null }) {
  return (
    <>
      {who}
      {at ? (
        <>
          {' · '}
          <Timestamp at={at} className="text-muted-foreground" />
        </>
      ) : null}
    </>
  );
}

type Words = ReturnType<typeof useTranslations<'adjustments.facts'>>;

/** The rate that was stated, and the leg in the other asset, which goes with this one. */
function exchangeFacts({ id, exchange }: AdjustmentRecord, t: Words): Detail[] {
  if (!exchange) return [];
  const { fromAsset, toAsset, fromAmount, toAmount, rate, legs } = exchange;
  return [
    {
      label: t('exchange'),
      value: t.rich('exchanged', {
        from: () => <Money amount={fromAmount} asset={fromAsset} />,
        to: () => <Money amount={toAmount} asset={toAsset} />,
      }),
    },
    { label: t('rate'), value: t('rateOf', { fromAsset, toAsset, rate }) },
    ...legs
      .filter((leg) => leg.id !== id)
      .map((leg) => ({
        label: t('otherLeg', { asset: leg.asset }),
        value: <IdLink href={to(`/adjustments/${leg.id}`)} id={leg.id} />,
      })),
  ];
}

function IdLink({ href, id }: { href: Route; id: string }) {
  return (
    <Link
      href={href}
      className="break-all rounded-sm font-mono text-[0.96em] text-link tracking-tight hover:underline max-sm:py-2"
    >
      {id}
    </Link>
  );
}
