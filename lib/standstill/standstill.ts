import type { Queryable } from '~/lib/db';
import type { Prisma } from '~/prisma/generated/client';

export type StandingStill = { id: string; kind: string };

/**
 * Whether nothing may be paid out or opened at Fintoc at this moment, because the books are older than the world. One
 * read of an index with at most one row: ask it before each request that makes something there.
 */
export async function standstill(client: Queryable): Promise<StandingStill | null> {
  const [open] = await client.$queryRaw<StandingStill[]>`
    SELECT id, kind::text AS kind FROM standstills WHERE state = 'open'`;
  return open ?? null;
}

/** Each time that older books were put in the place of those that stood still already, first to last. */
export function foundAgain(still: { facts: Prisma.JsonValue }): Date[] {
  const { again = [] } = still.facts as { again?: { foundAt: string }[] };
  return again.map(({ foundAt }) => new Date(foundAt));
}

/** What happened before this has to be read before anybody can let them go on. */
export function lastFound(still: { foundAt: Date; facts: Prisma.JsonValue }): Date {
  return foundAgain(still).at(-1) ?? still.foundAt;
}
