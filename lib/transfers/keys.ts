import { db } from '~/lib/db';
import { isTrackingKey, type Typed } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

/** So many of the transfers that end alike. */
const MOST = 200;

/** The transfers whose clave de rastreo is, or ends with, what was typed; none for what can be no key. */
export async function transfersOfKey(typed: Typed): Promise<string[]> {
  const key = isTrackingKey(Prisma.sql`f.tracking_key`, typed);
  if (!key) return [];
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT f.id FROM transfers f WHERE ${key} LIMIT ${MOST}`;
  return rows.map(({ id }) => id);
}
