import { authorize, type OperatorActor, operatorOf, type Requester } from '~/lib/actor';
import { checkInput, type NewAdjustment } from '~/lib/adjustments/checks';
import { ask } from '~/lib/approvals/ask';
import { decide, endUndecided } from '~/lib/approvals/decide';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { requireConfirmed } from '~/lib/gate/confirmed';
import { cash, type LedgerAccountSpec, walletAccount } from '~/lib/ledger/chart';
import { credit, debit, type Posting, postTransaction } from '~/lib/ledger/post';
import { lockRow } from '~/lib/lock';
import { once } from '~/lib/once';
import { repayDebt } from '~/lib/transfers/debts';
import { pair, release } from '~/lib/transfers/postings';
import { requireSettles } from '~/lib/transfers/settling';
import { lockWallet } from '~/lib/wallets/wallets';
import { checkKeyLimit } from '~/lib/withdrawals/key-limits';
import type { Account, Adjustment, Wallet } from '~/prisma/generated/client';

type Sides = { from: Wallet | null; to: Wallet | null; account: Account | null };

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
      () => request(tx, actor, input),
    ),
  );
}

async function request(tx: Tx, actor: Requester, input: NewAdjustment): Promise<Adjustment> {
  const sides = await lockSides(tx, input.fromWalletId, input.toWalletId, input.accountId);
  requireOpen(sides);
  await requireHouseHas(tx, sides, input.amount);
  await checkKeyLimit(tx, actor, assetOf(sides), input.amount);
  const facts = {
    fromWalletId: sides.from?.id ?? null,
    toWalletId: sides.to?.id ?? null,
    accountId: sides.account?.id ?? null,
    asset: assetOf(sides),
    amount: input.amount,
  };
  const breakId = input.breakId?.trim() || null;
  if (breakId) await requireSettles(tx, facts, breakId, ['awaiting_approval', 'posted']);
  const adjustment = await tx.adjustment.create({
    data: {
      ...facts,
      reason: input.reason.trim(),
      breakId,
      requestedById: actor.id,
      requestId: input.requestId,
    },
  });
  if (isHeld(sides)) {
    await post(tx, adjustment, actor, 'hold', {
      kind: 'adjustment_hold',
      guarded: true,
      note: adjustment.reason,
      lines: [
        debit(walletAccount(sides.from, 'available'), adjustment.amount, 'adjustment'),
        credit(walletAccount(sides.from, 'reserved'), adjustment.amount),
      ],
    });
  }
  await ask(tx, actor, { ...approvalOf(adjustment.id), facts, reason: adjustment.reason });
  await recordAudit(tx, actor, {
    action: 'adjustment.requested',
    subject: 'adjustment',
    id: adjustment.id,
    after: adjustment,
    reason: adjustment.reason,
  });
  return adjustment;
}

const approvalOf = (id: string) => ({ action: 'adjustment.post', subjectId: id }) as const;

/** Posts an adjustment that waits. Never by who asked for it. */
export async function approveAdjustment(actor: OperatorActor, { adjustmentId }: { adjustmentId: string }) {
  authorize(actor, 'adjustments:approve');
  return transaction(async (tx) => {
    const before = await lockAdjustment(tx, adjustmentId);
    if (before.status !== 'awaiting_approval') return decided(tx, actor, before, 'posted');
    const { isDone } = await decide(tx, actor, approvalOf(adjustmentId), { verdict: 'approved' });
    const sides = await lockSides(tx, before.fromWalletId, before.toWalletId, before.accountId);
    requireOpen(sides);
    await requireHouseHas(tx, sides, before.amount);
    if (sides.from && sides.to) await requireConfirmed(tx, sides.from, before.amount);
    if (before.breakId) await requireSettles(tx, before, before.breakId, ['posted']);
    if (!isDone) return before;
    await post(tx, before, actor, 'posted', {
      kind: 'adjustment',
      // More than adjustments takes from the house: the ledger looks once more, under its own lock.
      guarded: isHouseGift(sides),
      note: before.reason,
      lines: pair(
        isHeld(sides) ? walletAccount(sides.from, 'reserved') : ledgerAccountOf(sides.from, sides.account),
        ledgerAccountOf(sides.to, sides.account),
        before.amount,
      ),
    });
    if (sides.to?.kind === 'customer')
      await repayDebt(tx, sides.to, before.amount, {
        cause: { kind: 'adjustment', id: before.id, step: 'posted' },
        operatorId: actor.id,
      });
    return settle(tx, actor, before, 'posted');
  });
}

/** Refuses an adjustment that waits; what was set aside for it is available again. */
export async function declineAdjustment(
  actor: OperatorActor,
  { adjustmentId, reason }: { adjustmentId: string; reason: string },
) {
  authorize(actor, 'adjustments:approve');
  return transaction(async (tx) => {
    const before = await lockAdjustment(tx, adjustmentId);
    if (before.status !== 'awaiting_approval') return decided(tx, actor, before, 'declined');
    await decide(tx, actor, approvalOf(adjustmentId), { verdict: 'declined', reason });
    await giveBack(tx, before, actor, reason);
    return settle(tx, actor, before, 'declined', reason);
  });
}

/** Calls an adjustment off before anybody decided on it. */
export async function cancelAdjustment(
  actor: Requester,
  { adjustmentId, reason }: { adjustmentId: string; reason: string },
) {
  authorize(actor, 'adjustments:request');
  return transaction(async (tx) => {
    const before = await lockAdjustment(tx, adjustmentId);
    if (before.status !== 'awaiting_approval') return decided(tx, actor, before, 'cancelled');
    await endUndecided(tx, approvalOf(adjustmentId), 'cancelled');
    await giveBack(tx, before, actor, reason);
    return settle(tx, actor, before, 'cancelled', reason);
  });
}

type Id = string | null | undefined;

/** Both sides, the wallets under their locks, taken in the order of their ids so that no two adjustments deadlock. */
async function lockSides(tx: Tx, fromId: Id, toId: Id, accountId: Id): Promise<Sides> {
  const wallets = new Map<string, Wallet>();
  for (const id of [fromId, toId].filter((id) => typeof id === 'string').sort()) {
    wallets.set(id, await lockWallet(tx, id));
  }
  const account = accountId ? await tx.account.findUnique({ where: { id: accountId } }) : null;
  if (accountId && !account) throw notFound('account', accountId);
  const sides = { from: wallets.get(fromId ?? '') ?? null, to: wallets.get(toId ?? '') ?? null, account };
  checkFit(sides);
  return sides;
}

function checkFit({ from, to, account }: Sides): void {
  const assets = new Set([from, to, account].flatMap((side) => (side ? [side.asset] : [])));
  if (assets.size > 1) throw new InvalidInputError({ toWalletId: 'of_another_asset' });
  const wallet = from ?? to;
  // What Fintoc did to one account is no other customer's.
  if (account && wallet?.kind === 'customer' && wallet.accountId !== account.id)
    throw new InvalidInputError({ accountId: 'of_another_customer' });
}

/** A frozen wallet neither gives nor gets: freezing stops deposits and withdrawals, and an adjustment is no way round. */
function requireOpen({ from, to }: Sides): void {
  for (const wallet of [from, to]) {
    if (wallet && wallet.status !== 'open')
      throw new DomainError('wallet_not_open', `${wallet.name} is ${wallet.status}.`, {
        status: wallet.status,
      });
  }
}

/**
 * What the house gives to a wallet it has: else a customer would be owed what nobody stands for. Settlement is money
 * that is elsewhere, and gives none of it. A correction against an account's cash only follows what Fintoc did.
 */
async function requireHouseHas(tx: Tx, sides: Sides, amount: bigint): Promise<void> {
  if (!isHouseGift(sides)) return;
  const { code, asset, side } = walletAccount(sides.from, 'available');
  const account = await tx.ledgerAccount.findFirst({ where: { code, asset } });
  const has = side === 'credit' ? (account?.balance ?? 0n) : -(account?.balance ?? 0n);
  if (has < amount) throw houseLacks(has, asset);
}

function isHouseGift(sides: Sides): sides is Sides & { from: Wallet } {
  return sides.from?.kind === 'house' && sides.to !== null;
}

function houseLacks(has: bigint, asset: string): DomainError {
  return new DomainError('house_not_covered', 'The house has less than that to give.', {
    has: (has > 0n ? has : 0n).toString(),
    asset,
  });
}

/** The platform's own books may go below zero by what Fintoc does, so nothing is set aside in them. */
function isHeld(sides: Sides): sides is Sides & { from: Wallet } {
  return sides.from !== null && sides.from.kind !== 'house';
}

/** A side is its wallet's available balance; where it has no wallet it is the account's cash. */
function ledgerAccountOf(wallet: Wallet | null, account: Account | null): LedgerAccountSpec {
  if (wallet) return walletAccount(wallet, 'available');
  if (account) return cash(account.id, account.asset);
  throw new Error('An adjustment has two sides.');
}

function assetOf({ from, to }: Sides): string {
  const asset = (from ?? to)?.asset;
  if (!asset) throw new Error('An adjustment has a wallet on one side at least.');
  return asset;
}

function post(
  tx: Tx,
  { id }: Adjustment,
  actor: Requester,
  step: 'hold' | 'posted' | 'release',
  posting: Pick<Posting, 'kind' | 'lines' | 'note' | 'guarded'>,
) {
  return postTransaction(tx, {
    cause: { kind: 'adjustment', id, step },
    effectiveAt: new Date(),
    ...operatorOf(actor),
    ...posting,
  });
}

async function giveBack(tx: Tx, adjustment: Adjustment, actor: Requester, reason: string): Promise<void> {
  const { fromWalletId, amount } = adjustment;
  const from = fromWalletId ? await tx.wallet.findUniqueOrThrow({ where: { id: fromWalletId } }) : null;
  if (!from || from.kind === 'house') return;
  await post(tx, adjustment, actor, 'release', {
    kind: 'adjustment_release',
    note: reason,
    lines: release(from, amount),
  });
}

type Decision = 'posted' | 'declined' | 'cancelled';

async function settle(
  tx: Tx,
  actor: Requester,
  before: Adjustment,
  status: Decision,
  reason?: string,
): Promise<Adjustment> {
  const after = await tx.adjustment.update({
    where: { id: before.id },
    data: {
      status,
      decidedAt: new Date(),
      decision: reason ?? null,
      // Who asked may call it off; that is no decision of a second person.
      ...(status !== 'cancelled' && { decidedById: actor.id }),
    },
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

async function lockAdjustment(tx: Tx, id: string): Promise<Adjustment> {
  await lockRow(tx, 'adjustments', id);
  const adjustment = await tx.adjustment.findUnique({ where: { id } });
  if (!adjustment) throw notFound('adjustment', id);
  return adjustment;
}
