import { useFormatter, useTranslations } from 'next-intl';
import { type Detail, DetailList } from '~/components/layout/detail-list';
import { SideFact, sidesOf } from '~/components/money/adjustment-side';
import { Money } from '~/components/money/money';
import { Identifier } from '~/components/record/identifier';
import { Timestamp } from '~/components/record/timestamp';
import { Link } from '~/components/ui/link';
import type { AdjustmentRecord } from '~/lib/adjustments/read';

/** Everything known of one adjustment: from where to where, how much, why, and who. */
export function Facts({ adjustment }: { adjustment: AdjustmentRecord }) {
  const t = useTranslations('adjustments.facts');
  const { from, to } = sidesOf(adjustment);
  const { amount, asset, reason, account, breakId, id } = adjustment;
  const facts: (Detail | null)[] = [
    { label: t('from'), value: <SideFact side={from} /> },
    { label: t('to'), value: <SideFact side={to} /> },
    { label: t('amount'), value: <Money amount={amount} asset={asset} /> },
    { label: t('reason'), value: <span className="whitespace-pre-line">{reason}</span> },
    {
      label: t('requestedBy'),
      value: <WhoWhen who={adjustment.requestedBy} at={adjustment.createdAt} />,
    },
    adjustment.decidedBy
      ? { label: t('decidedBy'), value: <WhoWhen who={adjustment.decidedBy} at={adjustment.decidedAt} /> }
      : null,
    account ? { label: t('account'), value: <Identifier value={account.id} /> } : null,
    breakId ? { label: t('break'), value: <BreakLink id={breakId} /> } : null,
    { label: t('id'), value: <Identifier value={id} /> },
  ];
  return <DetailList items={facts.filter((fact) => fact !== null)} />;
}

/** All that a decision is about, so that nobody decides on the wrong one. */
export function SignedFacts({ adjustment, now }: { adjustment: AdjustmentRecord; now: Date }) {
  const t = useTranslations('adjustments.facts');
  const formatter = useFormatter();
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

function BreakLink({ id }: { id: string }) {
  return (
    <Link
      href={`/proof/breaks/${encodeURIComponent(id)}`}
      className="break-all rounded-sm font-mono text-[0.96em] text-link tracking-tight hover:underline max-sm:py-2"
    >
      {id}
    </Link>
  );
}
