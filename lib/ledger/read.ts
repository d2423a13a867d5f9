import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import { balanceOf, type Moment, sumsAt } from '~/lib/ledger/moment';
import {
  accountsSaid,
  type Besides,
  saysAccount,
  transactionsOfOwners,
  transactionsSaid,
} from '~/lib/ledger/said';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { Prisma } from '~/prisma/generated/client';

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
  'unexplained',
  'cash',
  'in_transit',
  'incoming',
  'receivable',
  'house_operating',
  'house_fees',
  'house_settlement',
  'own_available',
  'own_pending',
  'own_reserved',
] as const;
export type LedgerGroup = (typeof LEDGER_GROUPS)[number];

const CLASS = Prisma.sql`ledger_class(code, bucket, non_negative)`;

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
  /** Whose account it may be besides, where a text is asked for. */
  owners?: string[] | undefined;
  groups?: LedgerGroup[] | undefined;
  assets?: string[] | undefined;
  /** Leaves out accounts whose balance is zero. */
  nonZero?: boolean | undefined;
  /** Balances as they were then; left out, as they are. */
  at?: Moment | undefined;
  cursor?: string | undefined;
};

/** Whether a balance was zero at a moment is known account by account: so many are looked at for one page. */
const MOST_WALKED = 2_000;
const BY_CODE = keyset({ code: 'word', asset: 'word' }, 'asc');

/** Every ledger account, by code and asset. Of those that had a balance at a moment a page may have few, and a next one. */
export async function listLedgerAccounts(
  filter: LedgerAccountFilter,
  size = PAGE_SIZE,
): Promise<Page<LedgerAccountRow>> {
  if (!filter.at || !filter.nonZero)
    return BY_CODE.page(await accountsAfter(filter, filter.cursor, size + 1), size);
  const found: LedgerAccountRow[] = [];
  let cursor = filter.cursor;
  // In strides that grow, as most had one.
  for (let walked = 0, stride = size + 1; walked < MOST_WALKED; walked += stride, stride *= 2) {
    const rows = await accountsAfter({ ...filter, nonZero: false }, cursor, stride);
    found.push(...rows.filter(({ balance }) => balance !== 0n));
    const last = rows.at(-1);
    if (!last || found.length > size || rows.length < stride) return BY_CODE.page(found, size);
    cursor = BY_CODE.cursorOf(last);
  }
  return { items: found, nextCursor: cursor ?? null };
}

async function accountsAfter(filter: LedgerAccountFilter, cursor: string | undefined, limit: number) {
  const after = BY_CODE.after(cursor, [Prisma.sql`code`, Prisma.sql`asset`]) ?? Prisma.sql`true`;
  return db().$queryRaw<LedgerAccountRow[]>`
    SELECT id, code, asset, side::text AS side, ${CLASS} AS "group", owner_id AS "ownerId", sequence,
           ${balanceOf(filter.at)} AS balance
    FROM ledger_accounts WHERE ${after} AND ${accountConditions(filter, await accountsSaid(filter))}
    ORDER BY code, asset LIMIT ${limit}`;
}

function accountConditions(filter: LedgerAccountFilter, found?: Prisma.Sql | null): Prisma.Sql {
  const { text, groups, assets, nonZero } = filter;
  const conditions = [
    found ?? (text && saysAccount(filter)),
    groups && Prisma.sql`${CLASS} = ANY (${groups})`,
    assets && Prisma.sql`asset = ANY (${assets})`,
    nonZero && Prisma.sql`balance <> 0`,
    Prisma.sql`true`,
  ];
  return Prisma.join(
    conditions.filter((condition) => condition instanceof Prisma.Sql),
    ' AND ',
  );
}

export type LedgerSum = {
  asset: string;
  debit: bigint;
  credit: bigint;
  /** Null where it is not known how many had a balance. */
  accounts: number | null;
};

/** So many accounts that a text finds are added up one by one at a moment. */
const MOST_ADDED = 1_000;

/** What the accounts of a list come to, per asset, as the trial balance has them. Null for a text that finds too many. */
export async function sumLedgerAccounts(filter: LedgerAccountFilter): Promise<LedgerSum[] | null> {
  const { at, text, nonZero } = filter;
  if (at && text) {
    const [most] = await db().$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (
        SELECT 1 FROM ledger_accounts WHERE ${accountConditions({ ...filter, nonZero: false })}
        LIMIT ${MOST_ADDED + 1}) found`;
    if ((most?.count ?? 0) > MOST_ADDED) return null;
  }
  // A balance of zero adds nothing.
  const sums = await db().$queryRaw<LedgerSum[]>`
    SELECT asset, ${COLUMNS}, sum(accounts)::int AS accounts
    FROM (${classes({ ...filter, nonZero: nonZero && !at })}) c GROUP BY asset ORDER BY asset`;
  return at && nonZero ? sums.map((sum) => ({ ...sum, accounts: null })) : sums;
}
export type LedgerSums = Awaited<ReturnType<typeof sumLedgerAccounts>>;

/** Each class of a list's accounts with what it comes to, debits positive: at a moment from the sums, a few rows each. */
function classes(filter: LedgerAccountFilter): Prisma.Sql {
  const { at, text } = filter;
  if (!at || text)
    return Prisma.sql`
      SELECT class, asset, min(side::text) AS side, count(*)::int AS accounts,
             sum(CASE side WHEN 'debit' THEN balance ELSE -balance END) AS net
      FROM (SELECT ${CLASS} AS class, asset, side, ${balanceOf(at)} AS balance
            FROM ledger_accounts WHERE ${accountConditions(filter)}) a
      GROUP BY 1, 2`;
  return Prisma.sql`
    SELECT a.class, a.asset, a.side, a.accounts, coalesce(s.amount, 0) AS net
    FROM (SELECT ${CLASS} AS class, asset, min(side::text) AS side, count(*)::int AS accounts
          FROM ledger_accounts WHERE ${accountConditions(filter)} GROUP BY 1, 2) a
    LEFT JOIN ${sumsAt(at)} s ON s.class = a.class AND s.asset = a.asset`;
}

/** A class below zero stands in the other column, as accountants write it. */
const COLUMNS = Prisma.sql`
  sum(greatest(net, 0))::bigint AS debit, sum(greatest(-net, 0))::bigint AS credit`;

export type TrialBalanceLine = {
  group: LedgerGroup;
  asset: string;
  /** Where its ordinary balance stands. */
  side: 'debit' | 'credit';
  debit: bigint;
  credit: bigint;
  accounts: number;
};

/**
 * What each class of accounts comes to per asset, in the column of its sign, now or at a moment. The two columns are
 * equal per asset, or the books are wrong.
 */
export async function trialBalance(at?: Moment): Promise<TrialBalanceLine[]> {
  return db().$queryRaw<TrialBalanceLine[]>`
    SELECT class AS "group", asset, min(side) AS side, ${COLUMNS}, min(accounts) AS accounts
    FROM (${classes({ at })}) c GROUP BY 1, 2 ORDER BY 2, 1`;
}

export async function getLedgerAccount(id: bigint) {
  const [found] = await db().$queryRaw<(LedgerAccountRow & { createdAt: Date; nonNegative: boolean })[]>`
    SELECT id, code, asset, side::text AS side, ${CLASS} AS "group", owner_id AS "ownerId", sequence, balance,
           created_at AS "createdAt", non_negative AS "nonNegative"
    FROM ledger_accounts WHERE id = ${id}`;
  if (!found) throw notFound('ledger account', String(id));
  return found;
}

export type LedgerTransactionFilter = {
  cursor?: string | undefined;
  transferId?: string | undefined;
  withdrawalId?: string | undefined;
  accountId?: bigint | undefined;
  kinds?: string[] | undefined;
  /** Its number, its cause, or the whole id of its cause, transfer, withdrawal or event. */
  text?: string | undefined;
  /** Whose transactions a text may mean besides. */
  besides?: Besides | undefined;
  /** When it happened at the bank. */
  since?: Date | undefined;
  /** Exclusive. */
  before?: Date | undefined;
};

const NEWEST = keyset({ id: 'number' }, 'desc');

/** Newest transactions first, with their entries. */
export async function listLedgerTransactions(filter: LedgerTransactionFilter, size = PAGE_SIZE) {
  const { cursor, transferId, withdrawalId, accountId, kinds, text, besides, since, before } = filter;
  const ofOwners = text
    ? await transactionsOfOwners(besides?.owners ?? [], conditionOf(filter), size + 1)
    : [];
  const rows = await db().ledgerTransaction.findMany({
    where: {
      AND: [
        text ? { OR: transactionsSaid(text, besides, ofOwners) } : {},
        since ? { effectiveAt: { gte: since } } : {},
        before ? { effectiveAt: { lt: before } } : {},
        NEWEST.where(cursor),
      ],
      ...(transferId && { transferId }),
      ...(withdrawalId && { withdrawalId }),
      ...(accountId && { entries: { some: { accountId } } }),
      ...(kinds && { kind: { in: kinds } }),
    },
    orderBy: NEWEST.orderBy,
    take: size + 1,
    include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
  });
  return NEWEST.page(rows, size);
}

/** What of a filter every transaction `t` meets, but for the text. */
function conditionOf({ cursor, kinds, since, before }: LedgerTransactionFilter): Prisma.Sql {
  const conditions = [
    kinds && Prisma.sql`t.kind = ANY (${kinds})`,
    since && Prisma.sql`t.effective_at >= ${since}`,
    before && Prisma.sql`t.effective_at < ${before}`,
    NEWEST.after(cursor, [Prisma.sql`t.id`]),
    Prisma.sql`true`,
  ];
  return Prisma.join(
    conditions.filter((condition) => condition instanceof Prisma.Sql),
    ' AND ',
  );
}

export type LedgerTransactionRow = Awaited<ReturnType<typeof listLedgerTransactions>>['items'][number];

export async function getLedgerTransaction(id: bigint) {
  const found = await db().ledgerTransaction.findUnique({
    where: { id },
    include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
  });
  if (!found) throw notFound('ledger transaction', String(id));
  return found;
}
