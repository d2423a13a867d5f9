import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Detail } from '~/components/layout/detail-list';
import { Money } from '~/components/money/money';
import type { ActEffect, EffectOf } from '~/lib/deciding/act-effects';
import type { AdjustmentEffect, Alike, DepositEffect } from '~/lib/deciding/effects';

export function Marked({ danger = false, children }: { danger?: boolean; children: ReactNode }) {
  return <span className={danger ? 'font-medium text-danger' : 'font-medium text-warning'}>{children}</span>;
}

/** A balance now, and once it is decided. */
export function ChangeOf({ before, after, asset }: { before: bigint; after: bigint; asset: string }) {
  if (before === after) return <Money amount={before} asset={asset} />;
  return (
    <>
      <Money amount={before} asset={asset} /> → <Money amount={after} asset={asset} />
    </>
  );
}

/** What the proof of an account says. */
export function ProofOf({ provenAt, breaks, now }: { provenAt: Date | null; breaks: number; now: Date }) {
  const t = useTranslations('approvals.facts');
  const formatter = useFormatter();
  if (breaks > 0) return <Marked danger>{t('proofBroken', { count: breaks })}</Marked>;
  if (!provenAt) return <Marked>{t('proofNever')}</Marked>;
  return t('proofGreen', { ago: formatter.relativeTime(provenAt, now) });
}

function AlikeFact({ alike: { count, amount }, asset }: { alike: Alike; asset: string }) {
  const t = useTranslations('approvals.facts');
  return (
    <>
      {t('alikeMoves', { count })} <Money amount={amount} asset={asset} />
    </>
  );
}

/** What an adjustment, a decision on a deposit or an act does, line by line. */
export function useEffectFacts(now: Date): {
  adjustment: (effect: AdjustmentEffect, asset: string) => Detail[];
  deposit: (effect: DepositEffect, asset: string) => Detail[];
  act: (effect: ActEffect) => Detail[];
} {
  const t = useTranslations('approvals.facts');
  const formatter = useFormatter();
  const change = (
    label: 'fromAvailable' | 'toAvailable' | EffectOf,
    of: { before: bigint; after: bigint } | null,
    asset: string,
  ): Detail[] => (of ? [{ label: t(label), value: <ChangeOf {...of} asset={asset} /> }] : []);
  const proof = (of: { provenAt: Date | null; breaks: number }): Detail => ({
    label: t('proof'),
    value: <ProofOf provenAt={of.provenAt} breaks={of.breaks} now={now} />,
  });
  const alike = (of: Alike, asset: string): Detail[] =>
    of.count > 0 ? [{ label: t('alike'), value: <AlikeFact alike={of} asset={asset} /> }] : [];
  return {
    adjustment: ({ from, reserved, to, cash, alike: same }, asset) => [
      ...change('fromAvailable', from, asset),
      ...change('walletReserved', reserved, asset),
      ...change('toAvailable', to, asset),
      ...change('accountBalance', cash, asset),
      ...(cash ? [proof(cash)] : []),
      ...alike(same, asset),
    ],
    deposit: ({ available, reserved, cash, sender, alike: same }, asset) => [
      ...change('walletAvailable', available, asset),
      ...change('walletReserved', reserved, asset),
      ...change('accountBalance', cash, asset),
      proof(cash),
      {
        label: t('senderKnown'),
        value: sender.since ? (
          t('senderTimes', {
            ...{ ago: formatter.relativeTime(sender.since, now), times: sender.times },
            ...{ customers: sender.customers, names: sender.names.join(', ') },
            more: sender.customers - sender.names.length,
          })
        ) : (
          <Marked>{t('senderNever')}</Marked>
        ),
      },
      ...alike(same, asset),
    ],
    act: ({ lines, proof: of }) => [
      ...lines.flatMap(({ of: label, asset, ...balance }) => change(label, balance, asset)),
      ...(of ? [proof(of)] : []),
    ],
  };
}
