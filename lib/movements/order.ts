import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import type { Page } from '~/lib/pagination';
import { Prisma } from '~/prisma/generated/client';

/** An entry is booked within this time of when it happened, or counts as late; as the indexes of 0004_ledger have it. */
const AROUND_MS = 10_000;

type Place = { effectiveAt: Date; id: bigint; sequence: bigint };

/** In which order a list of movements is, where a page of it begins, and where the next one does. */
export type MovementOrder = {
  /** The account of ours whose numbering it follows; null where it is the bank's time. */
  accountId: bigint | null;
  /** Over `id`, `effective_at` and `sequence` of entries. */
  by: Prisma.Sql;
  /** What an entry `e` behind the cursor meets; null for the list's beginning. */
  after: Prisma.Sql | null;
  page: <Row extends Place>(rows: Row[], size: number) => Page<Row>;
};

/**
 * One wallet's in one asset are in the order in which they were booked, the latest first: read from below, each leaves the
 * balance that the next one starts from, also those of one second and those that came late. Balances of different wallets
 * or assets don't follow from one another: over all of them it is the latest at the bank first.
 */
export async function movementOrder(
  { walletId, asset }: { walletId?: string | undefined; asset?: string[] | undefined },
  cursor: string | undefined,
): Promise<MovementOrder> {
  const accountId = walletId ? await onlyAccount(walletId, asset) : null;
  if (accountId !== null) {
    const { after, page } = keyset({ sequence: 'number' }, 'desc');
    return { accountId, by: Prisma.sql`sequence DESC`, after: after(cursor, [Prisma.sql`e.sequence`]), page };
  }
  const { after, page } = keyset({ effectiveAt: 'time', id: 'number' }, 'desc');
  return {
    accountId: null,
    by: Prisma.sql`effective_at DESC, id DESC`,
    after: after(cursor, [Prisma.sql`e.effective_at`, Prisma.sql`e.id`]),
    page,
  };
}

/** The account in which all of these movements are; null where there are several, or none yet. */
async function onlyAccount(walletId: string, assets: string[] | undefined): Promise<bigint | null> {
  const [only, another] = await db().ledgerAccount.findMany({
    where: { ownerId: walletId, bucket: 'available', ...(assets && { asset: { in: assets } }) },
    select: { id: true },
    take: 2,
  });
  return only && !another ? only.id : null;
}

/** Where the entries of a wallet's account of a time are: between two numbers, and one by one where they were booked far from it. */
export type BookedAround = { near: Prisma.Sql; far: Prisma.Sql };

/**
 * A time by the bank's clock, in the numbering of an account: an entry `e` of it is `near` or `far`, never both. Null for
 * all time.
 */
export async function bookedAround(
  accountId: bigint,
  { from, to }: { from?: Date | undefined; to?: Date | undefined },
): Promise<BookedAround | null> {
  if (!from && !to) return null;
  // A time that ends before it begins is empty, not an error.
  const end = from && to && to < from ? from : to;
  const [since, before] = [from ? shifted(from, -AROUND_MS) : null, end ? shifted(end, AROUND_MS) : null];
  const [bounds] = await db().$queryRaw<{ low: bigint; high: bigint }[]>`
    SELECT coalesce(ledger_sequence_at(${accountId}, ${since}::timestamptz), 0) AS low,
           coalesce(CASE WHEN ${before}::timestamptz IS NOT NULL
             THEN ledger_sequence_at(${accountId}, ${before}::timestamptz) END, ${2n ** 62n}::bigint) AS high`;
  const { low, high } = bounds ?? { low: 0n, high: 0n };
  return {
    near: Prisma.sql`e.sequence > ${low} AND e.sequence <= ${high}`,
    far: Prisma.sql`e.account_id = ${accountId} AND e.sequence IN (
      SELECT l.sequence FROM ledger_late_between(${accountId}, ${from ?? null}::timestamptz, ${end ?? null}::timestamptz) AS l(sequence)
      WHERE l.sequence <= ${low} OR l.sequence > ${high})`,
  };
}

function shifted(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
