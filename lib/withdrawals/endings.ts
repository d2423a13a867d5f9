import { authorize, type OperatorActor } from '~/lib/actor';
import { say } from '~/lib/approvals/words';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { asDomainError } from '~/lib/entities/entities';
import { DomainError, InvalidInputError } from '~/lib/errors';
import { getTransfer } from '~/lib/rails/fintoc/gateway';
import type { FintocTransfer } from '~/lib/rails/fintoc/translate';
import { applySightings } from '~/lib/transfers/apply';
import { isUnknownEnding } from '~/lib/transfers/lifecycle';
import { isAbsent } from '~/lib/withdrawals/unanswered';
import { giveBack, lockWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { Withdrawal } from '~/prisma/generated/client';

/**
 * How a withdrawal can have ended that Fintoc says nothing more of. not_paid: no request of ours made anything.
 * paid, came_back: its transfer ended in a status that nobody here knows.
 */
export const OUTCOMES = ['not_paid', 'paid', 'came_back'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * One person's word on how a withdrawal ended that is being sent, or on its way, for good. When a second person says the
 * same, it ends so. Throws `not_absent_yet` while what was sent may still turn up at Fintoc.
 */
export async function endByHand(
  actor: OperatorActor,
  { withdrawalId, outcome, reason }: { withdrawalId: string; outcome: Outcome; reason: string },
): Promise<{ ended: boolean }> {
  authorize(actor, 'proof:release');
  if (reason.trim() === '') throw new InvalidInputError({ reason: 'required' });
  // Outside of any transaction; used only where the transfer decides.
  const transfer = outcome === 'not_paid' ? null : await asItStands(withdrawalId);
  return transaction(async (tx) => {
    const before = await lockWithdrawal(tx, withdrawalId);
    await checkEndable(tx, before, outcome, transfer);
    const told = reason.trim();
    const asked = {
      action: 'withdrawal.end',
      subjectId: withdrawalId,
      facts: { outcome },
      reason: told,
    } as const;
    const ended = (await say(tx, actor, asked)) === 'decided';
    if (ended) await end(tx, actor, before, { outcome, reason: told, transfer });
    await recordAudit(tx, actor, {
      action: ended ? 'withdrawal.ended_by_hand' : 'withdrawal.end_asked',
      subject: 'withdrawal',
      id: withdrawalId,
      before: { status: before.status },
      after: { outcome },
      reason: told,
    });
    return { ended };
  });
}

async function asItStands(withdrawalId: string): Promise<FintocTransfer | null> {
  const found = await db().withdrawal.findUnique({
    where: { id: withdrawalId },
    select: { transferId: true },
  });
  const id = found?.transferId;
  return id ? asDomainError(() => getTransfer(id)) : null;
}

async function checkEndable(
  tx: Tx,
  withdrawal: Withdrawal,
  outcome: Outcome,
  transfer: FintocTransfer | null,
): Promise<void> {
  const { status } = withdrawal;
  if (outcome === 'not_paid') {
    if (status !== 'submitting' || withdrawal.submittedAt === null)
      throw new DomainError('already_decided', `The withdrawal is ${status}.`, { status });
    if (!(await isAbsent(tx, withdrawal)) && !(await stoodUnderItsMark(tx, withdrawal)))
      throw new DomainError('not_absent_yet', 'What was sent may still turn up at Fintoc.');
    return;
  }
  if (status !== 'pending' || !transfer || !isUnknownEnding('outbound', transfer.status))
    throw new DomainError('already_decided', `The withdrawal is ${status}.`, { status });
}

/** What carries its mark and isn't its payment is a break of its own: people have it before their eyes. */
async function stoodUnderItsMark(tx: Tx, { id }: Withdrawal): Promise<boolean> {
  return (await tx.unexplainedPayout.count({ where: { withdrawalId: id } })) > 0;
}

type Ending = { outcome: Outcome; reason: string; transfer: FintocTransfer | null };

async function end(
  tx: Tx,
  actor: OperatorActor,
  before: Withdrawal,
  { outcome, reason, transfer }: Ending,
): Promise<void> {
  if (outcome === 'not_paid' || !transfer) {
    await giveBack(tx, actor, before, 'failed', reason, 'ended_by_hand');
    return;
  }
  const ruling = outcome === 'paid' ? 'succeeded' : 'failed';
  const [applied] = await applySightings(tx, [{ transfer, origin: 'operator', saidAt: new Date(), ruling }]);
  if (applied?.outcome === 'refused')
    throw new DomainError('conflict', applied.reason ?? '', { status: before.status });
}
