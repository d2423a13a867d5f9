import { type OperatorActor, operatorOf, type Requester } from '~/lib/actor';
import { db, type Tx, transaction } from '~/lib/db';
import { lockTransfer } from '~/lib/deposits/suspense';
import { DomainError } from '~/lib/errors';
import { isAbsentSince } from '~/lib/gate/absence';
import { type HeldReason, type HeldReturns, returnHeld, returnHeldBack, returnsHeld } from '~/lib/gate/gate';
import { walletAccount } from '~/lib/ledger/chart';
import { postTransaction } from '~/lib/ledger/post';
import { type Queue, workOff } from '~/lib/queue';
import { isRefusal } from '~/lib/rails/failures';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';
import { applySightings } from '~/lib/transfers/apply';
import { pair, release } from '~/lib/transfers/postings';
import { type AssetWallet, getInAsset } from '~/lib/wallets/asset-wallets';
import { type DepositRequest, Prisma, type Transfer } from '~/prisma/generated/client';

type Deposit = Pick<Transfer, 'direction' | 'state' | 'returnRequestedAt'>;
type Term = Pick<Transfer, 'accountId' | 'asset' | 'transactedAt'>;

/** Until when its rail sends it back to who sent it; null where it sends nothing of its asset back. */
export function returnableUntil({ accountId, asset, transactedAt }: Term): Date | null {
  const days = railOf(accountId).facts().returnDays[asset];
  return days === undefined ? null : new Date(transactedAt.getTime() + days * 86_400_000);
}

/** Whether it may be asked for now: a deposit that stands here, within its rail's days. */
export function isReturnable(transfer: Deposit & Term): boolean {
  const until = returnableUntil(transfer);
  return isHere(transfer) && until !== null && until > new Date();
}

function isHere(transfer: Deposit): boolean {
  return transfer.direction === 'inbound' && transfer.state === 'succeeded' && !isGoingBack(transfer);
}

/** Whether it was sent back, by people here or by the bank, or is about to be. */
export function isGoingBack({ direction, state, returnRequestedAt }: Deposit): boolean {
  const isAway = state === 'return_pending' || state === 'returned';
  return direction === 'inbound' && (isAway || returnRequestedAt !== null);
}

export function requireReturnable(transfer: Transfer): void {
  if (!isHere(transfer))
    throw new DomainError('conflict', `The transfer is ${transfer.state}.`, { status: transfer.state });
  if (!isReturnable(transfer))
    throw new DomainError('return_over', 'Its rail doesn’t send it back any more.');
}

/** From here on the worker sends it back. Its row is locked. */
export async function decideToReturn(tx: Tx, id: string): Promise<void> {
  await tx.transfer.update({ where: { id }, data: { returnRequestedAt: new Date(), returnSentAt: null } });
}

/** What of a return the wallet can still set aside, and what it lacks: that would be paid with others' money. */
export async function coverOf(
  tx: Tx,
  transfer: Pick<Transfer, 'amount' | 'returnReserved'>,
  wallet: AssetWallet,
) {
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
  actor: Requester,
  { id, reason }: Pick<DepositRequest, 'id' | 'reason'>,
  step: 'hold' | 'hold_more',
  transfer: Transfer,
  wallet: AssetWallet,
  amount: bigint,
): Promise<void> {
  if (amount === 0n) return;
  await postTransaction(tx, {
    cause: { kind: 'deposit_request', id, step },
    kind: 'deposit_return',
    effectiveAt: new Date(),
    transferId: transfer.id,
    ...operatorOf(actor),
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
  const wallet = await getInAsset(tx, walletId, transfer.asset);
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

/** Whoever decided on a return sends it; until then it is theirs. */
const ANSWER_SECONDS = 30;
const RETURNS: Queue = {
  name: 'returns',
  leaseSeconds: 60,
  backoff: { firstMs: 10_000, mostMs: 10 * 60_000 },
};

/**
 * Takes up returns whose answer never came, and those that the gate kept back. In no order: what stays there keeps
 * nobody else from their turn.
 */
export function resumeReturns(limit = 50): Promise<number> {
  const due = Prisma.sql`
    SELECT id AS item FROM transfers
    WHERE state = 'succeeded' AND return_requested_at < now() - make_interval(secs => ${ANSWER_SECONDS})
    ORDER BY random()`;
  return workOff(RETURNS, due, limit, ({ item }) => sendReturn(item));
}

class KeptBack extends Error {}

/** A request on its way: when it left, and when the one before it did, if that one got no answer. */
type Leaving = { sentAt: Date | null; earlier: Date | null };

/**
 * Asks the rail for a return that was decided on, once. What the gate keeps back is asked for again by the worker.
 * Throws RailError, and `fintoc_unavailable` for a refusal that ends nothing, because an earlier request may arrive yet.
 */
export async function sendReturn(id: string): Promise<void> {
  const { accountId, returnAttempts } = await db().transfer.findUniqueOrThrow({ where: { id } });
  const leaving: Leaving = { sentAt: null, earlier: null };
  let answered: RailTransfer;
  try {
    // First without taking a turn, which is others' while it waits.
    await requirePassing(id);
    answered = await railOf(accountId).sendBack(id, returnAttempts, () => requirePassing(id, leaving));
  } catch (error) {
    if (error instanceof KeptBack) return;
    if (isRefusal(error) && !(await undoRefused(id, returnAttempts, leaving)))
      throw new DomainError('fintoc_unavailable', 'Refused, behind a request that got no answer.');
    throw error;
  }
  await transaction(async (tx) => {
    const now = await lockTransfer(tx, id);
    // A webhook was faster, and what it said came after this answer.
    if (now.returnAttempts !== returnAttempts || now.state !== 'succeeded') return;
    await applySightings(tx, [{ transfer: answered, origin: 'operator', saidAt: new Date() }]);
    await tx.transfer.update({ where: { id }, data: { returnRequestedAt: null, returnSentAt: null } });
  });
}

/**
 * Asks the gate under the transfer's lock, and writes down that the request leaves, where it does. A wallet that was
 * frozen since keeps the money, unless both people let it go.
 */
async function requirePassing(id: string, leaving?: Leaving): Promise<void> {
  const passes = await transaction(async (tx) => {
    const { state, returnRequestedAt, returnSentAt } = await lockTransfer(tx, id);
    if (state !== 'succeeded' || !returnRequestedAt) return false;
    const acceptsNotOpen = await isNotOpenAccepted(tx, id);
    if ((await returnHeldBack(tx, { transferId: id, acceptsNotOpen })) !== null) return false;
    if (!leaving) return true;
    Object.assign(leaving, { sentAt: new Date(), earlier: returnSentAt });
    await tx.transfer.update({ where: { id }, data: { returnSentAt: leaving.sentAt } });
    return true;
  });
  if (!passes) throw new KeptBack();
}

/** Why a return that was decided on waits at the gate; null where none does. */
export async function returnWaitsFor({
  id,
  state,
  returnRequestedAt,
}: Pick<Transfer, 'id' | 'state' | 'returnRequestedAt'>): Promise<HeldReason | null> {
  if (state !== 'succeeded' || !returnRequestedAt) return null;
  return returnHeld({ transferId: id, acceptsNotOpen: await isNotOpenAccepted(db(), id) });
}

async function isNotOpenAccepted(tx: Tx, id: string): Promise<boolean> {
  return (await decidedReturn(tx, id))?.acceptsNotOpen ?? false;
}

/**
 * Refused: the deposit is as it was, with its money free again, and may be decided on anew. Behind an earlier request
 * without an answer that ends nothing, until the rail and the account's movements have shown for long enough that
 * nothing came of it. Answers whether the return is over.
 */
async function undoRefused(
  id: string,
  returnAttempts: number,
  { sentAt, earlier }: Leaving,
): Promise<boolean> {
  return transaction(async (tx) => {
    const transfer = await lockTransfer(tx, id);
    if (transfer.returnAttempts !== returnAttempts || !transfer.returnRequestedAt) return true;
    // Another request left since: its answer counts.
    if (!sentAt || transfer.returnSentAt?.getTime() !== sentAt.getTime()) return false;
    // Behind the refusal the rail was asked for the deposit itself: it doesn't go back, as of then.
    if (earlier && !(await isAbsentSince(tx, { ...transfer, sentAt: earlier, askedAt: sentAt }))) {
      await tx.transfer.update({ where: { id }, data: { returnSentAt: earlier } });
      return false;
    }
    await tx.transfer.update({ where: { id }, data: { returnRequestedAt: null, returnSentAt: null } });
    const request = await decidedReturn(tx, id);
    if (request) await giveBackSetAside(tx, null, request, transfer);
    return true;
  });
}

/** What was decided to go back and waits at the gate, by reason. */
export function heldReturns(): Promise<HeldReturns[]> {
  return returnsHeld(Prisma.sql`coalesce((
    SELECT q.accepts_not_open FROM deposit_requests q JOIN approvals a ON a.id = q.approval_id
    WHERE q.transfer_id = d.id AND q.kind = 'return' AND a.state = 'approved' ORDER BY a.ended_at DESC LIMIT 1), false)`);
}

function decidedReturn(tx: Tx, transferId: string): Promise<DepositRequest | null> {
  return tx.depositRequest.findFirst({
    where: { transferId, kind: 'return', approval: { state: 'approved' } },
    orderBy: { approval: { endedAt: 'desc' } },
  });
}
