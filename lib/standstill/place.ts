import { db } from '~/lib/db';
import { Prisma } from '~/prisma/generated/client';

/** The setting that names the books, and the timeline and the place in which they were known last. */
export const BOOKS = 'books';
export type Named = {
  id: string;
  timeline: number | null;
  formerly: string[];
  server?: string | null;
  /** While it is not known yet whether a copy that took up the work lacks anything: since when, in which timeline. */
  takenUp?: { timeline: number; at: string };
};

/** These files of this running server: a restore starts it anew, or makes the database or its tables anew. */
export const PLACE = Prisma.sql`concat_ws('/', pg_postmaster_start_time()::text,
  (SELECT oid FROM pg_database WHERE datname = current_database()), pg_relation_filenode('withdrawals'))`;

/**
 * Whether somebody has looked at the books where they are now: others may come up under workers that go on. Books that
 * nobody ever looked at are new.
 */
export const IS_WATCHED = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM settings WHERE key = ${BOOKS} AND value->>'server' <> ${PLACE})`;

/** Since when payouts wait because a copy took up the work; null where none did, or all was read since. */
export async function takenUpSince(): Promise<Date | null> {
  const row = await db().setting.findUnique({ where: { key: BOOKS } });
  const { takenUp } = (row?.value ?? {}) as Partial<Named>;
  return takenUp ? new Date(takenUp.at) : null;
}
