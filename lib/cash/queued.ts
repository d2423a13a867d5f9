import { db } from '~/lib/db';

/** What is let out and not accepted yet, and what of it its accounts don't cover. Amounts in the asset's smallest unit. */
export type Queued = {
  asset: string;
  amount: bigint;
  count: number;
  /** Summed over the accounts that have too little: what another has doesn't pay for them. */
  shortfall: bigint;
  /** How many those are. */
  accounts: number;
};

/** Whether there is cash for what is queued, by asset. Nothing of assets in which nothing is. */
export function queuedPayouts(): Promise<Queued[]> {
  return db().$queryRaw<Queued[]>`
    SELECT o.asset, sum(o.amount)::bigint AS amount, sum(o.count)::int AS count,
           sum(greatest(o.amount - coalesce(c.balance, 0), 0))::bigint AS shortfall,
           count(*) FILTER (WHERE o.amount > coalesce(c.balance, 0))::int AS accounts
    FROM (
      SELECT d.account_id, d.asset, sum(d.amount) AS amount, count(*) AS count FROM withdrawals d
      WHERE d.status IN ('queued', 'submitting') GROUP BY d.account_id, d.asset) o
    LEFT JOIN ledger_accounts c ON c.owner_id = o.account_id AND c.bucket = 'cash' AND c.asset = o.asset
    GROUP BY o.asset ORDER BY o.asset DESC`;
}

/** Accounts that have had too little for what is let out of them, for so many minutes; the longest first. */
export function shortOfCash(minutes: number, most: number): Promise<{ accountId: string; since: Date }[]> {
  return db().$queryRaw<{ accountId: string; since: Date }[]>`
    SELECT o.account_id AS "accountId", o.since
    FROM (
      SELECT d.account_id, d.asset, sum(d.amount) AS amount, min(d.created_at) AS since FROM withdrawals d
      WHERE d.status IN ('queued', 'submitting') GROUP BY d.account_id, d.asset) o
    LEFT JOIN ledger_accounts c ON c.owner_id = o.account_id AND c.bucket = 'cash' AND c.asset = o.asset
    WHERE o.amount > coalesce(c.balance, 0) AND o.since < now() - make_interval(mins => ${minutes})
    ORDER BY o.since, o.account_id LIMIT ${most}`;
}
