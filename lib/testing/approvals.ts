import type { OperatorActor } from '~/lib/actor';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { tamper } from '~/lib/testing/tampering';

/** Lets what waits about this have waited so many hours longer. */
export async function waitedLonger(subjectId: string, hours: number): Promise<void> {
  await tamper(
    `UPDATE approvals SET asked_at = asked_at - make_interval(mins => $2), expires_at = expires_at - make_interval(mins => $2)
     WHERE subject_id = $1 AND state = 'waiting'`,
    [subjectId, Math.round(hours * 60)],
  );
}

/** Has somebody else approve what waits about this. */
export async function approveWaiting(
  actor: OperatorActor,
  subject: { action: ApprovalAction; subjectId: string },
): Promise<void> {
  const { id } = await db().approval.findFirstOrThrow({ where: { ...subject, state: 'waiting' } });
  await decideApproval(actor, { approvalId: id, verdict: 'approved' });
}
