import { db } from '~/lib/db';
import { Prisma } from '~/prisma/generated/client';

/** Two clocks: when something happened at the bank (`effective`), and when we knew (`posted`). */
export const CLOCKS = ['effective', 'posted'] as const;
export type Clock = (typeof CLOCKS)[number];

/** A look back: everything before this moment by one of the clocks. */
export type Moment = { before: Date; clock: Clock };

/** Of one row of ledger_accounts: its balance now, or at a moment, by a few index steps (ledger_balance_at). */
export function balanceOf(moment: Moment | undefined): Prisma.Sql {
  return moment
    ? Prisma.sql`(ledger_balance_at(id, ${moment.before}::timestamptz, ${moment.clock})).balance`
    : Prisma.sql`balance`;
}

/** What each class of accounts came to at a moment: rows of `class`, `asset` and `amount`, debits positive. */
export function sumsAt({ before, clock }: Moment): Prisma.Sql {
  return Prisma.sql`ledger_sums_at(${before}::timestamptz, ${clock})`;
}

const ENTRIES = 50_000;

/**
 * Adds what was posted to the sums of its days and hours, from which any moment is read (ledger_sums_at); what is in
 * none yet is read entry by entry, so that nothing but speed hangs on it. Answers how many ids it went on by.
 */
export async function foldEntries(): Promise<number> {
  const [row] = await db().$queryRaw<{ folded: bigint }[]>`SELECT ledger_fold(${ENTRIES}::int) AS folded`;
  return Number(row?.folded ?? 0n);
}
