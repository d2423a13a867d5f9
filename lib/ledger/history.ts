import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import type { Balances } from '~/lib/ledger/balances';
import { balanceOf, type Moment } from '~/lib/ledger/moment';
import { getLedgerAccount } from '~/lib/ledger/read';
import { PAGE_SIZE } from '~/lib/pagination';
import { Prisma } from '~/prisma/generated/client';

/** Balances of ledger accounts at a moment, in their own sides, by id. */
export async function balancesAt(accountIds: bigint[], moment: Moment): Promise<Map<bigint, bigint>> {
  const rows = await db().$queryRaw<{ id: bigint; balance: bigint }[]>`
    SELECT id, ${balanceOf(moment)} AS balance FROM ledger_accounts WHERE id = ANY (${accountIds})`;
  return new Map(rows.map(({ id, balance }) => [id, balance]));
}

/** The three balances of a wallet in one of its assets at a moment. */
export async function walletBalancesAt(walletId: string, asset: string, moment: Moment): Promise<Balances> {
  const accounts = await walletAccounts(walletId, asset);
  const balances = await balancesAt(
    accounts.map(({ id }) => id),
    moment,
  );
  const total: Balances = { available: 0n, pending: 0n, reserved: 0n };
  for (const { id, bucket } of accounts) total[bucket as keyof Balances] += balances.get(id) ?? 0n;
  return total;
}

/**
 * The three balances of a wallet in each asset before `at` by the bank's clock, as far as it was booked before `knownAt`; either may be
 * left out.
 */
export async function walletBalancesKnownAt(
  walletId: string,
  { at, knownAt }: { at?: Date | undefined; knownAt?: Date | undefined },
): Promise<Map<string, Balances>> {
  const found = new Map<string, Balances>();
  const [before, clock] = at ? [at, 'effective'] : [knownAt ?? new Date(), 'posted'];
  const through =
    at && knownAt ? Prisma.sql`ledger_sequence_at(id, ${knownAt}::timestamptz)` : Prisma.sql`NULL::bigint`;
  const rows = await db().$queryRaw<{ asset: string; bucket: keyof Balances; balance: bigint }[]>`
    SELECT asset, bucket, (ledger_balance_at(id, ${before}::timestamptz, ${clock}, ${through})).balance AS balance
    FROM ledger_accounts WHERE owner_id = ${walletId} AND bucket IN ('available', 'pending', 'reserved')`;
  for (const { asset, bucket, balance } of rows) {
    const total = found.get(asset) ?? { available: 0n, pending: 0n, reserved: 0n };
    total[bucket] += balance;
    found.set(asset, total);
  }
  return found;
}

/** The ledger accounts behind a wallet's balances in an asset; a balance to which nothing was ever posted has none. */
export function walletAccounts(walletId: string, asset: string) {
  return db().ledgerAccount.findMany({
    where: { ownerId: walletId, asset, bucket: { in: ['available', 'pending', 'reserved'] } },
    select: { id: true, bucket: true },
  });
}

export type BalanceQuestion = {
  accountId: bigint;
  /** Of the balance at this moment; left out, of the balance now. */
  at?: Moment | undefined;
  cursor?: string | undefined;
};

const LATEST_POSTED = keyset({ sequence: 'number' }, 'desc');

/**
 * From a balance down to the entries that make it, the latest posted first, one page by key. Each leaves the balance
 * that the one above it starts from, so a page with the balance before it (`carried`) adds up by itself. Those of a
 * moment by the bank's clock are in the order in which we knew of them as well: what came late stands first.
 */
export async function explainBalance({ accountId, at, cursor }: BalanceQuestion) {
  const account = await getLedgerAccount(accountId);
  const from = LATEST_POSTED.read(cursor)?.sequence ?? account.sequence + 1n;
  const below = from <= account.sequence ? from : account.sequence + 1n;
  const rows = await db().ledgerEntry.findMany({
    where: { accountId, sequence: at ? { in: await sequencesAt(accountId, at, below) } : { lt: below } },
    orderBy: LATEST_POSTED.orderBy,
    take: PAGE_SIZE + 1,
    include: { transaction: true },
  });
  const top = rows[0];
  let carried = top && at ? (await stateAt(accountId, at, top.sequence)).balance : (top?.balanceAfter ?? 0n);
  const { items: entries, nextCursor } = LATEST_POSTED.page(rows, PAGE_SIZE);
  const items = entries.map((entry) => {
    const change = account.side === 'debit' ? entry.amount : -entry.amount;
    const balanceAfter = carried;
    carried -= change;
    return { ...entry, change, balanceAfter };
  });
  const whole = at ? await stateAt(accountId, at) : { balance: account.balance, entries: account.sequence };
  return {
    account,
    balance: whole.balance,
    /** How many entries make the balance. */
    count: whole.entries,
    items,
    carried,
    nextCursor,
  };
}

type State = { balance: bigint; entries: bigint };

/** A balance at a moment and of how many entries it is; with `through`, of those up to that sequence only. */
async function stateAt(accountId: bigint, at: Moment, through: bigint | null = null): Promise<State> {
  const [state] = await db().$queryRaw<State[]>`
    SELECT balance, entries
    FROM ledger_balance_at(${accountId}, ${at.before}::timestamptz, ${at.clock}, ${through}::bigint)`;
  return state ?? { balance: 0n, entries: 0n };
}

/** A page, and one more, of the entries that make a balance at a moment. */
async function sequencesAt(accountId: bigint, at: Moment, below: bigint): Promise<bigint[]> {
  const rows = await db().$queryRaw<{ sequence: bigint }[]>`
    SELECT sequence FROM ledger_sequences_at(
      ${accountId}, ${at.before}::timestamptz, ${at.clock}, ${below}::bigint, ${PAGE_SIZE + 1}::int) AS sequence`;
  return rows.map(({ sequence }) => sequence);
}
