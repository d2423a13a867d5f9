import { z } from 'zod';
import { authorize, type OperatorActor } from '~/lib/actor';
import { approveAdjustment, declineAdjustment, expireAdjustment } from '~/lib/adjustments/adjustments';
import { changeOver, letIn } from '~/lib/api/keys';
import { ACTIONS, type ApprovalAction } from '~/lib/approvals/actions';
import { type Does, decideAct, expireAct } from '~/lib/approvals/acts';
import type { Verdict } from '~/lib/approvals/decide';
import { expireDue } from '~/lib/approvals/expire';
import { writeRule } from '~/lib/approvals/versions';
import { approveBatch, declineBatch, expireBatch } from '~/lib/batches/decide';
import { db } from '~/lib/db';
import { approveDepositRequest, declineDepositRequest, expireDepositRequest } from '~/lib/deposits/requests';
import { assignAsked, returnAsked } from '~/lib/deposits/suspense-acts';
import { eraseAsked } from '~/lib/erase';
import { InvalidInputError, notFound } from '~/lib/errors';
import { replayAsked } from '~/lib/inbox/replay';
import { beginMove } from '~/lib/patterns/ask';
import { setAccess } from '~/lib/people/access';
import { writeRole } from '~/lib/people/custom-roles';
import { openToGuest } from '~/lib/people/guests';
import { openReset, removeAskedFactor } from '~/lib/people/lost-access';
import { acceptBreak, releaseBreak } from '~/lib/proof/resolve';
import { releaseStandstill } from '~/lib/standstill/release';
import { writeStopLimits } from '~/lib/stops/limits';
import { resumePayouts } from '~/lib/stops/stops';
import { writeCap } from '~/lib/terms/cap-portfolio';
import { doTermsChange } from '~/lib/terms/change';
import { writeDebtPlan } from '~/lib/transfers/debt-plans';
import { writeSettlementNumber } from '~/lib/transfers/settlement-number';
import { EXPLANATIONS, explainPayout } from '~/lib/transfers/unexplained';
import { quarantineAsked } from '~/lib/wallets/quarantine';
import { closeAsked, freezeAsked, unfreezeAsked } from '~/lib/wallets/ruled-acts';
import { unblock } from '~/lib/withdrawals/beneficiaries';
import { endByHand, OUTCOMES } from '~/lib/withdrawals/endings';
import { approveWithdrawal, declineWithdrawal, expireWithdrawal } from '~/lib/withdrawals/withdrawals';
import type { Approval } from '~/prisma/generated/client';

type Verbs = {
  approve: (actor: OperatorActor, approval: Approval, reason: string) => Promise<unknown>;
  decline: (actor: OperatorActor, approval: Approval, reason: string) => Promise<unknown>;
  /** Null where it waits until there is a decision. */
  expire: ((approval: Approval) => Promise<void>) | null;
};

/** Of an act that holds nothing while it waits. */
const act = (does: Does): Verbs => ({
  approve: (actor, { id }) => decideAct(actor, { approvalId: id, verdict: 'approved' }, does),
  decline: (actor, { id }, reason) => decideAct(actor, { approvalId: id, verdict: 'declined', reason }, does),
  expire: expireAct,
});

/** Of what two people say: the second says it with a reason of their own. */
const word = (say: Verbs['approve']): Verbs => ({
  ...act(() => Promise.resolve()),
  approve: say,
  expire: null,
});

const deposit: Verbs = {
  approve: async (actor, approval) => approveDepositRequest(actor, { requestId: requestOf(approval) }),
  decline: async (actor, approval, reason) =>
    declineDepositRequest(actor, { requestId: requestOf(approval), reason }),
  expire: (approval) => expireDepositRequest({ requestId: requestOf(approval) }),
};
const requestOf = ({ facts }: Approval) => z.object({ requestId: z.uuid() }).parse(facts).requestId;
const outcomeOf = ({ facts }: Approval) => z.object({ outcome: z.enum(OUTCOMES) }).parse(facts).outcome;
const explanationOf = ({ facts }: Approval) => {
  const shape = z.object({ kind: z.enum(EXPLANATIONS), walletId: z.uuid().nullable() });
  const { kind, walletId } = shape.parse(facts);
  return { kind, walletId: walletId ?? undefined };
};

/** Which verbs of which noun an action is: lib/approvals knows no noun, and here every action has to be named. */
const VERBS: Record<ApprovalAction, Verbs> = {
  'withdrawal.pay': {
    approve: (actor, { subjectId }) => approveWithdrawal(actor, { withdrawalId: subjectId }),
    decline: (actor, { subjectId }, reason) => declineWithdrawal(actor, { withdrawalId: subjectId, reason }),
    expire: ({ subjectId }) => expireWithdrawal({ withdrawalId: subjectId }),
  },
  'batch.pay': {
    approve: (actor, { subjectId }) => approveBatch(actor, { batchId: subjectId }),
    decline: (actor, { subjectId }, reason) => declineBatch(actor, { batchId: subjectId, reason }),
    expire: ({ subjectId }) => expireBatch({ batchId: subjectId }),
  },
  'adjustment.post': {
    approve: (actor, { subjectId }) => approveAdjustment(actor, { adjustmentId: subjectId }),
    decline: (actor, { subjectId }, reason) => declineAdjustment(actor, { adjustmentId: subjectId, reason }),
    expire: ({ subjectId }) => expireAdjustment({ adjustmentId: subjectId }),
  },
  'deposit.return': deposit,
  'deposit.assign': deposit,
  'withdrawal.end': word((actor, approval, reason) =>
    endByHand(actor, { withdrawalId: approval.subjectId, outcome: outcomeOf(approval), reason }),
  ),
  'payout.explain': word((actor, approval, reason) =>
    explainPayout(actor, { transferId: approval.subjectId, ...explanationOf(approval), reason }),
  ),
  'break.release': word((actor, { subjectId }, reason) =>
    releaseBreak(actor, { breakId: subjectId, reason }),
  ),
  'break.accept': word((actor, { subjectId }, reason) => acceptBreak(actor, { breakId: subjectId, reason })),
  'payouts.resume': word((actor, { subjectId }, reason) =>
    resumePayouts(actor, { stopId: subjectId, reason }),
  ),
  'standstill.release': word((actor, { subjectId }, reason) =>
    releaseStandstill(actor, { standstillId: subjectId, reason }),
  ),
  'operator.enrol': act(setAccess),
  'operator.change': act(setAccess),
  'operator.password': act(openReset),
  'operator.second_factor': act(removeAskedFactor),
  'role.change': act(writeRole),
  'operator.guest': act(openToGuest),
  'customer.erase': act(eraseAsked),
  'rule.change': act(writeRule),
  'terms.change': act(doTermsChange),
  'portfolio.cap': act(writeCap),
  'stops.change': act(writeStopLimits),
  'settlement.change': act(writeSettlementNumber),
  'beneficiary.unblock': act(unblock),
  'key.make': act(letIn),
  'key.rotate': act(changeOver),
  'wallet.move_pattern': act(beginMove),
  'event.replay': act(replayAsked),
  'debt.plan': act(writeDebtPlan),
  'wallet.freeze': act(freezeAsked),
  'wallet.unfreeze': act(unfreezeAsked),
  'wallet.close': act(closeAsked),
  'number.quarantine': act(quarantineAsked),
  'suspense.return': act(returnAsked),
  'suspense.assign': act(assignAsked),
};

const verbsOf = ({ action }: Approval): Verbs => VERBS[action as ApprovalAction];

/** Somebody's decision on anything that waits, by the verb of its noun. Declining says why, and so does a word. */
export async function decideApproval(
  actor: OperatorActor,
  { approvalId, verdict, reason = '' }: Verdict & { approvalId: string },
): Promise<void> {
  // Which permission it takes, the thing itself says; nobody without a console has any of them.
  authorize(actor, 'console:read');
  const approval = await db().approval.findUnique({ where: { id: approvalId } });
  if (!approval) throw notFound('approval', approvalId);
  const isWord = ACTIONS[approval.action as ApprovalAction].kind === 'word';
  if (reason.trim() === '' && (isWord || verdict === 'declined'))
    throw new InvalidInputError({ reason: 'required' });
  if (verdict === 'approved') await verbsOf(approval).approve(actor, approval, reason.trim());
  else await verbsOf(approval).decline(actor, approval, reason.trim());
}

/** Ends what nobody decided on in time. Answers how many were due. */
export function expireApprovals(): Promise<number> {
  return expireDue((approval) => verbsOf(approval).expire?.(approval));
}
