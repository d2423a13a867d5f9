import { z } from 'zod';
import { type Actor, authorize, type OperatorActor } from '~/lib/actor';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { standsFor } from '~/lib/patterns/money';
import { type Obstacle, obstacleTo } from '~/lib/patterns/obstacles';
import { openedCustomer } from '~/lib/people/kept';
import { type AssetWallet, lockInAsset } from '~/lib/wallets/asset-wallets';
import { checkHolding } from '~/lib/wallets/holdings';
import { ruledWallet } from '~/lib/wallets/unless-ruled';
import type { PatternMove } from '~/prisma/generated/client';
import { WalletPattern } from '~/prisma/generated/enums';

export type AskedMove = {
  walletId: string;
  asset: string;
  to: WalletPattern;
  reason: string;
  requestId?: string | undefined;
};

/**
 * Asks for a wallet's asset to be moved to another pattern (`wallet.move_pattern`). Somebody else decides, always; then
 * the worker moves it (lib/patterns/move.ts). Sent twice under one requestId it is asked once. Throws
 * `pattern_not_movable` with what stands in the way.
 */
export async function askToMove(
  actor: OperatorActor,
  { requestId, ...asked }: AskedMove,
): Promise<{ id: string }> {
  authorize(actor, 'wallets:provision');
  if (asked.reason.trim() === '') throw new InvalidInputError({ reason: 'required' });
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'pattern_move.ask', requestId, content: asked },
      async (id) => ({ id }),
      () => ask(tx, actor, asked),
    ),
  );
}

async function ask(
  tx: Tx,
  actor: OperatorActor,
  { walletId, asset, to, reason }: Omit<AskedMove, 'requestId'>,
): Promise<{ id: string }> {
  const { wallet, entityId } = await movable(tx, actor, { walletId, asset, to });
  const waiting = { action: 'wallet.move_pattern', subjectId: walletId, state: 'waiting' } as const;
  if ((await tx.approval.count({ where: waiting })) > 0) throw notMovable('asked_already');
  const { pattern, accountId } = wallet;
  if (!pattern || !accountId) throw notMovable('not_open');
  const { amount } = await standsFor(tx, { walletId, asset, pattern, accountId });
  const facts = { asset, amount, from: pattern, to, entityId, accountId, name: wallet.name };
  await askToDo(
    tx,
    actor,
    {
      ...{ action: 'wallet.move_pattern', subjectId: walletId, facts, reason: reason.trim() },
      known: { wallet: await ruledWallet(tx, wallet) },
    },
    { does: beginMove, byTwo: true },
  );
  return { id: walletId };
}

export const moveFacts = z.object({
  asset: z.string(),
  from: z.enum(WalletPattern),
  to: z.enum(WalletPattern),
  accountId: z.string(),
  name: z.string(),
});

/** Writes down that it moves, once somebody else decided so. Throws where it is another wallet by now than they saw. */
export async function beginMove(tx: Tx, actor: Actor, act: Act): Promise<void> {
  const { asset, from, to, accountId } = moveFacts.parse(act.facts);
  const { wallet, entityId } = await movable(tx, actor, { walletId: act.subjectId, asset, to });
  if (wallet.pattern !== from || wallet.accountId !== accountId || !wallet.accountNumberId || !act.approvalId)
    throw notMovable('not_open');
  const move = await tx.patternMove.create({
    data: {
      ...{ walletId: wallet.id, asset, fromPattern: from, toPattern: to },
      ...{ fromAccountId: accountId, fromNumberId: wallet.accountNumberId, toEntityId: entityId },
      ...{ approvalId: act.approvalId, reason: act.reason },
    },
  });
  await tellOf(tx, actor, 'wallet.pattern_move_begun', move, act.reason);
}

/** The wallet, locked, where it can be moved there as things stand. */
async function movable(
  tx: Tx,
  actor: Actor,
  { walletId, asset, to }: Pick<AskedMove, 'walletId' | 'asset' | 'to'>,
): Promise<{ wallet: AssetWallet; entityId: string | null }> {
  const wallet = await lockInAsset(tx, walletId, asset);
  const customer = wallet.customerId
    ? await openedCustomer(tx, await tx.customer.findUnique({ where: { id: wallet.customerId } }))
    : null;
  const { obstacle, entityId } = await obstacleTo(tx, { wallet, customer, to });
  if (obstacle || !customer) throw notMovable(obstacle ?? 'not_on_rail');
  await checkHolding(tx, actor, customer, {
    ...{ asset, pattern: to, termsId: wallet.termsId },
    ...(entityId && { entityId }),
  });
  return { wallet, entityId };
}

function notMovable(obstacle: Obstacle): DomainError {
  return new DomainError('pattern_not_movable', `It can't be moved: ${obstacle}.`, { obstacle });
}

/** Calls a move off before the wallet has its new account. What was opened for it stays empty. */
export async function cancelMove(
  actor: OperatorActor,
  { moveId, reason }: { moveId: string; reason: string },
): Promise<void> {
  authorize(actor, 'wallets:provision');
  await transaction(async (tx) => {
    const move = await lockMove(tx, moveId);
    if (move.state === 'cancelled') return;
    if (move.state !== 'opening' && move.state !== 'switching')
      throw new DomainError('conflict', `The move is ${move.state}.`, { status: move.state });
    await cancelIn(tx, actor, move, reason);
  });
}

export async function cancelIn(tx: Tx, actor: Actor, move: PatternMove, reason: string): Promise<void> {
  const after = await tx.patternMove.update({
    where: { id: move.id },
    data: { state: 'cancelled', cancelledAt: new Date(), waitsFor: null },
  });
  await tellOf(tx, actor, 'wallet.pattern_move_cancelled', after, reason);
}

export async function lockMove(tx: Tx, id: string): Promise<PatternMove> {
  await lockRow(tx, 'pattern_moves', id);
  const move = await tx.patternMove.findUnique({ where: { id } });
  if (!move) throw notFound('pattern_move', id);
  return move;
}

type Told =
  | 'wallet.pattern_move_begun'
  | 'wallet.pattern_move_cancelled'
  | 'wallet.pattern_changed'
  | 'wallet.pattern_moved';

export function tellOf(
  tx: Tx,
  actor: Actor,
  action: Told,
  move: PatternMove,
  reason?: string,
): Promise<void> {
  const { walletId, asset, fromPattern, toPattern, toAccountId, toNumberId } = move;
  return recordAudit(tx, actor, {
    ...{ action, subject: 'wallet', id: walletId },
    before: { pattern: fromPattern },
    after: { pattern: toPattern, asset, accountId: toAccountId, accountNumberId: toNumberId },
    ...(reason && { reason }),
  });
}
