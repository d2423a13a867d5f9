import { type Actor, authorize, type OperatorActor, type Requester, system } from '~/lib/actor';
import { captureCounted, within } from '~/lib/adjustments/captures';
import { checkInput, type NewAdjustment } from '~/lib/adjustments/checks';
import { postStep } from '~/lib/adjustments/posting';
import { requireReversible } from '~/lib/adjustments/reversible';
import { type Adjusting, judgeAdjustment } from '~/lib/adjustments/rule-facts';
import {
  assetOf,
  isHeld,
  isHouseGift,
  ledgerAccountOf,
  lockSides,
  requireHouseHas,
  requireOpen,
} from '~/lib/adjustments/sides';
import { type Asked, ask } from '~/lib/approvals/ask';
import { decide, endUndecided } from '~/lib/approvals/decide';
import type { Judgement } from '~/lib/approvals/rules';
import { keepShadows } from '~/lib/approvals/shadows';
import { requireMovable } from '~/lib/assets';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { notFound } from '~/lib/errors';
import { requireConfirmed } from '~/lib/gate/confirmed';
import { askFrom, lockHold, putBack, takeFrom } from '~/lib/holds/draws';
import { walletAccount } from '~/lib/ledger/chart';
import { credit, debit } from '~/lib/ledger/post';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { adjustmentUse } from '~/lib/terms/limits';
import { tellLimits } from '~/lib/terms/told-limits';
import { repayDebt } from '~/lib/transfers/debts';
import { pair, release } from '~/lib/transfers/postings';
import { requireSettles } from '~/lib/transfers/settling';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import { checkKeyLimit } from '~/lib/withdrawals/key-limits';
import type { Adjustment } from '~/prisma/generated/client';

/**
 * Asks for money to be moved without a rail. It always waits for a second person, with what a wallet gives set
 * aside, so that the approval can't fail for lack of it. Asked twice with one requestId, it is one adjustment.
 */
export async function requestAdjustment(actor: Requester, input: NewAdjustment): Promise<Adjustment> {
  authorize(actor, 'adjustments:request');
  checkInput(input);
  const { requestId, ...content } = input;
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'adjustment.request', requestId, content },
      (id) => tx.adjustment.findUniqueOrThrow({ where: { id } }),
      () => requestIn(tx, actor, input),
    ),
  );
}

/**
 * The same in a transaction that does more; whoever opened it has authorized the actor and checked the input. `together`:
 * what else the same decision is about.
 */
export async function requestIn(
  tx: Tx,
  actor: Requester,
  input: NewAdjustment,
  together?: Pick<Adjusting, 'from' | 'to' | 'asset' | 'amount'>,
): Promise<Adjustment> {
  if (input.reversalOfId) await requireReversible(tx, input.reversalOfId);
  const hold = input.holdId ? await lockHold(tx, input.holdId) : null;
  const asset = await assetOf(tx, input);
  const sides = await lockSides(tx, { ...input, asset });
  await requireMovable(tx, asset, input.amount);
  requireOpen(sides);
  await requireHouseHas(tx, sides, input.amount);
  await checkKeyLimit(tx, actor, asset, input.amount);
  const facts = {
    fromWalletId: sides.from?.id ?? null,
    toWalletId: sides.to?.id ?? null,
    accountId: sides.account?.id ?? null,
    asset,
    amount: input.amount,
  };
  const breakId = input.breakId?.trim() || null;
  if (breakId) await requireSettles(tx, facts, breakId, ['awaiting_approval', 'posted']);
  if (hold) await askFrom(tx, hold, facts);
  const asked = { requestedById: actor.id, exchangeId: input.exchangeId, ...sides, ...facts };
  const judgement = await judgeAdjustment(tx, asked);
  const other = together && (await judgeAdjustment(tx, { ...asked, ...together }));
  const adjustment = await tx.adjustment.create({
    data: {
      ...facts,
      reason: input.reason.trim(),
      breakId,
      holdId: hold?.id ?? null,
      reversalOfId: input.reversalOfId ?? null,
      exchangeId: input.exchangeId ?? null,
      requestedById: actor.id,
      requestId: input.requestId,
    },
  });
  if (isHeld(sides) && !hold) {
    await postStep(tx, adjustment, actor, 'hold', {
      kind: 'adjustment_hold',
      guarded: true,
      note: adjustment.reason,
      ...(await adjustmentUse(tx, sides.from, 'outbound', adjustment.amount)),
      lines: [
        debit(walletAccount(sides.from, 'available'), adjustment.amount, 'adjustment'),
        credit(walletAccount(sides.from, 'reserved'), adjustment.amount),
      ],
    });
  }
  const counted = hold && sides.from ? await captureCounted(tx, sides.from, input.amount) : null;
  if (counted)
    await postStep(tx, adjustment, actor, 'hold', {
      ...{ kind: 'adjustment_hold', guarded: true, note: adjustment.reason },
      ...counted,
    });
  await askFor(tx, actor, adjustment, {
    facts: { ...facts, ...(hold && { holdId: hold.id }) },
    judgement,
    ...(other && { together: other.steps }),
  });
  return adjustment;
}

async function askFor(
  tx: Tx,
  actor: Requester,
  adjustment: Adjustment,
  asked: Pick<Asked, 'facts' | 'together'> & { judgement: Judgement },
): Promise<void> {
  const { id, asset, amount, reason } = adjustment;
  await keepShadows(tx, { ...approvalOf(id), asset, amount, waits: true }, asked.judgement);
  await ask(tx, actor, { ...approvalOf(id), reason, ...asked });
  await recordAudit(tx, actor, {
    action: 'adjustment.requested',
    subject: 'adjustment',
    ...{ id, after: adjustment, reason },
  });
}

const approvalOf = (id: string) => ({ action: 'adjustment.post', subjectId: id }) as const;

/** Posts an adjustment that waits, and with it the other leg of its exchange. Never by who asked for it. */
export async function approveAdjustment(actor: OperatorActor, { adjustmentId }: { adjustmentId: string }) {
  authorize(actor, 'adjustments:approve');
  return onEach(adjustmentId, (tx, before) => approveIn(tx, actor, before));
}

async function approveIn(tx: Tx, actor: OperatorActor, before: Adjustment): Promise<Adjustment> {
  if (before.status !== 'awaiting_approval') return decided(tx, actor, before, 'posted');
  const { isDone } = await decide(tx, actor, approvalOf(before.id), { verdict: 'approved' });
  const hold = before.holdId ? await lockHold(tx, before.holdId) : null;
  const sides = await lockSides(tx, before);
  requireOpen(sides);
  await requireHouseHas(tx, sides, before.amount);
  if (sides.from && sides.to) await requireConfirmed(tx, sides.from, before.amount);
  if (before.breakId) await requireSettles(tx, before, before.breakId, ['posted']);
  if (!isDone) return before;
  const counted = sides.to ? await adjustmentUse(tx, sides.to, 'inbound', before.amount) : {};
  await postStep(tx, before, actor, 'posted', {
    kind: 'adjustment',
    // More than adjustments takes from the house: the ledger looks once more, under its own lock.
    guarded: isHouseGift(sides),
    note: before.reason,
    ...counted,
    lines: pair(
      isHeld(sides) ? walletAccount(sides.from, 'reserved') : ledgerAccountOf(sides.from, sides.account),
      ledgerAccountOf(sides.to, sides.account),
      before.amount,
    ),
  });
  if (hold) await takeFrom(tx, actor, hold, before);
  if (sides.to?.kind === 'customer') {
    const repaid = await repayDebt(tx, sides.to, before.amount, {
      cause: { kind: 'adjustment', id: before.id, step: 'posted' },
      operatorId: actor.id,
    });
    if (counted.use) await tellLimits(tx, actor, counted.use, { net: before.amount - repaid });
  }
  return settle(tx, actor, before, 'posted');
}

/** Refuses an adjustment that waits; what was set aside for it is available again. */
export async function declineAdjustment(
  actor: OperatorActor,
  { adjustmentId, reason }: { adjustmentId: string; reason: string },
) {
  authorize(actor, 'adjustments:approve');
  return onEach(adjustmentId, async (tx, before) => {
    if (before.status !== 'awaiting_approval') return decided(tx, actor, before, 'declined');
    await decide(tx, actor, approvalOf(before.id), { verdict: 'declined', reason });
    await giveBack(tx, before, actor, reason);
    return settle(tx, actor, before, 'declined', reason);
  });
}

/** Nobody decided on it in time, or the hold that it asks for is over: what was set aside is available again. */
export async function expireAdjustment({ adjustmentId }: { adjustmentId: string }): Promise<void> {
  const actor = system('expiry');
  await onEach(adjustmentId, async (tx, before) => {
    if (before.status !== 'awaiting_approval') return before;
    await endUndecided(tx, approvalOf(before.id), 'expired');
    await giveBack(tx, before, actor);
    return settle(tx, actor, before, 'cancelled');
  });
}

/** Calls an adjustment off before anybody decided on it. */
export async function cancelAdjustment(
  actor: Requester,
  { adjustmentId, reason }: { adjustmentId: string; reason: string },
) {
  authorize(actor, 'adjustments:request');
  return onEach(adjustmentId, async (tx, before) => {
    if (before.status !== 'awaiting_approval') return decided(tx, actor, before, 'cancelled');
    await endUndecided(tx, approvalOf(before.id), 'cancelled');
    await giveBack(tx, before, actor, reason);
    return settle(tx, actor, before, 'cancelled', reason);
  });
}

async function giveBack(tx: Tx, adjustment: Adjustment, actor: Actor, reason?: string): Promise<void> {
  const { id, fromWalletId, amount, holdId } = adjustment;
  const from = fromWalletId ? await getInAsset(tx, fromWalletId, adjustment.asset) : null;
  if (!from || from.kind === 'house') return;
  if (holdId) await putBack(tx, holdId, amount);
  const held = { causeKind: 'adjustment', causeId: id, step: 'hold' };
  if (holdId && (await tx.ledgerTransaction.count({ where: held })) === 0) return;
  await postStep(tx, adjustment, actor, 'release', {
    kind: 'adjustment_release',
    ...(reason && { note: reason }),
    givesBack: { kind: 'adjustment', id, step: 'hold' },
    lines: holdId ? within(from, amount) : release(from, amount),
  });
}

type Decision = 'posted' | 'declined' | 'cancelled';

async function settle(
  tx: Tx,
  actor: Actor,
  before: Adjustment,
  status: Decision,
  reason?: string,
): Promise<Adjustment> {
  const after = await tx.adjustment.update({
    where: { id: before.id },
    data: { status, decision: reason ?? null },
  });
  await recordAudit(tx, actor, {
    action: `adjustment.${status}`,
    subject: 'adjustment',
    id: before.id,
    before: { status: before.status },
    after: { status },
    ...(reason && { reason }),
  });
  return after;
}

/** Who decided the same already gets what there is; whoever else is told who decided what. */
async function decided(tx: Tx, actor: Requester, adjustment: Adjustment, status: Decision) {
  const ends: Decision[] = ['posted', 'declined', 'cancelled'];
  await requireOwnDecision(tx, actor, {
    ...{ subject: 'adjustment', id: adjustment.id, status: adjustment.status },
    ...{ act: `adjustment.${status}`, ends },
  });
  return adjustment;
}

/** Does the same to an adjustment and to the other leg of its exchange, in one transaction, locked in one order. */
async function onEach(
  id: string,
  does: (tx: Tx, adjustment: Adjustment) => Promise<Adjustment>,
): Promise<Adjustment> {
  return transaction(async (tx) => {
    // Which legs there are never changes: it may be read before anything is locked.
    const found = await tx.adjustment.findUnique({ where: { id }, select: { exchangeId: true } });
    if (!found) throw notFound('adjustment', id);
    const { exchangeId } = found;
    const legs = exchangeId
      ? await tx.adjustment.findMany({ where: { exchangeId }, orderBy: { id: 'asc' }, select: { id: true } })
      : [{ id }];
    const locked: Adjustment[] = [];
    for (const leg of legs) locked.push(await lockAdjustment(tx, leg.id));
    const done: Adjustment[] = [];
    for (const leg of locked) done.push(await does(tx, leg));
    return done.find((leg) => leg.id === id) ?? lockAdjustment(tx, id);
  });
}

async function lockAdjustment(tx: Tx, id: string): Promise<Adjustment> {
  await lockRow(tx, 'adjustments', id);
  const adjustment = await tx.adjustment.findUnique({ where: { id } });
  if (!adjustment) throw notFound('adjustment', id);
  return adjustment;
}
