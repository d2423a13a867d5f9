import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { allAccounts, balanceOf, type Moment } from '~/lib/ledger/moment';
import { decodeCursor, encodeCursor, PAGE_SIZE, type Page } from '~/lib/pagination';
import { Prisma } from '~/prisma/generated/client';

export type Balances = { available: bigint; pending: bigint; reserved: bigint };

/** The three balances of each wallet, in the smallest unit of its asset; zero where nothing was ever posted. */
export async function walletBalances(walletIds: string[]): Promise<Map<string, Balances>> {
  const balances = new Map(walletIds.map((id) => [id, { available: 0n, pending: 0n, reserved: 0n }]));
  if (walletIds.length === 0) return balances;
  const rows = await db().ledgerAccount.findMany({
    where: { ownerId: { in: walletIds }, bucket: { in: ['available', 'pending', 'reserved'] } },
    select: { ownerId: true, bucket: true, balance: true },
  });
  for (const { ownerId, bucket, balance } of rows) {
    const of = balances.get(ownerId ?? '');
    if (of) of[bucket as keyof Balances] += balance;
  }
  return balances;
}

/** Ledger cash and in-transit of each Fintoc account. */
export async function accountBalances(
  accountIds: string[],
): Promise<Map<string, { cash: bigint; inTransit: bigint }>> {
  const rows = await db().ledgerAccount.findMany({
    where: { ownerId: { in: accountIds }, bucket: { in: ['cash', 'in_transit'] } },
  });
  const balances = new Map(accountIds.map((id) => [id, { cash: 0n, inTransit: 0n }]));
  for (const { ownerId, bucket, balance } of rows) {
    const of = balances.get(ownerId ?? '');
    if (of) of[bucket === 'cash' ? 'cash' : 'inTransit'] += balance;
  }
  return balances;
}

/**
 * What a ledger account stands for, told from its code alone (lib/ledger/chart.ts): the lines of the trial balance,
 * and a filter of the list of accounts, so that each line has a list that sums to it.
 */
export const LEDGER_GROUPS = [
  'customer_available',
  'customer_pending',
  'customer_reserved',
  'suspense',
  'cash',
  'in_transit',
  'receivable',
  'house_operating',
  'house_fees',
  'house_settlement',
  'own_available',
  'own_pending',
  'own_reserved',
] as const;
export type LedgerGroup = (typeof LEDGER_GROUPS)[number];

/** Of the wallets only customers' may not go below zero, which tells theirs from the platform's own. */
const GROUP = Prisma.sql`CASE
  WHEN code LIKE 'wallet/%' THEN CASE WHEN non_negative THEN 'customer_' ELSE 'own_' END || bucket
  WHEN code LIKE 'house/%' THEN replace(code, '/', '_')
  ELSE bucket END`;

export type LedgerAccountRow = {
  id: bigint;
  code: string;
  asset: string;
  side: 'debit' | 'credit';
  group: LedgerGroup;
  ownerId: string | null;
  sequence: bigint;
  balance: bigint;
};

export type LedgerAccountFilter = {
  /** Part of a code. */
  text?: string | undefined;
  groups?: LedgerGroup[] | undefined;
  assets?: string[] | undefined;
  /** Leaves out accounts whose balance is zero. */
  nonZero?: boolean | undefined;
  /** Balances as they were then; left out, as they are. */
  at?: Moment | undefined;
  cursor?: string | undefined;
};

/** Every ledger account, by code and asset. */
export async function listLedgerAccounts(filter: LedgerAccountFilter): Promise<Page<LedgerAccountRow>> {
  const [code = '', asset] = Buffer.from(filter.cursor ?? '', 'base64url')
    .toString('utf8')
    .split('|');
  const after = asset ? Prisma.sql`(code, asset) > (${code}, ${asset})` : Prisma.sql`true`;
  const rows = await db().$queryRaw<LedgerAccountRow[]>`
    SELECT id, code, asset, side::text AS side, ${GROUP} AS "group", owner_id AS "ownerId", sequence,
           ${balanceOf(filter.at)} AS balance
    FROM ledger_accounts WHERE ${after} AND ${accountConditions(filter, balanceOf(filter.at))}
    ORDER BY code, asset LIMIT ${PAGE_SIZE + 1}`;
  const items = rows.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  return {
    items,
    nextCursor:
      rows.length > PAGE_SIZE && last
        ? Buffer.from(`${last.code}|${last.asset}`).toString('base64url')
        : null,
  };
}

/** What the accounts of a list come to, per asset. Debit balances count up, credit balances down. */
export async function sumLedgerAccounts(filter: LedgerAccountFilter) {
  return db().$queryRaw<{ asset: string; debit: bigint; credit: bigint; accounts: number }[]>`
    SELECT asset, ${COLUMNS}, count(*)::int AS accounts
    FROM ${allAccounts(filter.at)} WHERE ${accountConditions(filter, Prisma.sql`balance`)}
    GROUP BY asset ORDER BY asset`;
}

function accountConditions(
  { text, groups, assets, nonZero }: LedgerAccountFilter,
  balance: Prisma.Sql,
): Prisma.Sql {
  const like = `%${(text ?? '').replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
  const conditions = [
    text && Prisma.sql`code ILIKE ${like}`,
    groups && Prisma.sql`${GROUP} = ANY (${groups})`,
    assets && Prisma.sql`asset = ANY (${assets})`,
    nonZero && Prisma.sql`${balance} <> 0`,
    Prisma.sql`true`,
  ];
  return Prisma.join(
    conditions.filter((condition) => condition instanceof Prisma.Sql),
    ' AND ',
  );
}

/** A balance below zero stands in the other column, as accountants write it. */
const COLUMNS = Prisma.sql`
  coalesce(sum(CASE WHEN (side = 'debit') = (balance >= 0) THEN abs(balance) END), 0)::bigint AS debit,
  coalesce(sum(CASE WHEN (side = 'credit') = (balance >= 0) THEN abs(balance) END), 0)::bigint AS credit`;

export type TrialBalanceLine = {
  group: LedgerGroup;
  asset: string;
  /** Where its accounts' ordinary balance stands. */
  side: 'debit' | 'credit';
  debit: bigint;
  credit: bigint;
  accounts: number;
};

/**
 * Debit and credit balances per kind of account and asset, now or at a moment. The two columns are equal per asset,
 * or the books are wrong.
 */
export async function trialBalance(at?: Moment): Promise<TrialBalanceLine[]> {
  return db().$queryRaw<TrialBalanceLine[]>`
    SELECT ${GROUP} AS "group", asset, min(side::text) AS side, ${COLUMNS}, count(*)::int AS accounts
    FROM ${allAccounts(at)} GROUP BY 1, 2 ORDER BY 2, 1`;
}

export async function getLedgerAccount(id: bigint) {
  const [found] = await db().$queryRaw<(LedgerAccountRow & { createdAt: Date; nonNegative: boolean })[]>`
    SELECT id, code, asset, side::text AS side, ${GROUP} AS "group", owner_id AS "ownerId", sequence, balance,
           created_at AS "createdAt", non_negative AS "nonNegative"
    FROM ledger_accounts WHERE id = ${id}`;
  if (!found) throw notFound('ledger account', String(id));
  return found;
}

/** An account's entries, the latest posted first, each with the balance that it left. */
export async function listLedgerEntries({ accountId, cursor }: { accountId: bigint; cursor?: string }) {
  // The cursor is a sequence: entries of an account are numbered without gaps.
  const before = cursor && /^\d{1,18}$/.test(cursor) ? BigInt(cursor) : null;
  const rows = await db().ledgerEntry.findMany({
    where: { accountId, ...(before !== null && { sequence: { lt: before } }) },
    orderBy: { sequence: 'desc' },
    take: PAGE_SIZE + 1,
    include: { transaction: { select: { kind: true, source: true, transferId: true, withdrawalId: true } } },
  });
  const items = rows.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > PAGE_SIZE && last ? String(last.sequence) : null,
  } satisfies Page<(typeof rows)[number]>;
}

export type LedgerTransactionFilter = {
  cursor?: string | undefined;
  transferId?: string | undefined;
  withdrawalId?: string | undefined;
  accountId?: bigint | undefined;
  kinds?: string[] | undefined;
  /** Its number, its source, or the whole id of its transfer, withdrawal or event. */
  text?: string | undefined;
  /** When it happened at the bank. */
  since?: Date | undefined;
  /** Exclusive. */
  before?: Date | undefined;
};

/** Newest transactions first, with their entries. */
export async function listLedgerTransactions(filter: LedgerTransactionFilter) {
  const { cursor, transferId, withdrawalId, accountId, kinds, text, since, before } = filter;
  const from = decodeCursor(cursor);
  const rows = await db().ledgerTransaction.findMany({
    where: {
      AND: [
        text ? { OR: sameAs(text) } : {},
        since ? { effectiveAt: { gte: since } } : {},
        before ? { effectiveAt: { lt: before } } : {},
      ],
      ...(from && /^\d{1,18}$/.test(from.id) && { id: { lt: BigInt(from.id) } }),
      ...(transferId && { transferId }),
      ...(withdrawalId && { withdrawalId }),
      ...(accountId && { entries: { some: { accountId } } }),
      ...(kinds && { kind: { in: kinds } }),
    },
    orderBy: { id: 'desc' },
    take: PAGE_SIZE + 1,
    include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
  });
  const items = rows.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  return {
    items,
    nextCursor:
      rows.length > PAGE_SIZE && last ? encodeCursor({ at: last.postedAt, id: String(last.id) }) : null,
  } satisfies Page<(typeof rows)[number]>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function sameAs(text: string): Prisma.LedgerTransactionWhereInput[] {
  return [
    { source: text },
    { transferId: text },
    { eventId: text },
    ...(UUID.test(text) ? [{ withdrawalId: text }] : []),
    ...(/^\d{1,18}$/.test(text) ? [{ id: BigInt(text) }] : []),
  ];
}

export async function getLedgerTransaction(id: bigint) {
  const found = await db().ledgerTransaction.findUnique({
    where: { id },
    include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
  });
  if (!found) throw notFound('ledger transaction', String(id));
  return found;
}
