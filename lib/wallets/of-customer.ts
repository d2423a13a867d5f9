import { db } from '~/lib/db';
import type { AssetBalances } from '~/lib/wallets/portfolios';
import type { WalletStatus } from '~/prisma/generated/enums';

/** What these customers have in all their wallets together, each in every asset that they hold or held, in its smallest unit. */
export async function balancesOfCustomers(
  customerIds: readonly string[],
): Promise<Map<string, AssetBalances[]>> {
  const rows =
    customerIds.length === 0
      ? []
      : await db().$queryRaw<(AssetBalances & { customerId: string })[]>`
          SELECT w.customer_id::text AS "customerId", h.asset,
                 coalesce(sum(b.balance) FILTER (WHERE b.bucket = 'available'), 0)::bigint AS available,
                 coalesce(sum(b.balance) FILTER (WHERE b.bucket = 'pending'), 0)::bigint AS pending,
                 coalesce(sum(b.balance) FILTER (WHERE b.bucket = 'reserved'), 0)::bigint AS reserved
          FROM wallets w
          JOIN wallet_assets h ON h.wallet_id = w.id AND h.state <> 'cancelled'
          LEFT JOIN ledger_accounts b
            ON b.owner_id = w.id::text AND b.asset = h.asset AND b.bucket IN ('available', 'pending', 'reserved')
          WHERE w.customer_id = ANY (${[...customerIds]}::uuid[])
          GROUP BY 1, 2 ORDER BY min(h.created_at), 2`;
  const balances = new Map<string, AssetBalances[]>();
  for (const { customerId, ...held } of rows)
    balances.set(customerId, [...(balances.get(customerId) ?? []), held]);
  return balances;
}

/** How many wallets a customer has in each state. */
export type Standing = Record<WalletStatus, number>;

const NONE: Standing = { opening: 0, open: 0, frozen: 0, closed: 0 };

/** The same of several customers; who has no wallets is not among them. */
export async function standingOfCustomers(customerIds: readonly string[]): Promise<Map<string, Standing>> {
  const rows = await db().wallet.groupBy({
    by: ['customerId', 'status'],
    where: { customerId: { in: [...customerIds] } },
    _count: true,
  });
  const standings = new Map<string, Standing>();
  for (const { customerId, status, _count } of rows)
    if (customerId) standings.set(customerId, { ...(standings.get(customerId) ?? NONE), [status]: _count });
  return standings;
}
