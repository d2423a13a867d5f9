import { db, type Tx } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { decodeCursor, encodeCursor, PAGE_SIZE, type Page } from '~/lib/pagination';

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

/** Available balances inside a transaction; wallets without one are left out. */
export async function availableBalances(tx: Tx, walletIds: string[]): Promise<Map<string, bigint>> {
  const rows = await tx.ledgerAccount.findMany({
    where: { ownerId: { in: walletIds }, bucket: 'available' },
    select: { ownerId: true, balance: true },
  });
  return new Map(rows.flatMap(({ ownerId, balance }) => (ownerId ? [[ownerId, balance] as const] : [])));
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

/** Every ledger account with a balance row, by code; `text` narrows to codes that contain it. */
export async function listLedgerAccounts({ text, cursor }: { text?: string; cursor?: string }) {
  const after = cursor ? Buffer.from(cursor, 'base64url').toString('utf8') : undefined;
  const rows = await db().ledgerAccount.findMany({
    where: {
      ...(text && { code: { contains: text } }),
      ...(after && { code: { gt: after } }),
    },
    orderBy: [{ code: 'asc' }, { asset: 'asc' }],
    take: PAGE_SIZE + 1,
  });
  const items = rows.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > PAGE_SIZE && last ? Buffer.from(last.code).toString('base64url') : null,
  };
}

export type TrialBalanceLine = {
  bucket: string;
  asset: string;
  debit: bigint;
  credit: bigint;
  accounts: number;
};

/** Debit and credit balances per kind of account and asset. The two columns are equal per asset, or the books are wrong. */
export async function trialBalance(): Promise<TrialBalanceLine[]> {
  return db().$queryRaw<TrialBalanceLine[]>`
    SELECT CASE WHEN code LIKE 'house/%' THEN code ELSE bucket END AS bucket, asset,
           coalesce(sum(CASE WHEN (side = 'debit') = (balance >= 0) THEN abs(balance) END), 0)::bigint AS debit,
           coalesce(sum(CASE WHEN (side = 'credit') = (balance >= 0) THEN abs(balance) END), 0)::bigint AS credit,
           count(*)::int AS accounts
    FROM ledger_accounts GROUP BY 1, 2 ORDER BY 2, 1`;
}

/** Newest transactions first, with their entries. */
export async function listLedgerTransactions({
  cursor,
  transferId,
  withdrawalId,
  accountId,
}: {
  cursor?: string;
  transferId?: string;
  withdrawalId?: string;
  accountId?: bigint;
}) {
  const from = decodeCursor(cursor);
  const rows = await db().ledgerTransaction.findMany({
    where: {
      ...(from && { id: { lt: BigInt(from.id) } }),
      ...(transferId && { transferId }),
      ...(withdrawalId && { withdrawalId }),
      ...(accountId && { entries: { some: { accountId } } }),
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

export async function getLedgerTransaction(id: bigint) {
  const found = await db().ledgerTransaction.findUnique({
    where: { id },
    include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
  });
  if (!found) throw notFound('ledger transaction', String(id));
  return found;
}
