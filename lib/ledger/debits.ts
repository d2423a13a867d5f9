/** What a transaction moves, per asset: the sum of its debits, which is that of its credits. */
export function debitsOf(entries: readonly { asset: string; amount: bigint }[]) {
  const sums = new Map<string, bigint>();
  for (const { asset, amount } of entries) {
    if (amount > 0n) sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  }
  return [...sums].map(([asset, amount]) => ({ asset, amount }));
}
