import { db, type Tx, transaction } from '~/lib/db';
import { movementPage } from '~/lib/fintoc/gateway';
import { Unreadable } from '~/lib/fintoc/unreadable';
import { CHAIN, type Divergence, FOLLOWING, openBreaks, STANDING } from '~/lib/proof/breaks';
import type { ProvenAccount } from '~/lib/proof/matching';

/** So many breaks of order are asked for in one turn; the others in the next. */
const MOST_AT_ONCE = 5;
/** So far Fintoc is followed when it numbered anew; the rest shows as a break, and is asked for in the next turn. */
const MAX_WINDOWS = 20;
/** Of positions; less than what a page of Fintoc's holds, so that the one before the first is on it as well. */
const WINDOW = 90n;

/**
 * Asks Fintoc again for the movements whose balances didn't follow from one to the next, and takes over what it says
 * of them by now. A break whose balances follow is cured with the others; what doesn't follow now is one.
 */
export async function rereadOrder(account: ProvenAccount): Promise<void> {
  const { id: accountId } = account;
  const broken = await db().$queryRaw<{ id: string; position: bigint }[]>`
    SELECT b.id, m.position FROM proof_breaks b JOIN proof_movements m ON m.id = b.movement_id
    WHERE b.account_id = ${accountId} AND b.kind = 'order' AND b.state::text = ANY (${[...STANDING]})
    ORDER BY b.tried_at, m.position LIMIT ${MOST_AT_ONCE}`;
  for (const { id, position } of broken) {
    await followFrom(account, position);
    await db().proofBreak.update({ where: { id }, data: { triedAt: new Date() } });
  }
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
async function balancesUpTo(accountId: string, to: bigint) {
  const after = await db().proofMovement.findFirst({
    where: { accountId, position: { gte: to } },
    orderBy: { position: 'asc' },
    select: { id: true },
  });
  const page = await movementPage(accountId, after ? { starting_after: after.id } : {});
  return page.flatMap((item) => (item instanceof Unreadable ? [] : [item]));
}

type Told = Awaited<ReturnType<typeof balancesUpTo>>;

/** Only balances: a movement of another amount is another movement, and its break stands. */
async function takeOver(
  tx: Tx,
  account: ProvenAccount,
  told: Told,
  { from, to }: { from: bigint; to: bigint },
) {
  const { id: accountId } = account;
  await tx.$queryRaw`SELECT 1 AS locked FROM proof_states WHERE account_id = ${accountId} FOR UPDATE`;
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
