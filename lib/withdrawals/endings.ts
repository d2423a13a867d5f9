import { authorize, type OperatorActor } from '~/lib/actor';
import { say } from '~/lib/approvals/words';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { asDomainError } from '~/lib/entities/entities';
import { DomainError, InvalidInputError } from '~/lib/errors';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';
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
 * One person's word on how a withdrawal ended that is being sent, or on its way, for good. From then on it isn't sent any
 * more, and when a second person says the same, it ends so; said again by whom it ended by, it stands. The second word
 * throws `not_absent_yet` while what was sent may still turn up at Fintoc; what comes too late throws `already_decided` with
 * who ended it, when and how.
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
    if (!isEndable(before, outcome, transfer)) {
      await requireOwnDecision(tx, actor, decided(before, outcome));
      return { ended: true };
    }
    const told = reason.trim();
    const asked = {
      action: 'withdrawal.end',
      subjectId: withdrawalId,
      facts: { outcome },
      reason: told,
    } as const;
    const ended = (await say(tx, actor, asked)) === 'decided';
    if (ended && outcome === 'not_paid') await requireAbsent(tx, before);
    if (ended) await end(tx, actor, before, { outcome, reason: told, transfer });
    await recordAudit(tx, actor, {
      action: ended ? 'withdrawal.ended_by_hand' : 'withdrawal.end_asked',
      subject: 'withdrawal',
      id: withdrawalId,
      walletId: before.walletId,
      before: { status: before.status },
      after: { outcome },
      reason: told,
    });
    return { ended };
  });
}

async function asItStands(withdrawalId: string): Promise<RailTransfer | null> {
  const found = await db().withdrawal.findUnique({
    where: { id: withdrawalId },
    select: { transferId: true, accountId: true },
  });
  if (!found?.transferId) return null;
  const { transferId, accountId } = found;
  return asDomainError(() => railOf(accountId).transfer(transferId));
}

function isEndable(
  { status, submittedAt }: Withdrawal,
  outcome: Outcome,
  transfer: RailTransfer | null,
): boolean {
  if (outcome === 'not_paid') return status === 'submitting' && submittedAt !== null;
  return status === 'pending' && transfer !== null && isUnknownEnding('outbound', transfer.word);
}

function decided({ id, status }: Withdrawal, outcome: Outcome) {
  const ends = ['declined', 'cancelled', 'expired'];
  return {
    subject: 'withdrawal',
    id,
    status,
    act: 'withdrawal.ended_by_hand',
    ends,
    after: { outcome },
  } as const;
}

async function requireAbsent(tx: Tx, before: Withdrawal): Promise<void> {
  if (!(await isAbsent(tx, before)) && !(await stoodUnderItsMark(tx, before)))
    throw new DomainError('not_absent_yet', 'What was sent may still turn up at Fintoc.');
}

/** What carries its mark and isn't its payment is a break of its own: people have it before their eyes. */
async function stoodUnderItsMark(tx: Tx, { id }: Withdrawal): Promise<boolean> {
  return (await tx.unexplainedPayout.count({ where: { withdrawalId: id } })) > 0;
}

type Ending = { outcome: Outcome; reason: string; transfer: RailTransfer | null };

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
