import { db } from '~/lib/db';
import { Prisma } from '~/prisma/generated/client';

/** So many weeks are looked through one by one; who hasn't found enough in them looks otherwise. */
const WEEKS = 13;

/** Rows of a table under an alias, sorted by a moment whose week (`search_week`) stands in the index of their words. */
export type Weekly = {
  table: Prisma.Sql;
  alias: Prisma.Sql;
  at: Prisma.Sql;
  direction: 'asc' | 'desc';
};

export type Dated = { id: string; key: Date };

/**
 * The first rows within that say the words, `limit` of them, week by week from where they begin; null where the next weeks
 * have fewer. Of what is too rare to be walked to and too frequent to be sorted, no more is read than these and the week
 * that they end in.
 */
export async function firstSaying(
  { table, alias, at, direction }: Weekly,
  { words, within, limit }: { words: Prisma.Sql; within: Prisma.Sql; limit: number },
): Promise<Dated[] | null> {
  const [order, step] = direction === 'asc' ? [Prisma.sql`ASC`, 1] : [Prisma.sql`DESC`, -1];
  const [first] = await db().$queryRaw<{ week: number }[]>`
    SELECT search_week(${at}) AS week FROM ${table} ${alias}
    WHERE ${within} AND EXISTS (SELECT FROM pg_extension WHERE extname = 'btree_gin')
    ORDER BY ${at} ${order}, ${alias}.id ${order} LIMIT 1`;
  if (!first) return null;
  // A week is read when the one before it had too few, and in no order within, for which an index would be walked.
  const found = await db().$queryRaw<Dated[]>`
    SELECT r.id::text AS id, r.key
    FROM generate_series(${first.week}::int, ${first.week + step * WEEKS}::int, ${step}::int) w(week)
    CROSS JOIN LATERAL (
      SELECT s.id, s.key FROM (
        SELECT ${alias}.id, ${at} AS key FROM ${table} ${alias}
        WHERE ${within} AND ${words} AND search_week(${at}) = w.week OFFSET 0) s
      ORDER BY s.key ${order}, s.id ${order} LIMIT ${limit}) r
    LIMIT ${limit}`;
  return found.length < limit ? null : found;
}

/** A query of the ids of all rows of a time that say the words. */
export function saidBetween(
  { table, alias, at }: Omit<Weekly, 'direction'>,
  words: Prisma.Sql,
  { since, until }: { since: Date; until: Date },
): Prisma.Sql {
  return Prisma.sql`
    SELECT s.id
    FROM generate_series(search_week(${since}::timestamptz), search_week(${until}::timestamptz)) w(week)
    CROSS JOIN LATERAL (
      SELECT ${alias}.id, ${at} AS at FROM ${table} ${alias} WHERE ${words} AND search_week(${at}) = w.week OFFSET 0) s
    WHERE s.at BETWEEN ${since} AND ${until}`;
}
