import { Money } from '~/components/money/money';

type Amounts = readonly { asset: string; amount: bigint }[];

/** What amounts come to, one sum per asset: pesos of two countries are never added up. */
export function AmountTotals({ of, size = 'sm' }: { of: Amounts; size?: 'sm' | 'lg' }) {
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of of) sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {[...sums].map(([asset, amount]) => (
        <Money key={asset} amount={amount} asset={asset} size={size} className="font-semibold" />
      ))}
    </span>
  );
}
