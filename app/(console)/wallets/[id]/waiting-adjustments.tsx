import { useTranslations } from 'next-intl';
import { Money } from '~/components/money/money';
import { Alert } from '~/components/ui/alert';
import { Button } from '~/components/ui/button';
import { Link } from '~/components/ui/link';

type Adjustment = { fromWalletId: string | null; amount: bigint };
type WaitingAdjustmentsProps = {
  wallet: { id: string; asset: string };
  adjustments: readonly Adjustment[];
};

/** What adjustments that nobody decided on yet would take from this wallet, and what they would bring. */
export function WaitingAdjustments({ wallet: { id, asset }, adjustments }: WaitingAdjustmentsProps) {
  const t = useTranslations('wallets.adjustments');
  if (adjustments.length === 0) return null;
  const given = adjustments.filter(({ fromWalletId }) => fromWalletId === id);
  const received = adjustments.filter(({ fromWalletId }) => fromWalletId !== id);
  const line = (way: 'out' | 'in', of: readonly Adjustment[]) =>
    of.length > 0 ? (
      <p>
        {t.rich(way, {
          count: of.length,
          amount: () => <Money amount={sumOf(of)} asset={asset} className="font-semibold" />,
        })}
      </p>
    ) : null;
  return (
    <Alert
      tone="warning"
      className="mb-8"
      action={
        <Button asChild size="sm">
          <Link href={`/adjustments?wallet=${id}`}>{t('see')}</Link>
        </Button>
      }
    >
      {line('out', given)}
      {line('in', received)}
    </Alert>
  );
}

export function sumOf(adjustments: readonly { amount: bigint }[]): bigint {
  return adjustments.reduce((sum, { amount }) => sum + amount, 0n);
}
