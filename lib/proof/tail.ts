import { SYSTEM } from '~/lib/actor';
import { recordAudit } from '~/lib/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { PAGE_LIMIT } from '~/lib/fintoc/gateway';
import type { FintocMovement } from '~/lib/fintoc/translate';
import { openBreaks } from '~/lib/proof/breaks';
import { movementFacts } from '~/lib/proof/movement-facts';
import { unfollowing } from '~/lib/proof/reorder';
import type { ProofMovement } from '~/prisma/generated/client';

/**
 * Compares the newest movements of an account with those that we hold: Fintoc may take one back, or list one late,
 * behind newer ones, or say another balance or amount of one that was proven. Ours take Fintoc's order; an entry whose movement is gone has none any more, and the proof goes
 * back to before the first that changed. Answers whether the page reaches back to what we hold; only then was it
 * compared.
 */
export async function alignTail(accountId: string, page: FintocMovement[]): Promise<boolean> {
  const ours = await db().proofMovement.findMany({
    where: { accountId },
    orderBy: { position: 'desc' },
    take: 2 * PAGE_LIMIT,
  });
  const listed = new Set(page.map(({ id }) => id));
  const isAll = page.length < PAGE_LIMIT;
  const oldest = ours.findLast(({ id }) => listed.has(id));
  if (!oldest && !isAll) return false;
  const window = isAll ? ours : ours.filter(({ position }) => position >= (oldest?.position ?? 0n));
  const wanted = oldestFirst(page, isAll ? null : (oldest?.id ?? null));
  const same = window.reverse();
  const differs = wanted.findIndex((theirs, nth) => !isAsHeld(same[nth], theirs));
  const from = differs < 0 ? wanted.length : differs;
  // Only new ones after all that we hold, mostly none at all.
  if (from >= same.length) return true;
  await transaction((tx) => renumber(tx, accountId, { window: same, wanted, from }));
  return true;
}

/** Whether Fintoc still says of a movement what it said when it was read. */
function isAsHeld(ours: ProofMovement | undefined, theirs: FintocMovement): boolean {
  return ours !== undefined && isOne(ours, theirs) && ours.balance === theirs.balance;
}

/** Under its id another amount is another movement: the one that was proven is gone. */
function isOne(ours: ProofMovement, theirs: FintocMovement): boolean {
  return ours.id === theirs.id && ours.direction === theirs.direction && ours.amount === theirs.amount;
}

/** From the oldest that both sides have. */
function oldestFirst(page: FintocMovement[], from: string | null): FintocMovement[] {
  const listed = [...page].reverse();
  return from === null ? listed : listed.slice(listed.findIndex(({ id }) => id === from));
}

type Change = {
  /** Ours, oldest first. */
  window: ProofMovement[];
  /** Fintoc's, oldest first. */
  wanted: FintocMovement[];
  /** Of the first place in which they differ. */
  from: number;
};

/** Out of the way of the numbers in use: positions are counted one by one. */
const ASIDE = 2n ** 40n;

async function renumber(tx: Tx, accountId: string, { window, wanted, from }: Change): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM proof_states WHERE account_id = ${accountId} FOR UPDATE`;
  const gone = window.slice(from).filter((ours) => !wanted.some((theirs) => isOne(ours, theirs)));
  const start = window[from]?.position ?? (window.at(-1)?.position ?? 0n) + 1n;
  await rewind(tx, accountId, start);
  await retract(tx, accountId, gone);
  const kept = new Set(window.filter((each) => !gone.includes(each)).map(({ id }) => id));
  const rest = wanted.slice(from);
  await tx.proofMovement.updateMany({
    where: { accountId, position: { gte: start } },
    data: { position: { increment: ASIDE } },
  });
  await tx.proofMovement.createMany({
    data: rest.flatMap((movement, nth) =>
      kept.has(movement.id) ? [] : [movementFacts(accountId, movement, start + BigInt(nth))],
    ),
    skipDuplicates: true,
  });
  const places = rest.map(({ id, balance }, nth) => ({
    id,
    position: String(start + BigInt(nth)),
    balance: String(balance),
  }));
  await tx.$executeRaw`
    UPDATE proof_movements m SET position = r.position, balance = r.balance
    FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb) AS r(id text, position bigint, balance bigint)
    WHERE m.id = r.id AND m.account_id = ${accountId}`;
  const { asset } = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
  const end = start + BigInt(rest.length);
  await openBreaks(tx, { id: accountId, asset }, await unfollowing(tx, accountId, { from: start, to: end }));
  await recordAudit(tx, SYSTEM, {
    action: 'proof.movements_changed',
    subject: 'fintoc',
    id: accountId,
    before: { movements: gone.map(({ id, direction, amount }) => ({ id, direction, amount })) },
    after: { movements: rest.filter(({ id }) => !kept.has(id)).map(({ id }) => id) },
  });
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
