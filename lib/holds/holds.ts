import { type Actor, authorize, operatorOf, type Requester, system } from '~/lib/actor';
import { expireAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { authorOf, leftOf, lockHold, note, requireLeft } from '~/lib/holds/draws';
import { walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { MAX_AMOUNT } from '~/lib/money';
import { once } from '~/lib/once';
import { type Queue, workOff } from '~/lib/queue';
import { release } from '~/lib/transfers/postings';
import { momentOf, type Until } from '~/lib/until';
import { getInAsset, lockInAsset } from '~/lib/wallets/asset-wallets';
import { type Adjustment, type Hold, Prisma } from '~/prisma/generated/client';

/** A hold that nobody ends does so by itself within a year at most. */
export const MOST_DAYS = 366;

export type NewHold = {
  walletId: string;
  asset: string;
  /** In the smallest unit of the asset; at most what is available. */
  amount: bigint;
  reason: string;
  expiresAt: Until;
  requestId: string;
};

/**
 * Sets money of a wallet aside: it stays the wallet's and can't be spent until it is given back, captured, or its time
 * is over. Never more than is available (`insufficient_funds`). Asked twice with one requestId, it is one hold.
 */
export async function placeHold(actor: Requester, input: NewHold): Promise<Hold> {
  authorize(actor, 'wallets:freeze');
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'hold.place', requestId, content },
      (id) => tx.hold.findUniqueOrThrow({ where: { id } }),
      () => place(tx, actor, { ...input, expiresAt: momentOf(input.expiresAt) }),
    ),
  );
}

type Checked = NewHold & { expiresAt: Date };

/** As it is placed: whoever asks again for one whose time is over by now gets the one that there is. */
function checkInput({ amount, reason, expiresAt }: Checked): void {
  const wrong: Record<string, string> = {};
  if (amount <= 0n) wrong.amount = 'amount_not_positive';
  if (amount > MAX_AMOUNT) wrong.amount = 'amount_format';
  if (reason.trim() === '') wrong.reason = 'required';
  const days = (expiresAt.getTime() - Date.now()) / 86_400_000;
  if (!(days > 0)) wrong.expiresAt = 'in_the_past';
  if (days > MOST_DAYS) wrong.expiresAt = 'within_a_year';
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
}

async function place(tx: Tx, actor: Requester, input: Checked): Promise<Hold> {
  checkInput(input);
  const { walletId, asset, amount, expiresAt } = input;
  const wallet = await lockInAsset(tx, walletId, asset);
  // Freezing and holding are two things: money of a frozen wallet may be set aside as well.
  if (wallet.status !== 'open' && wallet.status !== 'frozen')
    throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
  // Its books may go below zero by what the rail does, so nothing is set aside in them.
  if (wallet.kind === 'house') throw new InvalidInputError({ walletId: 'house_not_held' });
  const reason = input.reason.trim();
  const hold = await tx.hold.create({
    data: { walletId, asset, amount, reason, expiresAt, placedById: actor.id, placedByName: actor.name },
  });
  // Why stands with the hold and not in the books, which nobody is ever taken out of.
  await postTransaction(tx, {
    cause: { kind: 'hold', id: hold.id, step: 'placed' },
    kind: 'hold',
    effectiveAt: new Date(),
    ...operatorOf(actor),
    guarded: true,
    lines: [
      debit(walletAccount(wallet, 'available'), amount),
      credit(walletAccount(wallet, 'reserved'), amount),
    ],
  });
  await tx.holdAct.create({
    data: { holdId: hold.id, kind: 'placed', amount, reason, ...authorOf(actor) },
  });
  await recordAudit(tx, actor, { action: 'hold.placed', subject: 'hold', id: hold.id, after: hold, reason });
  return hold;
}

/** Gives a part back, or without an amount all that is left and not asked for by a capture. */
export async function releaseHold(
  actor: Requester,
  input: { holdId: string; amount?: bigint | undefined; reason: string; requestId: string },
): Promise<Hold> {
  authorize(actor, 'wallets:freeze');
  const { holdId, amount, reason, requestId } = input;
  if (amount !== undefined && amount <= 0n) throw new InvalidInputError({ amount: 'amount_not_positive' });
  if (reason.trim() === '') throw new InvalidInputError({ reason: 'required' });
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'hold.release', requestId, content: { holdId, amount, reason } },
      (id) => tx.hold.findUniqueOrThrow({ where: { id } }),
      async () => {
        const hold = await lockHold(tx, holdId);
        return giveBack(tx, actor, hold, amount ?? (leftOf(hold) || hold.amount), {
          kind: 'released',
          reason: reason.trim(),
        });
      },
    ),
  );
}

/**
 * Asks for a part of a hold to go to another wallet of the same asset. Like every adjustment it waits for a second
 * person; refused, it is the hold's again.
 */
export async function captureHold(
  actor: Requester,
  input: { holdId: string; toWalletId: string; amount: bigint; reason: string; requestId: string },
): Promise<Adjustment> {
  authorize(actor, 'adjustments:request');
  const hold = await db().hold.findUnique({ where: { id: input.holdId } });
  if (!hold) throw notFound('hold', input.holdId);
  return requestAdjustment(actor, { ...input, fromWalletId: hold.walletId, asset: hold.asset });
}

/** Ends the holds whose time is over, and with each the captures that nobody decided on. Answers how many were due. */
export function expireHolds(limit = 50): Promise<number> {
  const due = Prisma.sql`
    SELECT h.id::text AS item FROM holds h WHERE h.state = 'active' AND h.expires_at <= now() ORDER BY h.expires_at`;
  return workOff(ENDING, due, limit, async ({ item: holdId }) => {
    const waiting = await db().adjustment.findMany({
      where: { holdId, status: 'awaiting_approval' },
      select: { id: true },
    });
    for (const { id } of waiting) await expireAdjustment({ adjustmentId: id });
    await expireHold(holdId);
  });
}

/** One that can't be ended keeps no other from it. */
const ENDING: Queue = {
  name: 'hold_endings',
  leaseSeconds: 60,
  backoff: { firstMs: 5_000, mostMs: 5 * 60_000 },
};

async function expireHold(id: string): Promise<void> {
  await transaction(async (tx) => {
    const hold = await lockHold(tx, id);
    const left = leftOf(hold);
    // A capture that was asked for meanwhile is ended by the next round.
    if (hold.expiresAt.getTime() > Date.now() || left === 0n) return;
    await giveBack(tx, system('expiry'), hold, left, { kind: 'expired', reason: null });
  });
}

async function giveBack(
  tx: Tx,
  actor: Actor,
  hold: Hold,
  amount: bigint,
  act: { kind: 'released' | 'expired'; reason: string | null },
): Promise<Hold> {
  requireLeft(hold, amount);
  const round = await tx.holdAct.count({
    where: { holdId: hold.id, kind: { in: ['released', 'expired'] } },
  });
  await postTransaction(tx, {
    cause: { kind: 'hold', id: hold.id, step: 'release', round },
    kind: 'hold_release',
    effectiveAt: new Date(),
    ...operatorOf(actor),
    lines: release(await getInAsset(tx, hold.walletId, hold.asset), amount),
  });
  return note(tx, actor, hold, { releasedAmount: hold.releasedAmount + amount }, { ...act, amount });
}
