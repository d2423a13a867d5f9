import { db, type Tx, transaction } from '~/lib/db';
import { lockRow } from '~/lib/lock';
import { openBreaks, STANDING } from '~/lib/proof/breaks';
import type { ProvenAccount } from '~/lib/proof/matching';
import { isAsHeld, splice, unfollowing } from '~/lib/proof/splice';
import { Unreadable } from '~/lib/rails/failures';
import type { RailMovement } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';
import type { ProofMovement } from '~/prisma/generated/client';

/** Breaks of order asked about in one turn; the others follow in the next. */
const MOST_AT_ONCE = 5;
/** How far Fintoc's new numbering is followed; the rest shows as a break and is asked about in the next turn. */
const MAX_WINDOWS = 20;
/** How many pages back a late movement is looked for in one turn. */
const MAX_BACK = 200;
/** In positions; less than a rail's page, so that the one before the first is on it too. */
const WINDOW = 90n;

/**
 * Asks Fintoc again for the movements whose balances didn't follow from one to the next, and takes over what it says
 * of them by now. A break whose balances follow is cured with the others; what doesn't follow now is one.
 */
export async function rereadOrder(account: ProvenAccount): Promise<void> {
  const { id: accountId } = account;
  const broken = await db().$queryRaw<{ id: string; movementId: string }[]>`
    SELECT b.id, m.id AS "movementId" FROM proof_breaks b JOIN proof_movements m ON m.id = b.movement_id
    WHERE b.account_id = ${accountId} AND b.kind = 'order' AND b.state::text = ANY (${[...STANDING]})
    ORDER BY b.tried_at, m.position LIMIT ${MOST_AT_ONCE}`;
  for (const { id, movementId } of broken) {
    await alignBefore(accountId, movementId);
    const { position } = await db().proofMovement.findUniqueOrThrow({ where: { id: movementId } });
    await followFrom(account, position);
    await db().proofBreak.update({ where: { id }, data: { triedAt: new Date() } });
  }
}

/**
 * Fintoc may list a movement late, behind so many newer ones that the newest page doesn't show it: all of those have
 * other balances by then. Walks back from a movement whose balance doesn't follow to the first that Fintoc still
 * states as we hold it, and takes over everything between the two.
 */
async function alignBefore(accountId: string, movementId: string): Promise<void> {
  const rail = railOf(accountId);
  const listed: RailMovement[] = [];
  let after = movementId;
  let oldestHeld: bigint | null = null;
  for (let pages = 0; pages < MAX_BACK; pages += 1) {
    const page = await rail.movements(accountId, { olderThan: after });
    const readable = page.flatMap((item) => (item instanceof Unreadable ? [] : [item]));
    if (readable.length < page.length) return;
    const held = await heldOf(accountId, readable);
    const anchor = readable.findIndex((theirs) => {
      const ours = held.get(theirs.id);
      const isOldest = ours !== undefined && (oldestHeld === null || ours.position < oldestHeld);
      if (isOldest) oldestHeld = ours.position;
      // One that stands before others of these with us has moved itself.
      return isOldest && isAsHeld(ours, theirs);
    });
    listed.push(...(anchor < 0 ? readable : readable.slice(0, anchor + 1)));
    const oldest = readable.at(-1);
    if (anchor >= 0 || !oldest || page.length < rail.facts().movementsPerPage)
      return splice(
        accountId,
        await between(accountId, anchor < 0 ? null : readable[anchor], movementId),
        listed.reverse(),
      );
    after = oldest.id;
  }
}

async function heldOf(accountId: string, listed: RailMovement[]): Promise<Map<string, ProofMovement>> {
  const ids = listed.map(({ id }) => id);
  const rows = await db().proofMovement.findMany({ where: { accountId, id: { in: ids } } });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Ours from the first of two movements on, or from the beginning, up to before the second; oldest first. */
async function between(
  accountId: string,
  first: { id: string } | null | undefined,
  end: string,
): Promise<ProofMovement[]> {
  const [from, to] = await Promise.all(
    [first?.id, end].map((id) => (id ? db().proofMovement.findUniqueOrThrow({ where: { id } }) : null)),
  );
  return db().proofMovement.findMany({
    where: {
      accountId,
      AND: [from ? { position: { gte: from.position } } : {}, to ? { position: { lt: to.position } } : {}],
    },
    orderBy: { position: 'asc' },
  });
}

/** Window after window, as long as the last movement of one has another balance than we knew. */
async function followFrom(account: ProvenAccount, first: bigint): Promise<void> {
  let from = first;
  for (let windows = 0; windows < MAX_WINDOWS; windows += 1) {
    const to = from + WINDOW;
    const balances = await balancesUpTo(account.id, to);
    const changed = await transaction((tx) => takeOver(tx, account, balances, { from, to }));
    if (!changed.some(({ position }) => position >= to - 1n)) return;
    from = to;
  }
}

/** What Fintoc lists just before the movement after these. */
async function balancesUpTo(accountId: string, to: bigint): Promise<RailMovement[]> {
  const after = await db().proofMovement.findFirst({
    where: { accountId, position: { gte: to } },
    orderBy: { position: 'asc' },
    select: { id: true },
  });
  const page = await railOf(accountId).movements(accountId, after ? { olderThan: after.id } : null);
  return page.flatMap((item) => (item instanceof Unreadable ? [] : [item]));
}

/** Only balances: a movement of another amount is another movement, and its break stands. */
async function takeOver(
  tx: Tx,
  account: ProvenAccount,
  told: readonly RailMovement[],
  { from, to }: { from: bigint; to: bigint },
) {
  const { id: accountId } = account;
  await lockRow(tx, 'proof_states', accountId);
  const rows = told.map(({ id, amount, balance, direction }) => ({
    id,
    amount: String(amount),
    balance: String(balance),
    direction,
  }));
  const changed = await tx.$queryRaw<{ position: bigint }[]>`
    UPDATE proof_movements m SET balance = r.balance
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id text, amount bigint, balance bigint, direction text)
    WHERE m.id = r.id AND m.account_id = ${accountId} AND m.amount = r.amount AND m.direction::text = r.direction
      AND m.balance <> r.balance
    RETURNING m.position`;
  if (changed.length === 0) return changed;
  // Ours after the proven movement stays what it was: what Fintoc says of it is another.
  await tx.$executeRaw`
    UPDATE proof_states s SET difference = s.difference + m.balance - s.proven_balance, proven_balance = m.balance
    FROM proof_movements m
    WHERE s.account_id = ${accountId} AND m.id = s.proven_movement_id AND m.balance <> s.proven_balance`;
  const positions = changed.map(({ position }) => position);
  await openBreaks(
    tx,
    account,
    await unfollowing(tx, accountId, { from: least(positions, from), to: to + 1n }),
  );
  return changed;
}

const least = (positions: bigint[], from: bigint) => positions.reduce((a, b) => (b < a ? b : a), from);
