import { system } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { lockRow } from '~/lib/lock';
import { CHAIN, type Divergence, FOLLOWING, openBreaks } from '~/lib/proof/breaks';
import { movementFacts } from '~/lib/proof/movement-facts';
import type { RailMovement } from '~/lib/rails/rail-says';
import type { ProofMovement } from '~/prisma/generated/client';

/**
 * Puts Fintoc's order in the place of ours, for movements of ours that stand in a row; both oldest first. What Fintoc
 * lists and we lack is new, what it lists no more is retracted, and what stands behind moves up or down by as many.
 */
export async function splice(
  accountId: string,
  window: ProofMovement[],
  wanted: RailMovement[],
): Promise<void> {
  const differs = wanted.findIndex((theirs, nth) => !isAsHeld(window[nth], theirs));
  const from = differs < 0 ? wanted.length : differs;
  if (from >= window.length && from >= wanted.length) return;
  await transaction((tx) => renumber(tx, accountId, { window, wanted, from }));
}

/** Whether Fintoc still says of a movement what it said when it was read. */
export function isAsHeld(ours: ProofMovement | undefined, theirs: RailMovement): boolean {
  return ours !== undefined && isOne(ours, theirs) && ours.balance === theirs.balance;
}

/** Under its id another amount is another movement: the one that was proven is gone. */
function isOne(ours: ProofMovement, theirs: RailMovement): boolean {
  return ours.id === theirs.id && ours.direction === theirs.direction && ours.amount === theirs.amount;
}

type Change = {
  window: ProofMovement[];
  wanted: RailMovement[];
  /** Of the first place in which they differ. */
  from: number;
};

/** Far from the numbers in use: positions are counted one by one. */
const ASIDE = 2n ** 40n;

async function renumber(tx: Tx, accountId: string, { window, wanted, from }: Change): Promise<void> {
  await lockRow(tx, 'proof_states', accountId);
  const missing = window.slice(from).filter((ours) => !wanted.some((theirs) => isOne(ours, theirs)));
  const start = window[from]?.position ?? (window.at(-1)?.position ?? 0n) + 1n;
  const rest = wanted.slice(from);
  // What Fintoc lists here may stand elsewhere with us: it moved, and leaves no gap there.
  const elsewhere = await tx.proofMovement.findMany({
    where: { accountId, id: { in: rest.map(({ id }) => id), notIn: missing.map(({ id }) => id) } },
  });
  const held = elsewhere.filter((ours) => rest.some((theirs) => isOne(ours, theirs)));
  const gone = [...missing, ...elsewhere.filter((ours) => !held.includes(ours))];
  const low = elsewhere.reduce((least, { position }) => (position < least ? position : least), start);
  await rewind(tx, accountId, low);
  await retract(tx, accountId, gone);
  await tx.proofMovement.updateMany({
    where: { accountId, position: { gte: low } },
    data: { position: { increment: ASIDE } },
  });
  const known = new Set(held.map(({ id }) => id));
  const added = rest.filter(({ id }) => !known.has(id));
  await tx.proofMovement.createMany({
    data: added.map((movement, nth) => movementFacts(accountId, movement, 2n * ASIDE + BigInt(nth))),
  });
  await putInOrder(tx, accountId, { low, start, rest });
  const { asset } = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
  const end = start + BigInt(rest.length);
  await openBreaks(tx, { id: accountId, asset }, await unfollowing(tx, accountId, { from: low, to: end }));
  await recordAudit(tx, system('proof'), {
    action: 'proof.movements_changed',
    subject: 'fintoc',
    id: accountId,
    before: { movements: gone.map(({ id, direction, amount }) => ({ id, direction, amount })) },
    after: { movements: added.map(({ id }) => id) },
  });
}

/**
 * Counts what was put aside anew from `low` on, without a gap: what stood before the place, then what Fintoc lists
 * there, then what stood behind it. And takes over the balances that Fintoc states.
 */
async function putInOrder(
  tx: Tx,
  accountId: string,
  { low, start, rest }: { low: bigint; start: bigint; rest: RailMovement[] },
): Promise<void> {
  const places = JSON.stringify(rest.map(({ id, balance }, nth) => ({ id, nth, balance: String(balance) })));
  await tx.$executeRaw`
    WITH places AS (SELECT * FROM jsonb_to_recordset(${places}::jsonb) AS r(id text, nth int, balance bigint)),
    ordered AS (
      SELECT m.id, r.balance, row_number() OVER (ORDER BY
        CASE WHEN r.id IS NOT NULL THEN 1 WHEN m.position < ${start + ASIDE} THEN 0 ELSE 2 END, r.nth, m.position) AS nth
      FROM proof_movements m LEFT JOIN places r ON r.id = m.id
      WHERE m.account_id = ${accountId} AND m.position >= ${ASIDE / 2n})
    UPDATE proof_movements m SET position = ${low} + o.nth - 1, balance = coalesce(o.balance, m.balance)
    FROM ordered o WHERE m.id = o.id`;
}

/** What Fintoc took back is kept as it was; its entries stand for nothing at Fintoc from here on. */
async function retract(tx: Tx, accountId: string, gone: ProofMovement[]): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await tx.$executeRaw`
    INSERT INTO retracted_movements (id, account_id, facts)
    SELECT id, account_id, to_jsonb(m) FROM proof_movements m WHERE id = ANY (${ids}) ON CONFLICT (id) DO NOTHING`;
  await tx.$executeRaw`
    UPDATE proof_states SET entries_through = least(entries_through, (
      SELECT min(e.sequence) - 1 FROM ledger_entries e WHERE e.id IN (
        SELECT entry_id FROM proof_movements WHERE id = ANY (${ids})
        UNION SELECT entry_id FROM proof_exemptions WHERE movement_id = ANY (${ids}))))
    WHERE account_id = ${accountId}`;
  await tx.proofExemption.deleteMany({ where: { movementId: { in: ids } } });
  await tx.proofMovement.deleteMany({ where: { id: { in: ids } } });
}

/** The proof stands at the last movement before the first that changed, and goes on from there. */
async function rewind(tx: Tx, accountId: string, start: bigint): Promise<void> {
  const state = await tx.proofState.findUniqueOrThrow({ where: { accountId } });
  if (state.provenPosition === null || state.provenPosition < start) return;
  const undone = await tx.proofMovement.count({
    where: { accountId, position: { gte: start, lte: state.provenPosition } },
  });
  const last = await tx.proofMovement.findFirst({
    where: { accountId, position: { lt: start } },
    orderBy: { position: 'desc' },
  });
  await tx.proofState.update({
    where: { accountId },
    data: {
      provenMovementId: last?.id ?? null,
      provenMovementAt: last?.at ?? null,
      provenPosition: last?.position ?? null,
      provenBalance: last?.balance ?? 0n,
      provenCount: state.provenCount - BigInt(undone),
      ...(!last && { difference: 0n }),
    },
  });
}

/** The matched movements of these positions whose balance doesn't follow; the others are compared anyway. */
export async function unfollowing(
  tx: Tx,
  accountId: string,
  { from, to }: { from: bigint; to: bigint },
): Promise<Divergence[]> {
  const rows = await tx.$queryRaw<
    Pick<Divergence, 'movementId' | 'transferId' | 'expected' | 'actual' | 'at'>[]
  >`
    SELECT m.id AS "movementId", m.resource_id AS "transferId", m.balance AS expected,
           ${FOLLOWING}::bigint AS actual, m.at
    FROM ${CHAIN}
    WHERE m.account_id = ${accountId} AND m.position BETWEEN ${from} AND ${to}
      AND m.matched_at IS NOT NULL AND m.balance <> ${FOLLOWING}
    ORDER BY m.position`;
  return rows.map((row) => ({
    ...row,
    kind: 'order' as const,
    entryId: null,
    walletId: null,
    ownerWalletId: null,
  }));
}
