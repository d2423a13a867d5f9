import { db, type Tx } from '~/lib/db';
import { UNMATCHED } from '~/lib/gate/unmatched';
import { cash } from '~/lib/ledger/chart';
import type { Books, CashEntry, Comparison, Movement } from '~/lib/proof/compare';
import { Prisma } from '~/prisma/generated/client';

/** Rows compared at once; a backlog takes more turns. */
const BATCH = 5_000;

export type ProvenAccount = { id: string; asset: string };
type CashAccount = { id: bigint };

export async function cashAccountOf({ id, asset }: ProvenAccount): Promise<CashAccount | null> {
  const { code } = cash(id, asset);
  return db().ledgerAccount.findUnique({ where: { code_asset: { code, asset } }, select: { id: true } });
}

/** Movements and entries that are unmatched yet; `read`: all that Fintoc has was read. */
export async function loadBooks(
  { id: accountId }: ProvenAccount,
  account: CashAccount | null,
  { read, readAt, graceMs }: { read: boolean; readAt: Date; graceMs: number },
): Promise<Books & { full: boolean }> {
  const movements = await openMovements(accountId);
  const ids = [...new Set(movements.flatMap(({ resourceId }) => (resourceId ? [resourceId] : [])))];
  const full = movements.length === BATCH;
  const [asked, settling, left] = account
    ? await Promise.all([
        entriesOfTransfers(account, ids),
        settlingEntries(account, movements),
        full || !read ? [] : entriesLeft(accountId, account),
      ])
    : [[], [], []];
  const entries = [...new Map([...asked, ...settling, ...left].map((entry) => [entry.id, entry])).values()];
  const complete = read && !full && left.length < BATCH;
  return { movements, entries, complete, full, readAt, now: new Date(), graceMs };
}

/**
 * Opens again what was skipped as two movements that undo each other, once the books hear of their transfer after all:
 * its webhooks come one by one, and until the last of them is here the entry of the first one has its movement there.
 */
export async function reopenUndone(
  { id: accountId }: ProvenAccount,
  account: CashAccount | null,
): Promise<void> {
  if (!account) return;
  await db().$executeRaw`
    UPDATE proof_movements m SET matched_at = NULL
    FROM proof_states s
    WHERE s.account_id = ${accountId} AND m.account_id = s.account_id AND m.matched_at IS NOT NULL AND m.entry_id IS NULL
      AND m.resource_id IN (
        SELECT t.transfer_id FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
        WHERE e.account_id = ${account.id} AND e.sequence > s.entries_through AND ${UNMATCHED})`;
}

async function openMovements(accountId: string): Promise<Movement[]> {
  return db().$queryRaw<Movement[]>`
    SELECT m.id, CASE m.direction WHEN 'inbound' THEN m.amount ELSE -m.amount END AS amount, m.balance,
           m.resource_id AS "resourceId", m.at, m.read_at AS "readAt",
           coalesce(p.balance, CASE WHEN s.reached_start THEN 0 END) AS before,
           EXISTS (SELECT 1 FROM inbox_events w
                   WHERE w.object_id = m.resource_id AND w.state IN ('received', 'retrying')) AS "underWay"
    FROM proof_movements m
    JOIN proof_states s ON s.account_id = m.account_id
    LEFT JOIN proof_movements p ON p.account_id = m.account_id AND p.position = m.position - 1
    WHERE m.account_id = ${accountId} AND m.matched_at IS NULL
    ORDER BY m.position LIMIT ${BATCH}`;
}

function entriesOfTransfers({ id }: CashAccount, ids: string[]): Promise<CashEntry[]> {
  return entriesWhere(Prisma.sql`e.account_id = ${id} AND t.transfer_id = ANY (${ids}) AND ${UNMATCHED}`);
}

/** Adjustments against the cash that were approved to settle a break of these movements. */
function settlingEntries({ id }: CashAccount, movements: Movement[]): Promise<CashEntry[]> {
  return entriesWhere(Prisma.sql`e.account_id = ${id} AND ${UNMATCHED} AND t.cause_kind = 'adjustment' AND t.step = 'posted' AND t.cause_id IN (
    SELECT a.id::text FROM proof_breaks b JOIN adjustments a ON a.break_id = b.id::text
    WHERE b.movement_id = ANY (${movements.map((movement) => movement.id)}))`);
}

async function entriesLeft(accountId: string, { id }: CashAccount): Promise<CashEntry[]> {
  const { entriesThrough } = await db().proofState.findUniqueOrThrow({ where: { accountId } });
  return entriesWhere(Prisma.sql`e.account_id = ${id} AND e.sequence > ${entriesThrough} AND ${UNMATCHED}`);
}

function entriesWhere(condition: Prisma.Sql): Promise<CashEntry[]> {
  return db().$queryRaw<CashEntry[]>`
    SELECT e.id, t.transfer_id AS "transferId", e.amount, e.posted_at AS "postedAt",
           (SELECT w.wallet_id FROM ledger_entries w
            WHERE w.transaction_id = t.id AND w.kind = 'deposit' AND w.wallet_id IS NOT NULL LIMIT 1) AS "walletId",
           ${OWNER} AS "ownerWalletId",
           CASE t.cause_kind WHEN 'adjustment' THEN (
             SELECT jsonb_build_object('movementId', b.movement_id, 'entryId', b.entry_id::text)
             FROM adjustments a JOIN proof_breaks b ON b.id::text = a.break_id
             WHERE a.id = t.cause_id::uuid) END AS settles
    FROM ledger_entries e
    JOIN ledger_transactions t ON t.id = e.transaction_id
    LEFT JOIN transfers f ON f.id = t.transfer_id
    WHERE ${condition}
    ORDER BY e.sequence LIMIT ${BATCH}`.then((rows) => rows.map(withSettled));
}

/** Whose the account number of the transfer f is, or was before its wallet moved; else whose the account is, where one wallet has it for itself. */
export const OWNER = Prisma.sql`coalesce(
  (SELECT h.wallet_id FROM wallet_assets h WHERE h.account_number_id = f.account_number_id),
  (SELECT m.wallet_id FROM pattern_moves m WHERE m.from_number_id = f.account_number_id AND m.switched_at IS NOT NULL LIMIT 1),
  (SELECT max(h.wallet_id::text)::uuid FROM wallet_assets h
   WHERE h.account_id = f.account_id AND h.pattern IN ('B', 'C') HAVING count(*) = 1))`;

function withSettled({ settles, ...entry }: CashEntry): CashEntry {
  const told = settles as { movementId: string | null; entryId: string | null } | null;
  return {
    ...entry,
    // About a difference of amounts the movement speaks for both.
    settles: told && {
      movementId: told.movementId,
      entryId: told.movementId === null && told.entryId !== null ? BigInt(told.entryId) : null,
    },
  };
}

/** Writes down what was found equal. Doing it twice changes nothing. */
export async function saveMatches(
  tx: Tx,
  accountId: string,
  { matches, cancelled }: Comparison,
): Promise<void> {
  const rows = matches.map(({ movementId, entryIds: [entryId, ...others] }) => ({
    movement: movementId,
    entry: entryId === undefined ? null : String(entryId),
    others: others.map(String),
  }));
  await tx.$executeRaw`
    UPDATE proof_movements m SET matched_at = now(), entry_id = r.entry
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(movement text, entry bigint)
    WHERE m.id = r.movement AND m.matched_at IS NULL`;
  const exempt = [
    ...rows.flatMap(({ movement, others }) => others.map((id) => ({ id: BigInt(id), movementId: movement }))),
    ...cancelled.map((id) => ({ id, movementId: null })),
  ];
  if (exempt.length === 0) return;
  await tx.proofExemption.createMany({
    data: exempt.map(({ id, movementId }) => ({ entryId: id, accountId, movementId })),
    skipDuplicates: true,
  });
}
