import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import type { LedgerCheck } from '~/lib/proof/ledger-check';
import { Prisma, type Proof, type ProofMovement } from '~/prisma/generated/client';

/**
 * green: equal, and lately. amber: late, or something waits, or a break was released. red: a break stands, or nobody
 * has known for long, or something waits for long.
 */
export type Light = 'green' | 'amber' | 'red' | 'new';

/**
 * A webhook is posted within seconds, and what it doesn't bring a poll does within the two minutes of grace: what
 * waits for longer than this doesn't come by itself.
 */
const LATE_MS = 5 * 60_000;
/** By then somebody should have looked at what is amber. */
const TOO_LATE_MS = 30 * 60_000;
/** Runs that may be missed, where accounts are checked less often. */
const MISSED_RUNS = 3;

const ago = (ms: number) => Prisma.sql`now() - make_interval(secs => ${ms / 1000})`;

/** An account that nobody has looked at yet is new for as long as one that nobody looked at is green. */
function lightOf(): Prisma.Sql {
  const missed = MISSED_RUNS * env().FINTOC_MOVEMENTS_MS;
  // What happened before the account was known can't have waited for us since then.
  const unseen = Prisma.sql`least(coalesce(s.read_at, a.created_at),
    CASE WHEN b.standing = 0 THEN greatest(s.proven_at, a.created_at) END)`;
  const waits = Prisma.sql`greatest(s.lagging_since, a.created_at)`;
  const isWaiting = Prisma.sql`coalesce(s.lagging_count, 0) > 0`;
  return Prisma.sql`CASE
    WHEN b.open > 0 THEN 'red'
    WHEN ${unseen} < ${ago(Math.max(TOO_LATE_MS, missed * 2))} THEN 'red'
    WHEN ${isWaiting} AND ${waits} < ${ago(TOO_LATE_MS)} THEN 'red'
    WHEN b.standing > 0 OR s.difference <> b.accepted THEN 'amber'
    WHEN ${unseen} < ${ago(Math.max(LATE_MS, missed))} THEN 'amber'
    WHEN ${isWaiting} AND ${waits} < ${ago(LATE_MS)} THEN 'amber'
    WHEN s.proven_at IS NULL THEN 'new'
    ELSE 'green' END`;
}

const STANDING = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE k.state IN ('open', 'released'))::int AS standing,
           count(*) FILTER (WHERE k.state = 'open')::int AS open,
           coalesce(sum(k.difference) FILTER (
             WHERE k.state IN ('open', 'released') AND k.kind NOT IN ('order', 'wrong_wallet', 'unexplained_payout')), 0)::bigint AS off,
           coalesce(sum(k.difference) FILTER (
             WHERE k.state = 'accepted' AND m.position <= s.proven_position), 0)::bigint AS accepted
    FROM proof_breaks k LEFT JOIN proof_movements m ON m.id = k.movement_id
    WHERE k.account_id = a.id AND k.state <> 'cured') b ON true`;

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
  /** Of the balances at the proven movement, without what was accepted. */
  difference: bigint;
  /** What people accepted as Fintoc's own numbering: its balances are off by it from here on. */
  accepted: bigint;
  /** What both sides differ by now, with the breaks that stand. */
  off: bigint;
  laggingCount: number;
  laggingSince: Date | null;
  error: string | null;
};

const accounts = () => Prisma.sql`
  SELECT a.id, coalesce(nullif(a.description, ''), a.root_account_number) AS name, a.asset, ${lightOf()} AS light, b.open, b.standing,
         coalesce(l.balance, 0) AS cash, l.id AS "cashAccountId", s.read_at AS "readAt", s.proven_at AS "provenAt",
         s.proven_movement_id AS "provenMovementId", s.proven_movement_at AS "provenMovementAt",
         coalesce(s.proven_balance, 0) AS "provenBalance", coalesce(s.proven_count, 0) AS "provenCount",
         coalesce(s.difference, 0) - b.accepted AS difference, b.accepted,
         coalesce(s.difference, 0) - b.accepted + b.off AS off, coalesce(s.lagging_count, 0) AS "laggingCount",
         s.lagging_since AS "laggingSince", s.error
  FROM accounts a
  LEFT JOIN proof_states s ON s.account_id = a.id
  LEFT JOIN ledger_accounts l ON l.owner_id = a.id AND l.bucket = 'cash' AND l.asset = a.asset
  ${STANDING}`;

const NEWEST_ACCOUNTS = keyset({ createdAt: 'time', id: 'word' }, 'desc');

export type AccountProofFilter = {
  lights?: Light[] | undefined;
  assets?: string[] | undefined;
  cursor?: string | undefined;
};

/** Every account with how far it is proven; the newest first. */
export async function listAccountProofs(filter: AccountProofFilter): Promise<Page<AccountProof>> {
  const { lights, assets, cursor } = filter;
  const after = NEWEST_ACCOUNTS.after(cursor, [Prisma.sql`"createdAt"`, Prisma.sql`id`]);
  const rows = await db().$queryRaw<(AccountProof & { createdAt: Date })[]>`
    SELECT * FROM (${accounts()}) p JOIN (SELECT id, created_at AS "createdAt" FROM accounts) c USING (id)
    WHERE ${lights ? Prisma.sql`light = ANY (${lights})` : Prisma.sql`true`}
      AND ${assets ? Prisma.sql`asset = ANY (${assets})` : Prisma.sql`true`}
      AND ${after ?? Prisma.sql`true`}
    ORDER BY "createdAt" DESC, id DESC LIMIT ${PAGE_SIZE + 1}`;
  return NEWEST_ACCOUNTS.page(rows, PAGE_SIZE);
}

export async function getAccountProof(id: string): Promise<AccountProof> {
  const [found] = await db().$queryRaw<AccountProof[]>`${accounts()} WHERE a.id = ${id}`;
  if (!found) throw notFound('account', id);
  return found;
}

/** The last movement of an account that was proven. */
export function lastOf(
  account: Pick<AccountProof, 'id' | 'provenMovementId' | 'provenMovementAt'>,
): LastProven {
  const { id: accountId, provenMovementId: movementId, provenMovementAt: at } = account;
  return movementId && at ? { accountId, movementId, at } : null;
}

export type LastProven = { accountId: string; movementId: string; at: Date } | null;

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
  /** What all accounts differ by now. */
  off: bigint;
  /** The newest movement that was proven, and whose. */
  last: LastProven;
  /** What was read and isn't posted, and since when the oldest of it waits. */
  laggingCount: number;
  laggingSince: Date | null;
};

/** Per asset, the worst light of its accounts and what stands behind it. */
export async function proofSummaries(): Promise<ProofSummary[]> {
  const rows = await db().$queryRaw<(ProofSummary & Parameters<typeof lastOf>[0])[]>`
    WITH p AS (${accounts()})
    SELECT t.*, last.*
    FROM (
      SELECT asset, count(*)::int AS accounts, count(*) FILTER (WHERE light = 'green')::int AS green,
             sum(open)::int AS open, coalesce(sum("provenCount"), 0)::bigint AS movements,
             min("provenAt") AS "provenAt", sum(off)::bigint AS off, sum("laggingCount")::int AS "laggingCount",
             min("laggingSince") FILTER (WHERE "laggingCount" > 0) AS "laggingSince",
             CASE WHEN bool_or(light = 'red') THEN 'red' WHEN bool_or(light = 'amber') THEN 'amber'
                  WHEN bool_or(light = 'green') THEN 'green' ELSE 'new' END AS light
      FROM p GROUP BY asset) t
    LEFT JOIN LATERAL (
      SELECT id, "provenMovementId", "provenMovementAt" FROM p
      WHERE p.asset = t.asset AND "provenMovementAt" IS NOT NULL
      ORDER BY "provenMovementAt" DESC, id LIMIT 1) last ON true
    ORDER BY t.asset DESC`;
  return rows.map(({ id, provenMovementId, provenMovementAt, ...summary }) => ({
    ...summary,
    last: lastOf({ id, provenMovementId, provenMovementAt }),
  }));
}

/** The light over everything: the accounts' and the ledger's own promises. */
export function lightOver(summaries: ProofSummary[], check: LedgerCheck, now = new Date()): Light {
  const lights = summaries.map(({ light }) => light);
  const worst = [...lights, ledgerLight(check, now)];
  const bad = (['red', 'amber'] as const).find((light) => worst.includes(light));
  return bad ?? (lights.includes('green') ? 'green' : 'new');
}

/** Of the ledger's own promises: red when one is broken, and late when nobody looked. */
export function ledgerLight({ faults, at }: LedgerCheck, now = new Date()): Light {
  if (faults.length > 0) return 'red';
  if (!at) return 'new';
  const age = now.getTime() - new Date(at).getTime();
  return age > TOO_LATE_MS ? 'red' : age > LATE_MS ? 'amber' : 'green';
}

const NEWEST_PROOFS = keyset({ at: 'time', id: 'uuid' }, 'desc');

export type ProofRow = Proof;

/** The proofs of an account, the newest first. */
export async function listProofs(accountId: string, cursor: string | undefined): Promise<Page<ProofRow>> {
  const rows = await db().proof.findMany({
    where: { accountId, ...NEWEST_PROOFS.where(cursor) },
    orderBy: NEWEST_PROOFS.orderBy,
    take: PAGE_SIZE + 1,
  });
  return NEWEST_PROOFS.page(rows, PAGE_SIZE);
}

const NEWEST_MOVEMENTS = keyset({ position: 'number' }, 'desc');

/** With the proof that they are of, where one is asked for. */
export type ListedProofMovements = Page<ProofMovement & { transactionId: bigint | null }> & {
  proof: Proof | null;
};

/** Fintoc's movements of an account, the newest first, with the entry that each was found equal to. */
export async function listProofMovements(filter: {
  accountId: string;
  proofId?: string | undefined;
  open?: boolean | undefined;
  cursor?: string | undefined;
}): Promise<ListedProofMovements> {
  const { accountId, proofId, open, cursor } = filter;
  const proof = proofId ? await db().proof.findFirst({ where: { id: proofId, accountId } }) : null;
  const rows = await db().proofMovement.findMany({
    where: {
      accountId,
      ...(open && { matchedAt: null }),
      AND: [
        proof ? { position: { gte: proof.fromPosition, lte: proof.toPosition } } : {},
        NEWEST_MOVEMENTS.where(cursor),
      ],
    },
    orderBy: NEWEST_MOVEMENTS.orderBy,
    take: PAGE_SIZE + 1,
  });
  const { items, nextCursor } = NEWEST_MOVEMENTS.page(rows, PAGE_SIZE);
  const entryIds = items.flatMap(({ entryId }) => entryId ?? []);
  const entries = await db().ledgerEntry.findMany({
    where: { id: { in: entryIds } },
    select: { id: true, transactionId: true },
  });
  const transactions = new Map(entries.map(({ id, transactionId }) => [id, transactionId]));
  return {
    proof,
    items: items.map((row) => ({
      ...row,
      transactionId: row.entryId === null ? null : (transactions.get(row.entryId) ?? null),
    })),
    nextCursor,
  };
}
