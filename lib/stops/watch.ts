import { system } from '~/lib/actor';
import { db, transaction } from '~/lib/db';
import { getSetting } from '~/lib/settings';
import { stop } from '~/lib/stops/stops';
import { Prisma } from '~/prisma/generated/client';

type Due = { accountId: string | null; cause: 'returns' | 'failures' | 'breaks'; count: number };

/**
 * Stops payouts by itself where more than the set number came back or failed within an hour, per account, or where so
 * many accounts have open breaks that something is wrong with all. What happened before people last let an account go on
 * counts no more. Answers how many it stopped.
 */
export async function watchPayouts(): Promise<number> {
  const limits = await getSetting('payoutStops');
  const due = [
    ...(await ended('returns', Prisma.sql`('returned')`, limits.returns)),
    ...(await ended('failures', Prisma.sql`('failed', 'rejected')`, limits.failures)),
    ...(await broken(limits.breaks)),
  ];
  for (const { accountId, cause, count } of due)
    await transaction((tx) =>
      stop(tx, system('stops'), { accountId, cause, reason: `${count}`, facts: { count } }),
    );
  return due.length;
}

/** Accounts that aren't stopped, of which too many payouts ended so within an hour and since they last went on. */
async function ended(cause: Due['cause'], states: Prisma.Sql, limit: number | null): Promise<Due[]> {
  if (limit === null) return [];
  return db().$queryRaw<Due[]>`
    SELECT d.account_id AS "accountId", ${cause}::text AS cause, count(*)::int AS count
    FROM withdrawals d
    WHERE d.status IN ${states} AND d.updated_at > now() - interval '1 hour'
      AND NOT EXISTS (SELECT FROM payout_stops s
        WHERE (s.account_id = d.account_id OR s.account_id IS NULL) AND coalesce(s.resumed_at, 'infinity') > d.updated_at)
    GROUP BY d.account_id HAVING count(*) >= ${limit}`;
}

async function broken(limit: number | null): Promise<Due[]> {
  if (limit === null) return [];
  return db().$queryRaw<Due[]>`
    SELECT NULL AS "accountId", 'breaks' AS cause, count(DISTINCT b.account_id)::int AS count
    FROM proof_breaks b
    WHERE b.state = 'open' AND NOT EXISTS (SELECT FROM payout_stops s
      WHERE s.account_id IS NULL AND coalesce(s.resumed_at, 'infinity') > b.opened_at)
    HAVING count(DISTINCT b.account_id) >= ${limit}`;
}
