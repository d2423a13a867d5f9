import { db, type Queryable } from '~/lib/db';
import { isInMode } from '~/lib/rails/in-sql';
import { railNames } from '~/lib/rails/registry';
import { IS_WATCHED, takenUpSince } from '~/lib/standstill/place';
import { lastFound } from '~/lib/standstill/standstill';
import { Prisma } from '~/prisma/generated/client';

/** Whether the books have read from Fintoc all that happened before the standstill was found. */
export type CaughtUp = {
  /** Entities, accounts and account numbers were brought over. */
  synced: boolean;
  /** Transfers were read up to then. */
  polled: boolean;
  /** Accounts whose movements weren't read to the end since, and of these those that Fintoc doesn't list movements of. */
  unproven: number;
  unreadable: number;
  /** All of this. */
  isRead: boolean;
  /** And these are the books that somebody looked at. */
  isReady: boolean;
};

export async function caughtUp(client: Queryable, foundAt: Date): Promise<CaughtUp> {
  const [found] = await client.$queryRaw<(Omit<CaughtUp, 'isRead' | 'isReady'> & { watched: boolean })[]>`
    SELECT ${IS_WATCHED} AS watched, EXISTS (SELECT 1 FROM sync_runs s
             WHERE s.started_at > ${foundAt}::timestamptz AND s.finished_at IS NOT NULL AND s.counts IS NOT NULL) AS synced,
           NOT EXISTS (SELECT FROM unnest(${railNames()}::text[]) r(name) WHERE NOT EXISTS (SELECT 1 FROM poll_runs p
             WHERE p.rail = r.name AND p.until > ${foundAt}::timestamptz AND p.finished_at IS NOT NULL AND p.error IS NULL)) AS polled,
           count(*) FILTER (WHERE NOT is_read)::int AS unproven, count(*) FILTER (WHERE error IS NOT NULL)::int AS unreadable
    FROM (
      -- Under traffic something newer is always on its way, and says nothing of what happened before.
      SELECT s.error, coalesce(s.read_at > ${foundAt}::timestamptz
        AND (s.lagging_count = 0 OR s.lagging_since > ${foundAt}::timestamptz), false) AS is_read
      FROM accounts a LEFT JOIN proof_states s ON s.account_id = a.id WHERE ${isInMode(Prisma.sql`a`)}) proofs`;
  if (!found) throw new Error('One row is always answered.');
  // Others may have been put in their place, and nobody has looked yet.
  const { watched, ...row } = found;
  // What Fintoc lists no movements of will never be proven; two people see it and decide.
  const isRead = row.synced && row.polled && row.unproven <= row.unreadable;
  return { ...row, isRead, isReady: watched && isRead };
}

/** Whether the books stand still, or others may have come up and nobody has looked yet: it takes a worker a second. */
export const MAY_BE_OLDER = Prisma.sql`(EXISTS (SELECT 1 FROM standstills WHERE state = 'open') OR NOT ${IS_WATCHED})`;

export async function mayBeOlder(client: Queryable): Promise<boolean> {
  const [row] = await client.$queryRaw<{ older: boolean }[]>`SELECT ${MAY_BE_OLDER} AS older`;
  return row?.older ?? true;
}

/** What happened before this moment the books may lack until it was read from the rails; the beginning where they lack nothing. */
export async function lackingSince(): Promise<number> {
  const still = await db().standstill.findFirst({ where: { state: 'open' } });
  return Math.max(still ? lastFound(still).getTime() : 0, (await takenUpSince())?.getTime() ?? 0);
}
