import { system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { getSetting } from '~/lib/settings';
import { stop } from '~/lib/stops/stops';
import { Prisma } from '~/prisma/generated/client';

type Due = { accountId: string | null; cause: 'returns' | 'failures' | 'breaks'; count: number };

/**
 * Stops payouts by itself where more than the set number came back or failed within an hour: of an account, or of all of
 * them, where each wallet has an account of its own and none alone stands out; and where so many accounts have open breaks
 * that something is wrong with all. What happened before people last let an account, or everything, go on counts no more.
 * Answers how many it stopped.
 */
export async function watchPayouts(): Promise<number> {
  const limits = await getSetting('payoutStops');
  const [returned, failed] = [Prisma.sql`('returned')`, Prisma.sql`('failed', 'rejected')`];
  const due = [
    ...(await ended('returns', returned, { account: limits.returns, all: limits.allReturns })),
    ...(await ended('failures', failed, { account: limits.failures, all: limits.allFailures })),
    ...(await broken(limits.breaks)),
  ];
  for (const { accountId, cause, count } of due)
    await transaction((tx) =>
      stop(tx, system('stops'), { accountId, cause, reason: `${count}`, facts: { count } }),
    );
  return due.length;
}

type Limits = { account: number | null; all: number | null };

/** Of what ended so within an hour, the accounts that aren't stopped with too much of it, and all of them together. */
async function ended(cause: Due['cause'], states: Prisma.Sql, { account, all }: Limits): Promise<Due[]> {
  if (account === null && all === null) return [];
  return db().$queryRaw<Due[]>`
    WITH ended AS (
      SELECT d.account_id, EXISTS (SELECT FROM payout_stops s
        WHERE s.account_id = d.account_id AND s.resumed_at IS NULL) AS is_stopped
      FROM withdrawals d
      WHERE d.status IN ${states} AND d.updated_at > now() - interval '1 hour'
        AND NOT EXISTS (SELECT FROM payout_stops s
          WHERE s.account_id = d.account_id AND s.resumed_at > d.updated_at
            OR s.account_id IS NULL AND coalesce(s.resumed_at, 'infinity') > d.updated_at))
    SELECT account_id AS "accountId", ${cause}::text AS cause, count(*)::int AS count
    FROM ended WHERE NOT is_stopped GROUP BY account_id HAVING count(*) >= ${account}
    UNION ALL
    SELECT NULL, ${cause}::text, count(*)::int FROM ended HAVING count(*) >= ${all}`;
}

async function broken(limit: number | null): Promise<Due[]> {
  if (limit === null) return [];
  return db().$queryRaw<Due[]>`
    SELECT NULL AS "accountId", 'breaks' AS cause, count(DISTINCT b.account_id)::int AS count
    FROM proof_breaks b
    WHERE b.state = 'open' AND NOT EXISTS (SELECT FROM payout_stops s
      WHERE s.account_id IS NULL AND coalesce(s.resumed_at, 'infinity') > coalesce(b.reopened_at, b.opened_at))
    HAVING count(DISTINCT b.account_id) >= ${limit}`;
}
