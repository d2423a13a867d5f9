import { type Actor, authorize, type OperatorActor, operatorOf, type Requester, system } from '~/lib/actor';
import { decide, endUndecided } from '~/lib/approvals/decide';
import type { Judgement } from '~/lib/approvals/rules';
import { recordAudit } from '~/lib/audit/audit';
import { committed, db, type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, notFound } from '~/lib/errors';
import { postTransaction } from '~/lib/ledger/post';
import { lockRow } from '~/lib/lock';
import { release } from '~/lib/transfers/postings';
import { getInAsset } from '~/lib/wallets/asset-wallets';
import { askForWithdrawal, makeWithdrawal } from '~/lib/withdrawals/asking';
import { checkBeneficiary, type NewWithdrawal } from '~/lib/withdrawals/checks';
import { readKnown } from '~/lib/withdrawals/known';
import type { Withdrawal } from '~/prisma/generated/client';

/**
 * Asks for a payout: checks everything that can be known now, holds amount and fee, and either queues it or waits
 * for a second person. Asked twice with one requestId, it is one withdrawal. Throws the reason of a refusal.
 */
export async function requestWithdrawal(actor: Requester, input: NewWithdrawal): Promise<Withdrawal> {
  authorize(actor, 'withdrawals:request');
  return (await committed(() => askForWithdrawal(db(), actor, input))).withdrawal;
}

/** One of a batch: it waits until the batch is decided on, by as many people as the rules ask for it. */
export async function requestOfBatch(
  tx: Tx,
  actor: Requester,
  { batchId, ...input }: NewWithdrawal & { batchId: string },
): Promise<{ withdrawal: Withdrawal; judgement: Judgement }> {
  authorize(actor, 'withdrawals:request');
  return makeWithdrawal(tx, actor, input, { known: await readKnown(tx, input), batchId });
}

const approvalOf = (id: string) => ({ action: 'withdrawal.pay', subjectId: id }) as const;

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
