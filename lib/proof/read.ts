import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { decodeCursor, encodeCursor, PAGE_SIZE, type Page, toPage } from '~/lib/pagination';
import { type LedgerCheck, lastLedgerCheck } from '~/lib/proof/ledger-check';
import { timelineOf } from '~/lib/transfers/read';
import { Prisma } from '~/prisma/generated/client';
import { BreakState } from '~/prisma/generated/enums';

export const BREAK_STATES = Object.values(BreakState);

/** green: equal, and lately. amber: late, or released. red: a break stands, or nobody has known for long. */
export type Light = 'green' | 'amber' | 'red' | 'new';

const LATE = Prisma.sql`interval '10 minutes'`;
const TOO_LATE = Prisma.sql`interval '60 minutes'`;

/** An account that nobody has looked at yet is new for as long as one that nobody looked at is green. */
const LIGHT = Prisma.sql`CASE
  WHEN b.open > 0 THEN 'red'
  WHEN coalesce(s.proven_at, a.created_at) < now() - ${TOO_LATE} AND b.standing = 0 THEN 'red'
  WHEN b.standing > 0 OR s.difference <> 0 THEN 'amber'
  WHEN coalesce(s.proven_at, a.created_at) < now() - ${LATE} THEN 'amber'
  WHEN s.proven_at IS NULL THEN 'new'
  ELSE 'green' END`;

const STANDING = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS standing, count(*) FILTER (WHERE state = 'open')::int AS open,
           coalesce(sum(difference) FILTER (WHERE kind NOT IN ('order', 'wrong_wallet')), 0)::bigint AS off
    FROM proof_breaks WHERE account_id = a.id AND state <> 'cured') b ON true`;

export type AccountProof = {
  id: string;
  name: string;
  asset: string;
  light: Light;
  open: number;
  standing: number;
  cash: bigint;
  cashAccountId: bigint | null;
  readAt: Date | null;
  provenAt: Date | null;
  provenMovementId: string | null;
  provenMovementAt: Date | null;
  provenBalance: bigint;
  provenCount: bigint;
  /** Of the balances at the proven movement. */
  difference: bigint;
  /** What both sides differ by now, with the breaks that stand. */
  off: bigint;
  laggingCount: number;
  laggingSince: Date | null;
  error: string | null;
};

const ACCOUNTS = Prisma.sql`
  SELECT a.id, coalesce(nullif(a.description, ''), a.root_account_number) AS name, a.asset, ${LIGHT} AS light, b.open, b.standing,
         coalesce(l.balance, 0) AS cash, l.id AS "cashAccountId", s.read_at AS "readAt", s.proven_at AS "provenAt",
         s.proven_movement_id AS "provenMovementId", s.proven_movement_at AS "provenMovementAt",
         coalesce(s.proven_balance, 0) AS "provenBalance", coalesce(s.proven_count, 0) AS "provenCount",
         coalesce(s.difference, 0) AS difference,
         coalesce(s.difference, 0) + b.off AS off, coalesce(s.lagging_count, 0) AS "laggingCount",
         s.lagging_since AS "laggingSince", s.error
  FROM accounts a
  LEFT JOIN proof_states s ON s.account_id = a.id
  LEFT JOIN ledger_accounts l ON l.code = 'fintoc/' || a.id || '/cash' AND l.asset = a.asset
  ${STANDING}`;

/** Every account with how far it is proven; the newest first. */
export async function listAccountProofs(filter: {
  lights?: Light[] | undefined;
  assets?: string[] | undefined;
  cursor?: string | undefined;
}): Promise<Page<AccountProof>> {
  const { lights, assets, cursor } = filter;
  const from = decodeCursor(cursor);
  const rows = await db().$queryRaw<(AccountProof & { createdAt: Date })[]>`
    SELECT * FROM (${ACCOUNTS}) p JOIN (SELECT id, created_at AS "createdAt" FROM accounts) c USING (id)
    WHERE ${lights ? Prisma.sql`light = ANY (${lights})` : Prisma.sql`true`}
      AND ${assets ? Prisma.sql`asset = ANY (${assets})` : Prisma.sql`true`}
      AND ${from ? Prisma.sql`("createdAt", id) < (${from.at}, ${from.id})` : Prisma.sql`true`}
    ORDER BY "createdAt" DESC, id DESC LIMIT ${PAGE_SIZE + 1}`;
  return toPage(rows, PAGE_SIZE, ({ createdAt, id }) => ({ at: createdAt, id }));
}

export async function getAccountProof(id: string): Promise<AccountProof> {
  const [found] = await db().$queryRaw<AccountProof[]>`${ACCOUNTS} WHERE a.id = ${id}`;
  if (!found) throw notFound('account', id);
  return found;
}

export type ProofSummary = {
  asset: string;
  light: Light;
  accounts: number;
  /** Of the accounts, those that are equal and lately so. */
  green: number;
  open: number;
  movements: bigint;
  /** Of the account that was proven longest ago. */
  provenAt: Date | null;
};

/** Per asset, the worst light of its accounts and what stands behind it. */
export async function proofSummaries(): Promise<ProofSummary[]> {
  return db().$queryRaw<ProofSummary[]>`
    SELECT asset, count(*)::int AS accounts, count(*) FILTER (WHERE light = 'green')::int AS green,
           sum(open)::int AS open, coalesce(sum("provenCount"), 0)::bigint AS movements, min("provenAt") AS "provenAt",
           CASE WHEN bool_or(light = 'red') THEN 'red' WHEN bool_or(light = 'amber') THEN 'amber'
                WHEN bool_or(light = 'green') THEN 'green' ELSE 'new' END AS light
    FROM (${ACCOUNTS}) p GROUP BY asset ORDER BY asset DESC`;
}

/** The light over everything: the accounts' and the ledger's own promises. */
export async function proofLight(): Promise<Light> {
  return lightOver(await proofSummaries(), await lastLedgerCheck());
}

export function lightOver(summaries: ProofSummary[], { faults }: LedgerCheck): Light {
  if (faults.length > 0) return 'red';
  const lights = summaries.map(({ light }) => light);
  return (['red', 'amber', 'green'] as const).find((light) => lights.includes(light)) ?? 'new';
}

/** The proofs of an account, the newest first. */
export async function listProofs(accountId: string, cursor: string | undefined) {
  const from = decodeCursor(cursor);
  const rows = await db().proof.findMany({
    where: {
      accountId,
      ...(from && { OR: [{ at: { lt: from.at } }, { at: from.at, id: { lt: from.id } }] }),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
  });
  return toPage(rows, PAGE_SIZE, ({ at, id }) => ({ at, id }));
}

/** Fintoc's movements of an account, the newest first, with the entry that each was found equal to. */
export async function listProofMovements(filter: {
  accountId: string;
  proofId?: string | undefined;
  open?: boolean | undefined;
  cursor?: string | undefined;
}) {
  const { accountId, proofId, open, cursor } = filter;
  const proof = proofId ? await db().proof.findFirst({ where: { id: proofId, accountId } }) : null;
  const before = cursor && /^-?\d{1,18}$/.test(cursor) ? BigInt(cursor) : null;
  const rows = await db().proofMovement.findMany({
    where: {
      accountId,
      ...(open && { matchedAt: null }),
      AND: [
        proof ? { position: { gte: proof.fromPosition, lte: proof.toPosition } } : {},
        before === null ? {} : { position: { lt: before } },
      ],
    },
    orderBy: { position: 'desc' },
    take: PAGE_SIZE + 1,
  });
  const items = rows.slice(0, PAGE_SIZE);
  const entryIds = items.flatMap(({ entryId }) => entryId ?? []);
  const entries = await db().ledgerEntry.findMany({
    where: { id: { in: entryIds } },
    select: { id: true, transactionId: true },
  });
  const transactions = new Map(entries.map(({ id, transactionId }) => [id, transactionId]));
  const last = items.at(-1);
  return {
    proof,
    items: items.map((row) => ({
      ...row,
      transactionId: row.entryId === null ? null : (transactions.get(row.entryId) ?? null),
    })),
    nextCursor: rows.length > PAGE_SIZE && last ? String(last.position) : null,
  };
}

export type BreakRow = Prisma.ProofBreakGetPayload<object> & { account: string; releases: number };

/** Breaks, those that stand first, the oldest divergence of each first. */
export async function listBreaks(filter: {
  accountId?: string | undefined;
  states?: BreakState[] | undefined;
  cursor?: string | undefined;
}): Promise<Page<BreakRow>> {
  const { accountId, states, cursor } = filter;
  const from = decodeCursor(cursor);
  const rows = await db().proofBreak.findMany({
    where: {
      ...(accountId && { accountId }),
      ...(states && { state: { in: states } }),
      ...(from && { OR: [{ openedAt: { lt: from.at } }, { openedAt: from.at, id: { lt: from.id } }] }),
    },
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    include: { _count: { select: { releases: true } } },
  });
  const accounts = await db().account.findMany({
    where: { id: { in: [...new Set(rows.map((row) => row.accountId))] } },
    select: { id: true, description: true, rootAccountNumber: true },
  });
  const names = new Map(accounts.map((account) => [account.id, nameOf(account)]));
  const items = rows.slice(0, PAGE_SIZE);
  const last = items.at(-1);
  return {
    items: items.map(({ _count, ...row }) => ({
      ...row,
      account: names.get(row.accountId) ?? row.accountId,
      releases: _count.releases,
    })),
    nextCursor: rows.length > PAGE_SIZE && last ? encodeCursor({ at: last.openedAt, id: last.id }) : null,
  };
}

const nameOf = ({
  description,
  rootAccountNumber,
}: {
  description: string | null;
  rootAccountNumber: string;
}) => description || rootAccountNumber;

/** A break with all that it is about, and what people did. */
export async function getBreak(id: string) {
  const found = await db().proofBreak.findUnique({
    where: { id },
    include: { releases: { orderBy: { at: 'asc' } } },
  });
  if (!found) throw notFound('break', id);
  const wallet = { select: { id: true, name: true, status: true, asset: true, houseRole: true } };
  const { accountId, movementId, entryId, transferId, walletId, ownerWalletId, asset } = found;
  const ids = [walletId, ownerWalletId].filter((each) => each !== null);
  // In two rounds: connections are few.
  const [account, movement, entry, transfer] = await Promise.all([
    getAccountProof(accountId),
    movementId ? db().proofMovement.findUnique({ where: { id: movementId } }) : null,
    entryId ? db().ledgerEntry.findUnique({ where: { id: entryId }, select: { transactionId: true } }) : null,
    transferId
      ? db().transfer.findUnique({
          where: { id: transferId },
          select: {
            id: true,
            direction: true,
            state: true,
            trackingKey: true,
            wallet,
            withdrawal: { select: { id: true } },
          },
        })
      : null,
  ]);
  const [wallets, waiting, adjustments, timeline] = await Promise.all([
    db().wallet.findMany({
      where: { OR: [{ id: { in: ids } }, { houseRole: 'operating', asset }] },
      ...wallet,
    }),
    heldBack(accountId),
    db().adjustment.findMany({ where: { breakId: id }, orderBy: { createdAt: 'asc' } }),
    timelineOf('proof_break', id),
  ]);
  return {
    ...found,
    account,
    movement,
    entry,
    transfer,
    credited: wallets.find((each) => each.id === walletId) ?? null,
    owner: wallets.find((each) => each.id === ownerWalletId) ?? null,
    operating: wallets.find(({ houseRole }) => houseRole === 'operating') ?? null,
    waiting,
    adjustments,
    timeline,
  };
}

/** The withdrawals that wait for an account's break: how many, and how much. */
async function heldBack(accountId: string) {
  const { _count, _sum } = await db().withdrawal.aggregate({
    where: { accountId, status: 'queued' },
    _count: true,
    _sum: { amount: true },
  });
  return { count: _count, amount: _sum.amount ?? 0n };
}

/** The break that keeps an account's payouts waiting; null when none does. */
export async function findOpenBreak(accountId: string): Promise<{ id: string } | null> {
  return db().proofBreak.findFirst({
    where: { accountId, state: 'open' },
    orderBy: { at: 'asc' },
    select: { id: true },
  });
}
