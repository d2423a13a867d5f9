import { authorize, type OperatorActor, system } from '~/lib/actor';
import { decide, endUndecided } from '~/lib/approvals/decide';
import { approvalOf, audit, decided, lockBatch } from '~/lib/batches/batches';
import { transaction } from '~/lib/db';
import type { WithdrawalBatch } from '~/prisma/generated/client';

/** Lets a batch that waits go out, all that it holds. Never by who asked for it. A worker lets its rows out. */
export async function approveBatch(
  actor: OperatorActor,
  { batchId }: { batchId: string },
): Promise<WithdrawalBatch> {
  authorize(actor, 'withdrawals:approve');
  return transaction(async (tx) => {
    const before = await lockBatch(tx, batchId);
    if (before.state !== 'awaiting_approval') return decided(tx, actor, before, 'approved');
    const { isDone } = await decide(tx, actor, approvalOf(batchId), { verdict: 'approved' });
    if (!isDone) return before;
    const after = await tx.withdrawalBatch.update({
      where: { id: batchId },
      data: { state: 'approved', decidedById: actor.id, decidedAt: new Date() },
    });
    await audit(tx, actor, 'approved', after);
    return after;
  });
}

/** Refuses a batch that waits: all that it holds goes back. */
export async function declineBatch(
  actor: OperatorActor,
  { batchId, reason }: { batchId: string; reason: string },
): Promise<WithdrawalBatch> {
  authorize(actor, 'withdrawals:approve');
  return transaction(async (tx) => {
    const before = await lockBatch(tx, batchId);
    if (before.state !== 'awaiting_approval') return decided(tx, actor, before, 'declined');
    await decide(tx, actor, approvalOf(batchId), { verdict: 'declined', reason });
    const after = await tx.withdrawalBatch.update({
      where: { id: batchId },
      data: { state: 'declined', decidedById: actor.id, decidedAt: new Date(), decision: reason },
    });
    await audit(tx, actor, 'declined', after, {}, reason);
    return after;
  });
}

/** A batch that nobody decided on goes back. */
export async function expireBatch({ batchId }: { batchId: string }): Promise<void> {
  await transaction(async (tx) => {
    const before = await lockBatch(tx, batchId);
    if (before.state !== 'awaiting_approval') return;
    await endUndecided(tx, approvalOf(batchId), 'expired');
    const after = await tx.withdrawalBatch.update({
      where: { id: batchId },
      data: { state: 'expired', decidedAt: new Date() },
    });
    await audit(tx, system('expiry'), 'expired', after);
  });
}
