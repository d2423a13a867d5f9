import { db } from '~/lib/db';
import { Prisma } from '~/prisma/generated/client';

/** How long an account may be known before the first proof of it. */
const NEW_ACCOUNT = Prisma.sql`interval '30 minutes'`;

/** Money counts only in an account that is ours, in its asset, and that was proven. */
const IS_OURS = Prisma.sql`EXISTS (
  SELECT 1 FROM accounts o LEFT JOIN proof_states s ON s.account_id = o.id
  WHERE o.id = g.owner_id AND o.asset = g.asset AND (s.proven_at IS NOT NULL OR o.created_at > now() - ${NEW_ACCOUNT}))`;

/**
 * Of an asset that no rail has and no network (USD today) nothing stands anywhere but in these books: two people said that
 * the platform has it, and no statement could cover it or fail to.
 */
const IS_SOMEWHERE = Prisma.sql`EXISTS (SELECT 1 FROM assets k WHERE k.code = g.asset AND k.network <> 'none')`;

/**
 * What is owed to customers and to whoever the money in suspense belongs to, what stands for it at Fintoc or on its
 * way out, or in, and what Fintoc swept from there to the platform's own bank. Settlement counts as far as it was swept:
 * moved into by an adjustment, it covers nobody. What customers owe (receivables) covers nobody else's money.
 */
export const COVER = Prisma.sql`(
  SELECT l.asset, owed, held, greatest(0, least(settlement, swept)) AS swept, receivable
  FROM (
    SELECT asset,
      coalesce(sum(balance) FILTER (WHERE non_negative OR code = 'suspense/unmatched'), 0) AS owed,
      coalesce(sum(balance) FILTER (WHERE bucket IN ('cash', 'in_transit', 'incoming') AND ${IS_OURS}), 0) AS held,
      coalesce(sum(balance) FILTER (WHERE code = 'house/settlement'), 0) AS settlement,
      coalesce(sum(balance) FILTER (WHERE bucket = 'receivable'), 0) AS receivable
    FROM ledger_accounts g WHERE ${IS_SOMEWHERE} GROUP BY asset) l
  LEFT JOIN LATERAL (
    SELECT coalesce(sum(e.amount), 0) AS swept
    FROM ledger_accounts a
    JOIN ledger_entries e ON e.account_id = a.id
    JOIN ledger_transactions t ON t.id = e.transaction_id
    JOIN transfers f ON f.id = t.transfer_id AND f.purpose = 'settlement'
    WHERE a.code = 'house/settlement' AND a.asset = l.asset) s ON true)`;

/** Per asset, what stands for customers' money at the platform's own bank. */
export async function sweptOut(): Promise<Map<string, bigint>> {
  const rows = await db().$queryRaw<{ asset: string; swept: bigint }[]>`
    SELECT asset, swept::bigint AS swept FROM ${COVER} t`;
  return new Map(rows.map(({ asset, swept }) => [asset, swept]));
}
