import { db, statement } from '~/lib/db';
import { notFound } from '~/lib/errors';
import type { Balances } from '~/lib/ledger/balances';

export type HeldBalances = { asset: string; balances: Balances };

const READ = `
  SELECT h.asset, coalesce(sum(l.balance) FILTER (WHERE l.bucket = 'available'), 0)::text AS available,
    coalesce(sum(l.balance) FILTER (WHERE l.bucket = 'pending'), 0)::text AS pending,
    coalesce(sum(l.balance) FILTER (WHERE l.bucket = 'reserved'), 0)::text AS reserved
  FROM wallets w LEFT JOIN wallet_assets h ON h.wallet_id = w.id AND h.state <> 'cancelled'
    LEFT JOIN ledger_accounts l ON l.owner_id = $2 AND l.asset = h.asset
  WHERE w.id = $1::uuid GROUP BY h.asset, h.created_at ORDER BY h.created_at, h.asset`;

type Row = { asset: string | null } & Record<keyof Balances, string>;

/**
 * A wallet's three balances in each asset that it holds, its first asset first, in the smallest unit. What is asked for
 * most often is one statement of the driver, where the whole wallet is a dozen of Prisma's. Throws `not_found`.
 */
export async function getHeldBalances(walletId: string): Promise<HeldBalances[]> {
  const rows = await statement<Row>(db(), READ, [walletId, walletId]);
  if (rows.length === 0) throw notFound('wallet', walletId);
  return rows.flatMap(({ asset, available, pending, reserved }) =>
    asset === null
      ? []
      : [
          {
            asset,
            balances: { available: BigInt(available), pending: BigInt(pending), reserved: BigInt(reserved) },
          },
        ],
  );
}
