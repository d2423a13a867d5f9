import { db } from '~/lib/db';
import type { MovementOrder } from '~/lib/movements/order';
import { type Causes, causesAbout, fewWalletsNamed, movementsOf } from '~/lib/movements/words';
import type { Search } from '~/lib/search/page';
import { anyOf, type Typed } from '~/lib/search/typed';
import { firstSaying, saidBetween } from '~/lib/search/weeks';
import { transferSearch } from '~/lib/transfers/matching';
import { withdrawalSearch } from '~/lib/withdrawals/matching';
import { Prisma } from '~/prisma/generated/client';

/** A page; what is summed is read whole anyway. */
const MOST_ROWS = 1_000;
/** A movement within this time of its payment is found by the payment's week. */
const NEAR_MS = 4 * 86_400_000;
/** Of the payments that changed so long after they were made; a day less, for clocks that go apart. As 0096 has it. */
const LATER = Prisma.sql`interval '3 days'`;
/** So many of them are looked at; there are more where somebody changed rows by the thousand. */
const MOST_LATER = 5_000;
const DAY_MS = 86_400_000;
/** As `ledger_entries_out_of_order` has it. */
const OUT_OF_ORDER = Prisma.sql`(e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')`;
const AROUND_MS = 10_000;

type Asked = { span: Prisma.Sql; within: Prisma.Sql; order: MovementOrder; limit: number };
/** From when to when movements are looked for. */
type Time = { since: Date; until: Date };

/**
 * The page of movements about what was typed, of words that are too rare to be walked to and too frequent to be sorted: all
 * that happened since the deposits that say them fill a page. Null where that is not known, or is less than a page.
 *
 * A movement stands in that time by its own moment, and is found by its payment's. Most are within days of each other, so
 * the weeks around are read. A withdrawal that waited for a person, a deposit that went back after a month or was given to
 * its wallet late: whoever books about a payment then changes its row as well, or that of the withdrawal it was made for,
 * and of those that changed long after they were made there are few.
 */
export async function sinceSaid(
  typed: Typed | null,
  wholeOnly: boolean,
  asked: Asked,
): Promise<bigint[] | null> {
  if (!typed || asked.order.accountId !== null || asked.limit > MOST_ROWS) return null;
  const deposits = transferSearch(typed, wholeOnly);
  const [time, named] = await Promise.all([timeOfPage(deposits, asked), fewWalletsNamed(typed)]);
  if (!time || !named || (await haveManyChanged(time))) return null;
  const { transactions, movements } = causesAbout(typed, wholeOnly);
  const causes = {
    ...paymentsOf(deposits, withdrawalSearch(typed, wholeOnly), time),
    ...{ wallets: null, transactions },
    movements: Prisma.join([...(movements ? [movements] : []), ofWallets(named, time)], ' UNION ALL '),
  };
  const span = Prisma.sql`${asked.span} AND e.effective_at >= ${time.since}`;
  const found = await movementsOf(causes, { ...asked, span });
  return found?.length === asked.limit ? found : null;
}

/** As far back as a page of deposits that say it goes, from the first movement of all. */
async function timeOfPage({ said }: Search, { span, order, limit }: Asked): Promise<Time | null> {
  const [first] = await db().$queryRaw<{ at: Date }[]>`
    SELECT e.effective_at AS at FROM ledger_entries e WHERE ${span} ORDER BY ${order.by} LIMIT 1`;
  if (!first || !said) return null;
  const within = Prisma.sql`f.direction = 'inbound' AND f.transacted_at <= ${first.at}`;
  const last = (
    await firstSaying({ ...TRANSFERS, direction: 'desc' }, { words: said.words, within, limit })
  )?.at(-1);
  return last ? { since: last.key, until: first.at } : null;
}

const TRANSFERS = {
  table: Prisma.sql`transfers`,
  alias: Prisma.sql`f`,
  at: Prisma.sql`f.transacted_at`,
};
const WITHDRAWALS = {
  table: Prisma.sql`withdrawals`,
  alias: Prisma.sql`d`,
  at: Prisma.sql`d.created_at`,
};

const around = ({ since, until }: Time): Time => ({
  since: new Date(since.getTime() - NEAR_MS),
  until: new Date(until.getTime() + NEAR_MS),
});

/** Payments that changed since then, long after they were made. */
const changedTransfers = ({ since }: Time) => Prisma.sql`
  SELECT * FROM transfers f
  WHERE f.updated_at - f.transacted_at > ${LATER} AND f.updated_at >= ${new Date(since.getTime() - DAY_MS)}`;
const changedWithdrawals = ({ since }: Time) => Prisma.sql`
  SELECT * FROM withdrawals d
  WHERE d.updated_at - d.created_at > ${LATER} AND d.updated_at >= ${new Date(since.getTime() - DAY_MS)}`;

async function haveManyChanged(time: Time): Promise<boolean> {
  const [row] = await db().$queryRaw<{ changed: bigint }[]>`
    SELECT greatest(
      (SELECT count(*) FROM (${changedTransfers(time)} LIMIT ${MOST_LATER + 1}) f),
      (SELECT count(*) FROM (${changedWithdrawals(time)} LIMIT ${MOST_LATER + 1}) d)) AS changed`;
  return (row?.changed ?? 0n) > MOST_LATER;
}

/** Transfers and withdrawals of the weeks around, and of those that changed later what they or what they paid for say. */
function paymentsOf(
  transfers: Search,
  withdrawals: Search,
  time: Time,
): Pick<Causes, 'transfers' | 'withdrawals'> {
  const [of, by] = [saysOf(transfers), saysOf(withdrawals)];
  return {
    transfers: Prisma.sql`
      (${saidBetween(TRANSFERS, of.words, around(time))})
      UNION (SELECT f.id FROM transfers f WHERE ${of.own})
      UNION (
        SELECT f.id FROM (${changedTransfers(time)} OFFSET 0) f
        LEFT JOIN withdrawals d ON d.transfer_id = f.id
        WHERE ${anyOf([of.words, of.own, by.words, by.own])})`,
    withdrawals: Prisma.sql`
      (${saidBetween(WITHDRAWALS, by.words, around(time))})
      UNION (SELECT d.id FROM withdrawals d WHERE ${by.own})
      UNION (
        SELECT d.id FROM (${changedWithdrawals(time)} OFFSET 0) d
        LEFT JOIN transfers f ON f.id = d.transfer_id
        WHERE ${anyOf([of.words, of.own, by.words, by.own])})`,
  };
}

const saysOf = ({ said, own }: Search) => ({ words: said?.words ?? Prisma.sql`false`, own });

/** All that these wallets have of that time: what was booked when it happened by their accounts' numbers, and else by itself. */
function ofWallets(wallets: string[], { since }: Time): Prisma.Sql {
  const booked = new Date(since.getTime() - AROUND_MS);
  return Prisma.sql`
    (SELECT e.id FROM ledger_accounts a
     JOIN ledger_entries l ON l.account_id = a.id AND l.sequence = a.sequence AND l.posted_at >= ${booked}
     CROSS JOIN LATERAL (
       SELECT e.id FROM ledger_entries e
       WHERE e.account_id = a.id AND e.sequence > ledger_sequence_at(a.id, ${booked}::timestamptz)
         AND e.wallet_id IS NOT NULL AND e.effective_at >= ${since} OFFSET 0) e
     WHERE a.owner_id = ANY (${wallets}::text[]) AND a.bucket = 'available')
    UNION ALL
    (SELECT e.id FROM (
       SELECT e.id, e.wallet_id FROM ledger_entries e WHERE e.effective_at >= ${since} AND ${OUT_OF_ORDER} OFFSET 0) e
     WHERE e.wallet_id = ANY (${wallets}::uuid[]))`;
}
