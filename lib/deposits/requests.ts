import { randomUUID } from 'node:crypto';
import { type Actor, authorize, type OperatorActor, type Requester, system } from '~/lib/actor';
import { ask } from '~/lib/approvals/ask';
import { decide, endUndecided } from '~/lib/approvals/decide';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import {
  coverOf,
  decideToReturn,
  giveBackSetAside,
  requireReturnable,
  sendReturn,
  setAside,
} from '~/lib/deposits/returns';
import { creditSuspended, isStillSuspended, lockTransfer, requireAssignable } from '~/lib/deposits/suspense';
import { asDomainError } from '~/lib/entities/entities';
import { DomainError, InvalidInputError, notFound } from '~/lib/errors';
import { type AssetWallet, lockInAsset } from '~/lib/wallets/asset-wallets';
import { ruledWallet } from '~/lib/wallets/unless-ruled';
import type { Approval, DepositRequest, Transfer } from '~/prisma/generated/client';

export type RequestStatus = 'awaiting_approval' | 'approved' | 'declined' | 'cancelled';

/** What was asked, and how it stands by what was decided on it. */
export type AskedRequest = DepositRequest & { status: RequestStatus };

/** What a person lets happen with their eyes open: so much lost, or money leaving a wallet that is not open. */
export type Acceptance = { acceptsLoss?: bigint | undefined; acceptsNotOpen?: boolean | undefined };

type NewRequest = Pick<DepositRequest, 'kind' | 'transferId' | 'walletId' | 'reason'> &
  Partial<Pick<DepositRequest, 'acceptedLoss' | 'acceptsNotOpen' | 'acceptsOtherAccount'>>;

/** Asks for a credited deposit to go back to who sent it. What its wallet still has of it is set aside at once. */
export async function askReturn(
  tx: Tx,
  actor: Requester,
  transfer: Transfer,
  asked: Acceptance & { reason: string },
): Promise<AskedRequest> {
  if (transfer.walletId === null) throw notFound('wallet', transfer.id);
  await requireNoneWaits(tx, transfer.id);
  const wallet = await lockInAsset(tx, transfer.walletId, transfer.asset);
  await requireNotMoved(tx, transfer);
  const { free, loss } = await coverOf(tx, transfer, wallet);
  requireAccepted(loss, wallet, asked);
  const returning: NewRequest = {
    ...{ kind: 'return', transferId: transfer.id, walletId: wallet.id, reason: asked.reason.trim() },
    ...{ acceptedLoss: loss, acceptsNotOpen: wallet.status !== 'open' },
  };
  const request = await createRequest(tx, actor, returning, wallet);
  await setAside(tx, actor, request, 'hold', transfer, wallet, free);
  await recordAudit(tx, actor, {
    action: 'deposit.return_asked',
    subject: 'transfer',
    id: transfer.id,
    after: request,
    reason: request.reason,
  });
  return request;
}

/** Its money isn't in the account any more that it would go back from: others' would. The wallet is locked. */
async function requireNotMoved(tx: Tx, { walletId, asset, accountId }: Transfer): Promise<void> {
  const moved = { walletId: walletId ?? '', asset, fromAccountId: accountId, switchedAt: { not: null } };
  if ((await tx.patternMove.count({ where: moved })) > 0)
    throw new DomainError('deposit_moved', 'Its money was moved to another account since.');
}

/** Asks for money in suspense to be credited to a wallet that its number doesn't name. */
export async function askAssignment(
  tx: Tx,
  actor: Requester,
  transfer: Transfer,
  wallet: AssetWallet,
  asked: { reason: string; acceptsOtherAccount?: boolean | undefined },
): Promise<AskedRequest> {
  await requireNoneWaits(tx, transfer.id);
  const assigning: NewRequest = {
    ...{ kind: 'assignment', transferId: transfer.id, walletId: wallet.id, reason: asked.reason.trim() },
    acceptsOtherAccount: asked.acceptsOtherAccount ?? false,
  };
  const request = await createRequest(tx, actor, assigning, wallet);
  await recordAudit(tx, actor, {
    action: 'deposit.assignment_asked',
    subject: 'transfer',
    id: transfer.id,
    after: request,
    reason: request.reason,
  });
  return request;
}

/** While somebody's wish waits for a decision, nobody does something else with the deposit. */
export async function requireNoneWaits(tx: Tx, transferId: string): Promise<void> {
  const waiting = { transferId, approval: { state: 'waiting' } } as const;
  if ((await tx.depositRequest.count({ where: waiting })) > 0)
    throw new DomainError('request_waits', 'A request about this deposit waits for a decision.');
}

/** Keeps what is asked with the approval that it waits for. The transfer is locked. */
export async function createRequest(
  tx: Tx,
  actor: Requester,
  asked: NewRequest,
  wallet?: AssetWallet,
): Promise<AskedRequest> {
  const { kind, transferId, walletId, reason, acceptedLoss = 0n, acceptsNotOpen = false } = asked;
  const { amount, asset } = await tx.transfer.findUniqueOrThrow({ where: { id: transferId } });
  const id = randomUUID();
  const facts = { requestId: id, walletId, asset, amount, acceptedLoss, acceptsNotOpen };
  const about = approvalOf({ kind, transferId });
  const { id: approvalId } = await ask(tx, actor, {
    ...about,
    facts,
    reason,
    ...(wallet && { known: { wallet: await ruledWallet(tx, wallet) } }),
  });
  const data = { ...asked, id, approvalId, requestedById: actor.id };
  return { ...(await tx.depositRequest.create({ data })), status: 'awaiting_approval' };
}

function approvalOf({ kind, transferId }: Pick<DepositRequest, 'kind' | 'transferId'>) {
  return { action: kind === 'return' ? 'deposit.return' : 'deposit.assign', subjectId: transferId } as const;
}

/** Does what was asked for. Never by who asked, and a loss only by who accepts it as well. */
export async function approveDepositRequest(
  actor: OperatorActor,
  input: Acceptance & { requestId: string },
): Promise<AskedRequest> {
  authorize(actor, 'deposits:decide');
  const approved = await transaction(async (tx) => {
    const { request, transfer } = await lockRequest(tx, input.requestId);
    if (request.status !== 'awaiting_approval') return decided(tx, actor, request, 'approved');
    const { isDone } = await decide(tx, actor, approvalOf(request), { verdict: 'approved' });
    if (!isDone) return request;
    const wallet = await lockInAsset(tx, request.walletId, transfer.asset);
    // First, so that the history tells the decision before what came of it.
    const settled = await settle(tx, actor, request, 'approved');
    if (request.kind === 'return') await decideReturn(tx, actor, { request, transfer, wallet }, input);
    else if (await isStillSuspended(tx, actor, transfer, wallet.id)) {
      requireAssignable(transfer, wallet, request.acceptsOtherAccount);
      await creditSuspended(tx, actor, transfer, wallet, { reason: request.reason, alone: false });
    }
    return settled;
  });
  if (approved.kind === 'return' && approved.status === 'approved')
    await asDomainError(() => sendReturn(approved.transferId));
  return approved;
}

type Subject = { request: AskedRequest; transfer: Transfer; wallet: AssetWallet };

async function decideReturn(
  tx: Tx,
  actor: OperatorActor,
  { request, transfer, wallet }: Subject,
  accepted: Acceptance,
): Promise<void> {
  requireReturnable(transfer);
  if (wallet.status !== 'open' && !request.acceptsNotOpen)
    throw new DomainError('wallet_not_open', `The wallet is ${wallet.status}.`, { status: wallet.status });
  const { free, loss } = await coverOf(tx, transfer, wallet);
  if (loss > request.acceptedLoss)
    throw new DomainError('loss_grew', 'The wallet lacks more than who asked for it accepted.');
  requireAccepted(loss, wallet, accepted);
  await setAside(tx, actor, request, 'hold_more', transfer, wallet, free);
  await decideToReturn(tx, transfer.id);
  await recordAudit(tx, actor, {
    action: 'deposit.return_requested',
    subject: 'transfer',
    id: transfer.id,
    walletId: request.walletId,
    after: { requestId: request.id, loss, walletStatus: wallet.status },
    reason: request.reason,
  });
}

/** Refuses what was asked for; what was set aside for it is available again. */
export function declineDepositRequest(
  actor: OperatorActor,
  { requestId, reason }: { requestId: string; reason: string },
): Promise<AskedRequest> {
  authorize(actor, 'deposits:decide');
  return transaction(async (tx) => {
    const { request, transfer } = await lockRequest(tx, requestId);
    if (request.status !== 'awaiting_approval') return decided(tx, actor, request, 'declined');
    await decide(tx, actor, approvalOf(request), { verdict: 'declined', reason });
    if (request.kind === 'return') await giveBackSetAside(tx, actor, request, transfer, reason);
    return settle(tx, actor, request, 'declined', reason);
  });
}

/** Calls a request off before anybody decided on it. */
export function cancelDepositRequest(
  actor: OperatorActor,
  { requestId, reason }: { requestId: string; reason: string },
): Promise<AskedRequest> {
  authorize(actor, 'deposits:resolve');
  return transaction(async (tx) => {
    const { request, transfer } = await lockRequest(tx, requestId);
    if (request.status !== 'awaiting_approval') return decided(tx, actor, request, 'cancelled');
    await endUndecided(tx, approvalOf(request), 'cancelled');
    if (request.kind === 'return') await giveBackSetAside(tx, actor, request, transfer, reason);
    return settle(tx, actor, request, 'cancelled', reason);
  });
}

/** Nobody decided in time: what was set aside is available again. */
export async function expireDepositRequest({ requestId }: { requestId: string }): Promise<void> {
  await transaction(async (tx) => {
    const { request, transfer } = await lockRequest(tx, requestId);
    if (request.status !== 'awaiting_approval') return;
    await endUndecided(tx, approvalOf(request), 'expired');
    if (request.kind === 'return') await giveBackSetAside(tx, null, request, transfer);
    await settle(tx, system('expiry'), request, 'cancelled');
  });
}

const DECISIONS = ['approved', 'declined', 'cancelled'] as const;
type Decision = (typeof DECISIONS)[number];

function requireAccepted(loss: bigint, wallet: AssetWallet, accepted: Acceptance): void {
  const wrong: Record<string, string> = {};
  if (loss > (accepted.acceptsLoss ?? 0n)) wrong.acceptsLoss = 'loss_to_accept';
  if (wallet.status !== 'open' && !accepted.acceptsNotOpen) wrong.acceptsNotOpen = 'not_open_to_accept';
  if (Object.keys(wrong).length > 0) throw new InvalidInputError(wrong);
}

/** Who decided the same already gets what there is; whoever else is told who decided what. */
async function decided(tx: Tx, actor: OperatorActor, request: AskedRequest, status: Decision) {
  const { kind, transferId } = request;
  const ends = DECISIONS.map((each) => `${kind}_${each}`);
  await requireOwnDecision(tx, actor, {
    ...{ subject: 'transfer', id: transferId, status: request.status },
    ...{ act: `deposit.${kind}_${status}`, ends },
  });
  return request;
}

/** The transfer's lock comes first, as everywhere; under it nobody else decides. */
async function lockRequest(tx: Tx, id: string): Promise<{ request: AskedRequest; transfer: Transfer }> {
  const found = await tx.depositRequest.findUnique({ where: { id } });
  if (!found) throw notFound('deposit_request', id);
  const transfer = await lockTransfer(tx, found.transferId);
  const { state } = await tx.approval.findUniqueOrThrow({ where: { id: found.approvalId } });
  return { request: { ...found, status: statusOf(state) }, transfer };
}

/** What nobody decided on in time is called off. */
export function statusOf(state: Approval['state']): RequestStatus {
  if (state === 'expired') return 'cancelled';
  return state === 'waiting' ? 'awaiting_approval' : state;
}

async function settle(
  tx: Tx,
  actor: Actor,
  before: AskedRequest,
  status: Decision,
  reason?: string,
): Promise<AskedRequest> {
  await recordAudit(tx, actor, {
    action: `deposit.${before.kind}_${status}`,
    subject: 'transfer',
    id: before.transferId,
    walletId: before.walletId,
    before: { status: before.status },
    after: { status, requestId: before.id },
    ...(reason && { reason }),
  });
  return { ...before, status };
}
