import { db } from '~/lib/db';

/** A moment of PostgreSQL's clock that everything so far is before, and everything from here on is not. */
export async function moment(): Promise<Date> {
  const first = await now();
  for (;;) {
    const at = await now();
    if (at > first) return at;
  }
}

/** To the millisecond, as moments are in JavaScript. */
async function now(): Promise<Date> {
  const [row] = await db().$queryRaw<
    { at: Date }[]
  >`SELECT date_trunc('milliseconds', clock_timestamp()) AS at`;
  if (!row) throw new Error('A query without FROM answers one row.');
  return row.at;
}
