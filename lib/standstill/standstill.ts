import type { Queryable } from '~/lib/db';

export type StandingStill = { id: string; kind: string };

/**
 * Whether nothing may be paid out or opened at Fintoc at this moment, because the books are older than the world. One
 * look into an index of at most one row: ask it before each request that makes something there.
 */
export async function standstill(client: Queryable): Promise<StandingStill | null> {
  const [open] = await client.$queryRaw<StandingStill[]>`
    SELECT id, kind::text AS kind FROM standstills WHERE state = 'open'`;
  return open ?? null;
}
