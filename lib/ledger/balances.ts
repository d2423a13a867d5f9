import { db, type Queryable } from '~/lib/db';

export type Balances = { available: bigint; pending: bigint; reserved: bigint };

export type BalanceOf = (walletId: string, asset: string) => Balances;

/** The three balances of these wallets in each of their assets, in its smallest unit; zero where nothing was ever posted. */
export async function walletBalances(walletIds: string[], client: Queryable = db()): Promise<BalanceOf> {
  const balances = new Map<string, Balances>();
  const rows =
    walletIds.length === 0
      ? []
      : await client.ledgerAccount.findMany({
          where: { ownerId: { in: walletIds }, bucket: { in: ['available', 'pending', 'reserved'] } },
          select: { ownerId: true, asset: true, bucket: true, balance: true },
        });
  for (const { ownerId, asset, bucket, balance } of rows) {
    const key = `${ownerId} ${asset}`;
    const of = balances.get(key) ?? { available: 0n, pending: 0n, reserved: 0n };
    of[bucket as keyof Balances] += balance;
    balances.set(key, of);
  }
  return (walletId, asset) =>
    balances.get(`${walletId} ${asset}`) ?? { available: 0n, pending: 0n, reserved: 0n };
}

/**
 * What a limit of the balance is about: what is set aside comes back to the wallet where nothing comes of it, and would
 * take it over the limit then.
 */
export function heldOf({ available, reserved }: Pick<Balances, 'available' | 'reserved'>): bigint {
  return available + reserved;
}

/** What each of these wallets owes in an asset for deposits that went back after they were spent. */
export async function walletDebts(
  walletIds: string[],
  client: Queryable = db(),
): Promise<(walletId: string, asset: string) => bigint> {
  const rows = await client.ledgerAccount.findMany({
    where: { ownerId: { in: walletIds }, bucket: 'receivable', balance: { gt: 0n } },
    select: { ownerId: true, asset: true, balance: true },
  });
  const debts = new Map(rows.map(({ ownerId, asset, balance }) => [`${ownerId} ${asset}`, balance]));
  return (walletId, asset) => debts.get(`${walletId} ${asset}`) ?? 0n;
}
