import { db } from '~/lib/db';

/**
 * What letting a withdrawal out does, in the asset's smallest unit: the wallet's balances now, with the request set aside
 * already, and the account that pays, with what its proof says. The account is null where no cash was ever booked.
 */
export type PayoutEffect = {
  available: bigint;
  reserved: bigint;
  /** Of the account that pays. */
  cash: bigint;
  inTransit: bigint;
  /** When its movements were last found equal; null: never. */
  provenAt: Date | null;
  /** Breaks that stand, so that nothing leaves the account until they are settled. */
  breaks: number;
};

/** Of these withdrawals, by id, in one statement. */
export async function payoutEffects(ids: readonly string[]): Promise<Map<string, PayoutEffect>> {
  if (ids.length === 0) return new Map();
  const rows = await db().$queryRaw<(PayoutEffect & { id: string })[]>`
    SELECT w.id::text AS id, coalesce(b.available, 0)::bigint AS available, coalesce(b.reserved, 0)::bigint AS reserved,
      coalesce(c.cash, 0)::bigint AS cash, coalesce(c.transit, 0)::bigint AS "inTransit", p.proven_at AS "provenAt",
      (SELECT count(*)::int FROM proof_breaks k WHERE k.account_id = w.account_id AND k.state = 'open') AS breaks
    FROM withdrawals w
    LEFT JOIN LATERAL (
      SELECT sum(a.balance) FILTER (WHERE a.bucket = 'available') AS available, sum(a.balance) FILTER (WHERE a.bucket = 'reserved') AS reserved
      FROM ledger_accounts a WHERE a.owner_id = w.wallet_id::text AND a.asset = w.asset) b ON true
    LEFT JOIN LATERAL (
      SELECT sum(a.balance) FILTER (WHERE a.bucket = 'cash') AS cash, sum(a.balance) FILTER (WHERE a.bucket = 'in_transit') AS transit
      FROM ledger_accounts a WHERE a.owner_id = w.account_id AND a.asset = w.asset) c ON true
    LEFT JOIN proof_states p ON p.account_id = w.account_id
    WHERE w.id = ANY (${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, ...effect }) => [id, effect]));
}
