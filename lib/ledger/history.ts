import { db } from '~/lib/db';
import type { Moment } from '~/lib/ledger/moment';
import { type Balances, getLedgerAccount } from '~/lib/ledger/read';
import { PAGE_SIZE } from '~/lib/pagination';

/** Balances of ledger accounts at a moment, in their own sides, by id. */
export async function balancesAt(accountIds: bigint[], moment: Moment): Promise<Map<bigint, bigint>> {
  const rows = await db().$queryRaw<{ id: bigint; balance: bigint }[]>`
    SELECT id, ledger_balance_at(id, ${moment.before}::timestamptz, ${moment.clock}) AS balance
    FROM ledger_accounts WHERE id = ANY (${accountIds})`;
  return new Map(rows.map(({ id, balance }) => [id, balance]));
}

/** The three balances of a wallet at a moment. */
export async function walletBalancesAt(walletId: string, moment: Moment): Promise<Balances> {
  const accounts = await walletAccounts(walletId);
  const balances = await balancesAt(
    accounts.map(({ id }) => id),
    moment,
  );
  const total: Balances = { available: 0n, pending: 0n, reserved: 0n };
  for (const { id, bucket } of accounts) total[bucket as keyof Balances] += balances.get(id) ?? 0n;
  return total;
}

/** The ledger accounts behind a wallet's balances; a balance to which nothing was ever posted has none. */
export function walletAccounts(walletId: string) {
  return db().ledgerAccount.findMany({
    where: { ownerId: walletId, bucket: { in: ['available', 'pending', 'reserved'] } },
    select: { id: true, bucket: true },
  });
}

export type BalanceQuestion = {
  accountId: bigint;
  /** Of what was posted before this time; left out, of everything. */
  before?: Date | undefined;
  cursor?: string | undefined;
};

/**
 * From a balance down to the entries that make it, the latest posted first, one page by key. Each leaves the balance
 * that the one above it starts from, so a page with the balance before it (`carried`) adds up by itself.
 */
export async function explainBalance({ accountId, before, cursor }: BalanceQuestion) {
  const account = await getLedgerAccount(accountId);
  const last = before ? await sequenceAt(accountId, before) : account.sequence;
  // The cursor is the sequence of the entry that the page before ended with.
  const from = cursor && /^\d{1,18}$/.test(cursor) ? BigInt(cursor) : null;
  const rows = await db().ledgerEntry.findMany({
    where: { accountId, sequence: from !== null && from <= last ? { lt: from } : { lte: last } },
    orderBy: { sequence: 'desc' },
    take: PAGE_SIZE + 1,
    include: { transaction: true },
  });
  const items = rows.slice(0, PAGE_SIZE).map((entry) => ({
    ...entry,
    change: account.side === 'debit' ? entry.amount : -entry.amount,
  }));
  const oldest = items.at(-1);
  return {
    account,
    balance: await balanceAfter(accountId, last),
    /** How many entries make the balance. */
    count: last,
    items,
    carried: oldest ? oldest.balanceAfter - oldest.change : 0n,
    nextCursor: rows.length > PAGE_SIZE && oldest ? String(oldest.sequence) : null,
  };
}

async function sequenceAt(accountId: bigint, before: Date): Promise<bigint> {
  const [row] = await db().$queryRaw<{ sequence: bigint }[]>`
    SELECT ledger_sequence_at(${accountId}, ${before}::timestamptz) AS sequence`;
  return row?.sequence ?? 0n;
}

async function balanceAfter(accountId: bigint, sequence: bigint): Promise<bigint> {
  const entry = await db().ledgerEntry.findUnique({
    where: { accountId_sequence: { accountId, sequence } },
    select: { balanceAfter: true },
  });
  return entry?.balanceAfter ?? 0n;
}
