import { createHash } from 'node:crypto';
import { backoffMs } from '~/lib/backoff';
import { db, type Tx, transaction } from '~/lib/db';
import { requireSeenAtFintoc } from '~/lib/gate/confirmed';
import { moveHeldBack } from '~/lib/gate/moving';
import { incoming, suspense } from '~/lib/ledger/chart';
import { postTransaction } from '~/lib/ledger/post';
import { lockRow } from '~/lib/lock';
import { leftBehind, owedBack } from '~/lib/patterns/money';
import { railOf } from '~/lib/rails/registry';
import { applySightings } from '~/lib/transfers/apply';
import { pair } from '~/lib/transfers/postings';
import { explainAsMove } from '~/lib/transfers/unexplained';
import { type PatternMove, type PatternPayment, Prisma } from '~/prisma/generated/client';

/** So long after one that came back the next is sent, twice as long after each further one. */
/** Nothing is left to chance: whether it is time is asked again and again. */
const AGAIN = { firstMs: 10_000, mostMs: 3_600_000, spread: 0 };
const CONCEPT = 'Traspaso entre cuentas propias';

/** The move's own name of a payment: books of before it was made give it again. */
export function paymentIdOf(moveId: string, nth: number): string {
  const hex = createHash('sha256').update(`pattern_move:${moveId}:${nth}`).digest('hex');
  // A UUID of version 8, which is anybody's own (RFC 9562).
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/**
 * Writes down a payment of what stands in the former account and none brings along yet, or of what has to go back there.
 * The move is locked. What stands at the rail under its name already, because these books are older, keeps its amount: the
 * next one brings the rest.
 */
export async function decideOnPayment(tx: Tx, move: PatternMove): Promise<void> {
  const way = await wayOf(tx, move);
  if (!way) return;
  const payments = await tx.patternPayment.findMany({ where: { moveId: move.id }, orderBy: { nth: 'asc' } });
  if (isTooSoon(payments)) return;
  const nth = payments.length;
  const id = paymentIdOf(move.id, nth);
  const standing = await standingUnder(tx, id, way.fromAccountId);
  await tx.patternPayment.create({
    data: {
      ...{ id, moveId: move.id, nth, walletId: move.walletId, asset: move.asset },
      ...{ ...way, amount: standing?.amount ?? way.amount },
    },
  });
}

/** After the wallet, or back to where a bank took what had gone along. */
async function wayOf(tx: Tx, move: PatternMove) {
  const { fromAccountId, backNumberId } = move;
  const left = await leftBehind(tx, move);
  if (left === 0n) return null;
  const goal = await goalOf(tx, move);
  if (left > 0n) return { fromAccountId, ...goal, amount: left };
  const { amount } = await owedBack(tx, move);
  if (amount === 0n || backNumberId === null) return null;
  const { number: destination } = await tx.accountNumber.findUniqueOrThrow({ where: { id: backNumberId } });
  const back = { toAccountId: fromAccountId, toNumberId: backNumberId, destination };
  return { fromAccountId: goal.toAccountId, ...back, amount };
}

function isTooSoon(payments: PatternPayment[]): boolean {
  const last = payments.at(-1);
  if (last?.state !== 'failed') return false;
  const failures = payments.length - 1 - payments.findLastIndex(({ state }) => state !== 'failed');
  return last.createdAt.getTime() + backoffMs(AGAIN, failures) > Date.now();
}

/** Where the wallet is by now: after another move that isn't where this one went. */
async function goalOf(tx: Tx, { walletId, asset }: PatternMove) {
  const latest = await tx.patternMove.findFirstOrThrow({
    where: { walletId, asset, switchedAt: { not: null } },
    orderBy: { switchedAt: 'desc' },
  });
  const { toAccountId, arrivalNumberId } = latest;
  if (!toAccountId || !arrivalNumberId) throw new Error('A move that switched has its account and numbers.');
  const { number } = await tx.accountNumber.findUniqueOrThrow({ where: { id: arrivalNumberId } });
  return { toAccountId, toNumberId: arrivalNumberId, destination: number };
}

/** A payment that left under this name, by the mark on it, and that these books could not explain. */
async function standingUnder(tx: Tx, id: string, accountId: string) {
  return tx.transfer.findFirst({
    where: {
      accountId,
      purpose: 'unexplained',
      unexplained: { withdrawalId: id },
      state: { in: ['pending', 'succeeded'] },
    },
  });
}

class KeptBack extends Error {}

/** Takes a payment as far as it goes now. Answers what it waits for; null once it has arrived or came back. */
export async function advancePayment(id: string): Promise<string | null> {
  let payment = await db().patternPayment.findUniqueOrThrow({ where: { id } });
  if (payment.state === 'due') {
    if (!(await adopt(payment))) {
      const held = await send(payment);
      if (held) return held;
    }
    payment = await db().patternPayment.findUniqueOrThrow({ where: { id } });
  }
  return payment.state === 'sent' ? settle(payment) : null;
}

/** Whether it stood at the rail, unexplained: books that were restored know it again. */
async function adopt({ id }: PatternPayment): Promise<boolean> {
  return transaction(async (tx) => {
    const payment = await lockPayment(tx, id);
    if (payment.state !== 'due') return true;
    const standing = await standingUnder(tx, id, payment.fromAccountId);
    if (
      !standing ||
      standing.amount !== payment.amount ||
      standing.counterpartyNumber !== payment.destination
    )
      return false;
    await explainAsMove(tx, standing.id, payment.toAccountId);
    await tx.patternPayment.update({ where: { id }, data: { state: 'sent', transferId: standing.id } });
    return true;
  });
}

/** Asks the rail for it, once, ever. Answers what the gate keeps it back for. */
async function send(payment: PatternPayment): Promise<string | null> {
  const { id, walletId, asset, amount, fromAccountId, destination } = payment;
  const { entity } = await db().account.findUniqueOrThrow({
    where: { id: payment.toAccountId },
    select: { entity: { select: { holderName: true } } },
  });
  const rail = railOf(fromAccountId);
  try {
    // First without taking a turn, which is others' while it waits.
    await requirePassing(id);
    const transfer = await rail.payOwn(
      {
        ...{ accountId: fromAccountId, amount, asset, destinationKind: 'clabe', destination },
        ...{
          name: rail.printed(entity.holderName) || null,
          taxId: null,
          comment: CONCEPT,
          referenceId: null,
        },
        marks: { withdrawalId: id, walletId },
        since: payment.createdAt,
      },
      () => requirePassing(id),
    );
    await transaction(async (tx) => {
      const [applied] = await applySightings(tx, [{ transfer, origin: 'submission', saidAt: new Date() }]);
      if (applied?.outcome === 'refused') throw new Error(`${transfer.id}: ${applied.reason}`);
    });
    return null;
  } catch (error) {
    if (error instanceof KeptBack) return error.message;
    throw error;
  }
}

/** Asks the gate under the payment's lock. */
async function requirePassing(id: string): Promise<void> {
  const reason = await transaction(async (tx) => {
    const { state, heldReason } = await lockPayment(tx, id);
    if (state !== 'due') return 'sent_already';
    const held = await moveHeldBack(tx, id);
    if (held !== heldReason) await tx.patternPayment.update({ where: { id }, data: { heldReason: held } });
    return held;
  });
  if (reason) throw new KeptBack(reason);
}

const GONE = ['failed', 'rejected', 'returned'] as const;

/** It has arrived once the new account's movements show it. What came back is the former account's again. */
async function settle({ id, transferId }: PatternPayment): Promise<string | null> {
  return transaction(async (tx) => {
    const payment = await lockPayment(tx, id);
    if (payment.state !== 'sent') return null;
    const transfer = await tx.transfer.findUniqueOrThrow({ where: { id: transferId ?? '' } });
    if (GONE.some((state) => state === transfer.state)) {
      const failureCode = transfer.returnReason ?? transfer.errorReason ?? transfer.state;
      await tx.patternPayment.update({ where: { id }, data: { state: 'failed', failureCode } });
      return null;
    }
    if (transfer.state !== 'succeeded') return 'payment_pending';
    const arrivalId = payment.arrivalId ?? (await arrivalOf(tx, payment, transfer.trackingKey));
    if (!arrivalId) return 'arrival_missing';
    await requireSeenAtFintoc(tx, arrivalId);
    await tx.patternPayment.update({
      where: { id },
      data: { state: 'arrived', arrivalId, arrivedAt: new Date(), heldReason: null },
    });
    return null;
  });
}

/** What came of it in the new account: on the number that is for it alone, of its amount, and nothing else's. */
async function arrivalOf(
  tx: Tx,
  payment: PatternPayment,
  trackingKey: string | null,
): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ id: string; suspended: boolean }[]>`
    SELECT f.id, f.suspense_reason IS NOT NULL AS suspended FROM transfers f
    WHERE f.direction = 'inbound' AND f.account_number_id = ${payment.toNumberId} AND f.amount = ${payment.amount}
      AND f.state = 'succeeded' AND (f.purpose = 'move' OR f.suspense_reason = 'unknown_number')
      AND NOT EXISTS (SELECT 1 FROM pattern_payments z WHERE z.arrival_id = f.id)
    ORDER BY f.tracking_key IS NOT DISTINCT FROM ${trackingKey}::text DESC, f.transacted_at, f.id
    LIMIT 1 FOR UPDATE OF f`;
  if (found?.suspended) await takeFromSuspense(tx, found.id, payment);
  return found?.id ?? null;
}

/** Books that knew neither the number nor the move when it came had it wait there. */
async function takeFromSuspense(tx: Tx, transferId: string, payment: PatternPayment): Promise<void> {
  const { asset, amount, toAccountId } = payment;
  await postTransaction(tx, {
    cause: { kind: 'transfer', id: transferId, step: 'bring_along' },
    kind: 'move_arrived',
    effectiveAt: new Date(),
    transferId,
    lines: pair(suspense(asset), incoming(toAccountId, asset), amount),
  });
  await tx.transfer.update({
    where: { id: transferId },
    data: { purpose: 'move', suspenseReason: null, suspenseSince: null },
  });
}

async function lockPayment(tx: Tx, id: string): Promise<PatternPayment> {
  await lockRow(tx, 'pattern_payments', id);
  return tx.patternPayment.findUniqueOrThrow({ where: { id } });
}

/** Moves whose former account may have got something since it was last looked at, or has something to bring along. */
export const MAY_HAVE_MORE = Prisma.sql`
  SELECT m.id::text AS item FROM pattern_moves m
  WHERE m.state = 'moved' AND (
    EXISTS (SELECT 1 FROM pattern_payments z WHERE z.move_id = m.id AND z.state IN ('due', 'sent'))
    OR EXISTS (
      SELECT 1 FROM transfers f WHERE f.wallet_id = m.wallet_id AND f.account_id = m.from_account_id
        AND f.updated_at > coalesce(m.looked_at, m.switched_at) - interval '5 minutes')
    OR (m.waits_for = 'debt_unpaid' AND m.looked_at < now() - interval '1 minute')
    OR (SELECT z.state FROM pattern_payments z WHERE z.move_id = m.id ORDER BY z.nth DESC LIMIT 1) = 'failed')
  ORDER BY m.switched_at`;
