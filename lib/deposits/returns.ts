import type { OperatorActor } from '~/lib/actor';
import { db, type Tx, transaction } from '~/lib/db';
import { lockTransfer } from '~/lib/deposits/suspense';
import { DomainError } from '~/lib/errors';
import { isPaused } from '~/lib/gate/gate';
import { walletAccount } from '~/lib/ledger/chart';
import { postTransaction } from '~/lib/ledger/post';
import { log } from '~/lib/log';
import { isRefusal } from '~/lib/rails/failures';
import { railOf } from '~/lib/rails/registry';
import { applySightings } from '~/lib/transfers/apply';
import { pair, release } from '~/lib/transfers/postings';
import type { DepositRequest, Transfer, Wallet } from '~/prisma/generated/client';

/** For so many days its rail sends a deposit back. */
export function returnDaysOf({ accountId }: Pick<Transfer, 'accountId'>): number {
  return railOf(accountId).facts().returnDays;
}

export function requireReturnable(transfer: Transfer): void {
  if (transfer.direction !== 'inbound' || transfer.state !== 'succeeded' || transfer.returnRequestedAt) {
    throw new DomainError('conflict', `The transfer is ${transfer.state}.`, { status: transfer.state });
  }
  const ageMs = Date.now() - transfer.transactedAt.getTime();
  const days = returnDaysOf(transfer);
  if (ageMs > days * 86_400_000) {
    throw new DomainError('conflict', `Returns are possible for ${days} days.`, {
      status: 'too_old',
    });
  }
}

/** What of a return the wallet can still set aside, and what it lacks: that would be paid with others' money. */
export async function coverOf(tx: Tx, transfer: Transfer, wallet: Wallet) {
  const account = await tx.ledgerAccount.findFirst({
    where: { code: walletAccount(wallet, 'available').code, asset: wallet.asset },
  });
  const available = account && account.balance > 0n ? account.balance : 0n;
  const missing = transfer.amount - transfer.returnReserved;
  const free = available < missing ? available : missing;
  return { free, loss: missing - free };
}

/** Sets aside what a return will take, so that nobody spends it until it is decided on. Wallet and transfer are locked. */
export async function setAside(
  tx: Tx,
  actor: OperatorActor,
  { id, reason }: Pick<DepositRequest, 'id' | 'reason'>,
  step: 'hold' | 'hold_more',
  transfer: Transfer,
  wallet: Wallet,
  amount: bigint,
): Promise<void> {
  if (amount === 0n) return;
  await postTransaction(tx, {
    cause: { kind: 'deposit_request', id, step },
    kind: 'deposit_return',
    effectiveAt: new Date(),
    transferId: transfer.id,
    operatorId: actor.id,
    note: reason,
    lines: pair(walletAccount(wallet, 'available'), walletAccount(wallet, 'reserved'), amount),
  });
  await tx.transfer.update({
    where: { id: transfer.id },
    data: { returnReserved: transfer.returnReserved + amount },
  });
}

/**
 * Gives back what was set aside for a return that doesn't come to pass. What the rail has begun to return stays: its
 * word says how that ends.
 */
export async function giveBackSetAside(
  tx: Tx,
  actor: OperatorActor | null,
  { id, walletId }: Pick<DepositRequest, 'id' | 'walletId'>,
  transfer: Transfer,
  note?: string,
): Promise<void> {
  if (transfer.state !== 'succeeded' || transfer.returnReserved === 0n) return;
  const wallet = await tx.wallet.findUniqueOrThrow({ where: { id: walletId } });
  await postTransaction(tx, {
    cause: { kind: 'deposit_request', id, step: 'release' },
    kind: 'deposit_return_undone',
    effectiveAt: new Date(),
    transferId: transfer.id,
    ...(actor && { operatorId: actor.id }),
    ...(note && { note }),
    lines: release(wallet, transfer.returnReserved),
  });
  await tx.transfer.update({ where: { id: transfer.id }, data: { returnReserved: 0n } });
}

/** Takes up returns whose answer never came. */
export async function resumeReturns(limit = 10): Promise<number> {
  const due = await db().transfer.findMany({
    where: { state: 'succeeded', returnRequestedAt: { lt: new Date(Date.now() - 30_000) } },
    select: { id: true },
    take: limit,
  });
  for (const { id } of due) {
    await sendReturn(id).catch((error) => log.error({ transfer: id, err: error }, 'return not sent'));
  }
  return due.length;
}

/** Asks the rail for a return that was decided on, once. */
export async function sendReturn(id: string): Promise<void> {
  const transfer = await db().transfer.findUniqueOrThrow({ where: { id }, include: { wallet: true } });
  const { returnAttempts } = transfer;
  if (!(await mayLeave(transfer))) return;
  const answered = await railOf(transfer.accountId)
    .sendBack(id, returnAttempts)
    .catch(async (error) => {
      if (isRefusal(error)) await undoRefused(id, returnAttempts);
      throw error;
    });
  await transaction(async (tx) => {
    const now = await lockTransfer(tx, id);
    // A webhook was faster, and what it said came after this answer.
    if (now.returnAttempts !== returnAttempts || now.state !== 'succeeded') return;
    await applySightings(tx, [{ transfer: answered, origin: 'operator', saidAt: new Date() }]);
    await tx.transfer.update({ where: { id }, data: { returnRequestedAt: null } });
  });
}

/**
 * A wallet that was frozen since keeps the money, unless both people let it leave all the same; it goes once thawed. So
 * does an account whose payouts are paused.
 */
async function mayLeave(transfer: Transfer & { wallet: Wallet | null }): Promise<boolean> {
  if (await isPaused(transfer.accountId)) return false;
  if (transfer.suspenseReason !== null || !transfer.wallet || transfer.wallet.status === 'open') return true;
  return (await decidedReturn(db(), transfer.id))?.acceptsNotOpen ?? false;
}

/** Refused: the deposit is as it was, with its money free again, and may be decided on anew. */
async function undoRefused(id: string, returnAttempts: number): Promise<void> {
  await transaction(async (tx) => {
    const transfer = await lockTransfer(tx, id);
    if (transfer.returnAttempts !== returnAttempts || !transfer.returnRequestedAt) return;
    await tx.transfer.update({ where: { id }, data: { returnRequestedAt: null } });
    const request = await decidedReturn(tx, id);
    if (request) await giveBackSetAside(tx, null, request, transfer);
  });
}

function decidedReturn(tx: Tx, transferId: string): Promise<DepositRequest | null> {
  return tx.depositRequest.findFirst({
    where: { transferId, kind: 'return', status: 'approved' },
    orderBy: { decidedAt: 'desc' },
  });
}
