import type { Actor } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import type { Adjustment, Hold } from '~/prisma/generated/client';
import type { HoldActKind } from '~/prisma/generated/enums';

/** What nobody took from it or asked for yet, in the asset's smallest unit. */
export function leftOf(
  hold: Pick<Hold, 'amount' | 'askedAmount' | 'capturedAmount' | 'releasedAmount'>,
): bigint {
  return hold.amount - hold.askedAmount - hold.capturedAmount - hold.releasedAmount;
}

/** Before the wallets' locks, always: a capture and its decision never wait for each other in a ring. */
export async function lockHold(tx: Tx, id: string): Promise<Hold> {
  await lockRow(tx, 'holds', id);
  const hold = await tx.hold.findUnique({ where: { id } });
  if (!hold) throw notFound('hold', id);
  return hold;
}

/** Throws `hold_less` where less is left than that, and so where nothing is. */
export function requireLeft(hold: Hold, amount: bigint): void {
  const left = leftOf(hold);
  if (left < amount)
    throw new DomainError('hold_less', 'The hold has less than that left.', {
      limit: left.toString(),
      asset: hold.asset,
    });
}

type Capture = { fromWalletId: string | null; asset: string; amount: bigint };

/**
 * A part of it is asked for by a capture: until that is decided nobody else gets it. Throws `invalid` where the hold is of
 * another wallet or asset, and `hold_less` where it has less left.
 */
export async function askFrom(tx: Tx, hold: Hold, { fromWalletId, asset, amount }: Capture): Promise<void> {
  if (hold.walletId !== fromWalletId || hold.asset !== asset)
    throw new InvalidInputError({ holdId: 'of_another_wallet' });
  requireLeft(hold, amount);
  await tx.hold.update({ where: { id: hold.id }, data: { askedAmount: { increment: amount } } });
}

/** The capture was refused or called off: what it asked for is the hold's again, until that ends. */
export async function putBack(tx: Tx, holdId: string, amount: bigint): Promise<void> {
  await lockHold(tx, holdId);
  await tx.hold.update({ where: { id: holdId }, data: { askedAmount: { decrement: amount } } });
}

/** The capture was posted. The caller holds the hold's lock. */
export async function takeFrom(tx: Tx, actor: Actor, hold: Hold, capture: Adjustment): Promise<void> {
  const { amount, id: adjustmentId, reason, toWalletId } = capture;
  const asked = { askedAmount: hold.askedAmount - amount, capturedAmount: hold.capturedAmount + amount };
  await note(tx, actor, hold, asked, { kind: 'captured', amount, reason, adjustmentId, toWalletId });
}

type Act = {
  kind: Exclude<HoldActKind, 'placed'>;
  amount: bigint;
  reason: string | null;
  adjustmentId?: string;
  toWalletId?: string | null;
};
type Amounts = Partial<Pick<Hold, 'askedAmount' | 'capturedAmount' | 'releasedAmount'>>;

/** Writes an act down, with what it leaves of the hold: where that is nothing, the hold ends by it. */
export async function note(tx: Tx, actor: Actor, before: Hold, amounts: Amounts, act: Act): Promise<Hold> {
  const { kind, amount, reason, adjustmentId, toWalletId } = act;
  const { capturedAmount, releasedAmount } = { ...before, ...amounts };
  const isOver = capturedAmount + releasedAmount === before.amount;
  const after = await tx.hold.update({
    where: { id: before.id },
    data: { ...amounts, ...(isOver && { state: kind, endedAt: new Date() }) },
  });
  await tx.holdAct.create({
    data: { holdId: before.id, kind, amount, reason, adjustmentId: adjustmentId ?? null, ...authorOf(actor) },
  });
  await recordAudit(tx, actor, {
    action: `hold.${kind}`,
    subject: 'hold',
    id: before.id,
    walletId: before.walletId,
    before: { state: before.state },
    after: { state: after.state, amount, asset: before.asset, ...(toWalletId && { toWalletId }) },
    ...(reason && { reason }),
  });
  return after;
}

/** Who did it, as an act's row keeps it. */
export function authorOf(who: Actor) {
  return { actorKind: who.kind, actorId: 'id' in who ? who.id : null, actorName: who.name };
}
