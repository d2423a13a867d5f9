import { type Actor, authorize, type OperatorActor, operatorOf, type Requester, system } from '~/lib/actor';
import { ask } from '~/lib/approvals/ask';
import { decide, endUndecided } from '~/lib/approvals/decide';
import type { Judgement } from '~/lib/approvals/rules';
import { keepShadows } from '~/lib/approvals/shadows';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, notFound } from '~/lib/errors';
import { walletAccount } from '~/lib/ledger/chart';
import { credit, debit, postTransaction } from '~/lib/ledger/post';
import { lockRow } from '~/lib/lock';
import { once, uuidFrom } from '~/lib/once';
import { emit } from '~/lib/outbox/emit';
import { limitEvents } from '~/lib/terms/alerts';
import { tellCap } from '~/lib/terms/told-limits';
import { release } from '~/lib/transfers/postings';
import { type AssetWallet, getInAsset } from '~/lib/wallets/asset-wallets';
import {
  checkBeneficiary,
  type NewWithdrawal,
  refusePaidBefore,
  refuseUnseenTwin,
  wasPaidBefore,
} from '~/lib/withdrawals/checks';
import { partsAtOnce, planWithdrawal, type WithdrawalPlan } from '~/lib/withdrawals/plan';
import type { Withdrawal } from '~/prisma/generated/client';

/**
 * Asks for a payout: checks everything that can be known now, holds amount and fee, and either queues it or waits
 * for a second person. Asked twice with one requestId, it is one withdrawal. Throws the reason of a refusal.
 */
export async function requestWithdrawal(actor: Requester, input: NewWithdrawal): Promise<Withdrawal> {
  authorize(actor, 'withdrawals:request');
  return transaction((tx) => requestWithin(tx, actor, input));
}

/** The same in the caller's transaction, which says with it what it was asked for. */
export function requestWithin(tx: Tx, actor: Requester, input: NewWithdrawal): Promise<Withdrawal> {
  authorize(actor, 'withdrawals:request');
  const { requestId, acceptedTwin: _, ...content } = input;
  return once(
    tx,
    actor,
    { act: 'withdrawal.request', requestId, content },
    (id) => tx.withdrawal.findUniqueOrThrow({ where: { id } }),
    async () => (await request(tx, actor, input)).withdrawal,
  );
}

/** One of a batch: it waits until the batch is decided on, by as many people as the rules ask for it. */
export function requestOfBatch(
  tx: Tx,
  actor: Requester,
  { batchId, ...input }: NewWithdrawal & { batchId: string },
): Promise<Requested> {
  authorize(actor, 'withdrawals:request');
  return request(tx, actor, input, batchId);
}

type Requested = { withdrawal: Withdrawal; judgement: Judgement };

async function request(
  tx: Tx,
  actor: Requester,
  input: NewWithdrawal,
  batchId: string | null = null,
): Promise<Requested> {
  const { requestId } = input;
  const id = uuidFrom(`withdrawal ${requestId}`);
  await refusePaidBefore(tx, id);
  const { wallet, judgement, limits, ...plan } = await planWithdrawal(tx, actor, input);
  if (partsAtOnce(plan.accountId, wallet.asset, input.amount))
    throw new DomainError('leaves_in_parts', 'Its network carries less at once.', { asset: wallet.asset });
  const { destinationKind, destination } = plan;
  const { amount } = input;
  await refuseUnseenTwin(
    tx,
    { walletId: wallet.id, asset: wallet.asset, destinationKind, destination, amount },
    input.acceptedTwin,
  );
  const withdrawal = await tx.withdrawal.create({
    data: {
      ...plan,
      // What is asked again of books that a restore took back is the payout that Fintoc has under this mark.
      id,
      walletId: wallet.id,
      requestedById: actor.id,
      asset: wallet.asset,
      amount,
      status: judgement.why || batchId ? 'awaiting_approval' : 'queued',
      approvalReason: judgement.why,
      batchId,
      firstSeen: !(await wasPaidBefore(tx, plan)),
      requestId,
    },
  });
  await hold(tx, wallet, withdrawal, actor, limits);
  const seen = {
    ...approvalOf(withdrawal.id),
    asset: withdrawal.asset,
    amount: input.whole?.amount ?? amount,
  };
  await keepShadows(tx, { ...seen, waits: withdrawal.status === 'awaiting_approval' }, judgement);
  if (judgement.why && !batchId) await askFor(tx, actor, withdrawal, judgement);
  await recordAudit(tx, actor, {
    action: 'withdrawal.requested',
    subject: 'withdrawal',
    id: withdrawal.id,
    after: withdrawal,
  });
  const moved = { walletId: wallet.id, asset: wallet.asset, direction: 'outbound', amount } as const;
  await emit(tx, actor, limitEvents(limits.standing, moved));
  return { withdrawal, judgement };
}

/** The seal is what binds the decision to amount, asset and destination. */
async function askFor(tx: Tx, actor: Requester, withdrawal: Withdrawal, judgement: Judgement): Promise<void> {
  const { id, asset, amount, walletId, destinationKind, destination, requestHash } = withdrawal;
  const facts = { asset, amount, walletId, destinationKind, destination, requestHash };
  await ask(tx, actor, { ...approvalOf(id), facts, reason: judgement.why ?? '', judgement });
}

const approvalOf = (id: string) => ({ action: 'withdrawal.pay', subjectId: id }) as const;

async function hold(
  tx: Tx,
  wallet: AssetWallet,
  withdrawal: Withdrawal,
  actor: Requester,
  { standing: _standing, ...limits }: WithdrawalPlan['limits'],
): Promise<void> {
  const { id, amount, feeAmount } = withdrawal;
  const available = walletAccount(wallet, 'available');
  const use = { account: available, direction: 'outbound', amount, ...limits } as const;
  await postTransaction(tx, {
    cause: { kind: 'withdrawal', id, step: 'hold' },
    kind: 'withdrawal_hold',
    effectiveAt: withdrawal.createdAt,
    guarded: true,
    use,
    withdrawalId: id,
    ...operatorOf(actor),
    lines: [
      debit(available, amount, 'withdrawal'),
      ...(feeAmount > 0n ? [debit(available, feeAmount, 'withdrawal_fee')] : []),
      credit(walletAccount(wallet, 'reserved'), amount + feeAmount),
    ],
  });
  await tellCap(tx, actor, use);
}

/** Lets a withdrawal that waits go out. Never by who asked for it. */
export async function approveWithdrawal(actor: OperatorActor, { withdrawalId }: { withdrawalId: string }) {
  authorize(actor, 'withdrawals:approve');
  return transaction(async (tx) => {
    const before = await lockWithdrawal(tx, withdrawalId);
    if (before.status !== 'awaiting_approval') return decided(tx, actor, before, 'withdrawal.approved');
    requireAlone(before);
    const { isDone } = await decide(tx, actor, approvalOf(withdrawalId), { verdict: 'approved' });
    await checkBeneficiary(tx, before);
    if (!isDone) return before;
    const after = await tx.withdrawal.update({
      where: { id: withdrawalId },
      data: { status: 'queued', nextAttemptAt: new Date() },
    });
    await recordAudit(tx, actor, {
      action: 'withdrawal.approved',
      subject: 'withdrawal',
      id: withdrawalId,
      before,
      after,
    });
    return after;
  });
}

/** Refuses a withdrawal that waits, and gives the money back to the wallet. */
export async function declineWithdrawal(
  actor: OperatorActor,
  { withdrawalId, reason }: { withdrawalId: string; reason: string },
) {
  authorize(actor, 'withdrawals:approve');
  return transaction(async (tx) => {
    const before = await lockWithdrawal(tx, withdrawalId);
    if (before.status !== 'awaiting_approval') return decided(tx, actor, before, 'withdrawal.declined');
    requireAlone(before);
    await decide(tx, actor, approvalOf(withdrawalId), { verdict: 'declined', reason });
    return giveBack(tx, actor, before, 'declined', reason);
  });
}

/** What came with a batch is decided on with all of it. */
function requireAlone({ batchId }: Withdrawal): void {
  if (batchId) throw new DomainError('decided_with_batch', 'It waits with its batch.', { id: batchId });
}

/** Who decided the same already gets what there is; whoever else is told who decided what. */
async function decided(
  tx: Tx,
  actor: Requester,
  withdrawal: Withdrawal,
  act: `withdrawal.${'approved' | Ending}`,
): Promise<Withdrawal> {
  const { id, status } = withdrawal;
  const ends = ['approved', 'declined', 'cancelled', 'expired'];
  await requireOwnDecision(tx, actor, { subject: 'withdrawal', id, status, act, ends });
  return withdrawal;
}

/** Calls a withdrawal off while Fintoc has none of it: what is queued was never sent, or was refused for now. */
export async function cancelWithdrawal(
  actor: Requester,
  { withdrawalId, reason }: { withdrawalId: string; reason: string },
) {
  authorize(actor, 'withdrawals:request');
  return transaction(async (tx) => {
    const before = await lockWithdrawal(tx, withdrawalId);
    if (before.status !== 'awaiting_approval' && before.status !== 'queued')
      return decided(tx, actor, before, 'withdrawal.cancelled');
    if (before.status === 'awaiting_approval' && !before.batchId)
      await endUndecided(tx, approvalOf(withdrawalId), 'cancelled');
    return giveBack(tx, actor, before, 'cancelled', reason);
  });
}

/** A withdrawal that nobody decided on goes back. */
export async function expireWithdrawal({ withdrawalId }: { withdrawalId: string }): Promise<void> {
  await transaction(async (tx) => {
    const before = await lockWithdrawal(tx, withdrawalId);
    if (before.status !== 'awaiting_approval') return;
    await endUndecided(tx, approvalOf(withdrawalId), 'expired');
    await giveBack(tx, system('expiry'), before, 'expired');
  });
}

type Ending = 'declined' | 'cancelled' | 'expired' | 'failed';

/** Ends a withdrawal of which Fintoc made nothing: the hold goes back to available. */
export async function giveBack(
  tx: Tx,
  actor: Actor,
  before: Withdrawal,
  status: Ending,
  reason?: string,
  failureCode?: string,
): Promise<Withdrawal> {
  const wallet = await getInAsset(tx, before.walletId, before.asset);
  await postTransaction(tx, {
    cause: { kind: 'withdrawal', id: before.id, step: 'release' },
    kind: 'withdrawal_release',
    effectiveAt: new Date(),
    givesBack: { kind: 'withdrawal', id: before.id, step: 'hold' },
    withdrawalId: before.id,
    ...operatorOf(actor),
    ...(reason && { note: reason }),
    lines: release(wallet, before.amount + before.feeAmount),
  });
  const after = await tx.withdrawal.update({
    where: { id: before.id },
    data: {
      status,
      leaseUntil: null,
      heldReason: null,
      failureCode: failureCode ?? null,
      failureDetail: reason ?? null,
    },
  });
  await recordAudit(tx, actor, {
    action: `withdrawal.${status}`,
    subject: 'withdrawal',
    id: before.id,
    walletId: before.walletId,
    before: { status: before.status },
    after: { status, failureCode: failureCode ?? null },
    ...(reason && { reason }),
  });
  return after;
}

export async function lockWithdrawal(tx: Tx, id: string): Promise<Withdrawal> {
  await lockRow(tx, 'withdrawals', id);
  const withdrawal = await tx.withdrawal.findUnique({ where: { id } });
  if (!withdrawal) throw notFound('withdrawal', id);
  return withdrawal;
}
