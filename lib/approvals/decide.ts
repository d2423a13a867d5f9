import type { OperatorActor } from '~/lib/actor';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { peopleNeeded, roleNext, stepRole, stepsOf } from '~/lib/approvals/steps';
import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { emit } from '~/lib/outbox/emit';
import type { Approval } from '~/prisma/generated/client';

export type Subject = { action: ApprovalAction; subjectId: string };
export type Verdict = { verdict: 'approved' | 'declined'; reason?: string };

/**
 * Somebody's decision on what waits, in the caller's transaction, which holds the subject's lock and has authorized the
 * actor. `isDone`: nobody else has to. Throws `own_request` to who asked, and `not_independent` where one of the two
 * made or changed the other's account, role or password within a day, and `step_for_role` where the next step is another
 * role's. PostgreSQL refuses all of that as well.
 */
export async function decide(
  tx: Tx,
  actor: OperatorActor,
  subject: Subject,
  verdict: Verdict,
): Promise<{ approval: Approval; isDone: boolean }> {
  const approval = await lockWaiting(tx, subject);
  const decision = await decideOn(tx, actor, approval, verdict);
  return { approval: decision.isDone ? await end(tx, approval, verdict.verdict) : approval, ...decision };
}

/** The decision itself, on what is locked and waits; whoever calls it ends the approval where it is done. */
export async function decideOn(
  tx: Tx,
  actor: OperatorActor,
  approval: Approval,
  { verdict, reason }: Verdict,
): Promise<{ isDone: boolean }> {
  if (approval.askedById === actor.id || (await standsFor(tx, approval.askedById, actor.id)))
    throw new DomainError('own_request', 'Somebody who asked for it cannot decide on it.');
  if (await areTied(tx, approval.askedById, actor.id))
    throw new DomainError(
      'not_independent',
      'One of the two made or changed the other’s account within a day.',
    );
  const steps = stepsOf(approval.steps);
  const yes = { approvalId: approval.id, verdict: 'approved' } as const;
  const before = await tx.approvalDecision.count({ where: yes });
  const role = roleNext(steps, before);
  if (verdict === 'approved' && role !== null && role !== stepRole(actor.role))
    throw new DomainError('step_for_role', 'The next decision is for another role.', { role });
  await tx.approvalDecision.create({
    data: {
      ...{ approvalId: approval.id, verdict, reason: reason ?? null },
      operatorId: actor.id,
      operatorName: actor.name,
    },
  });
  if (verdict === 'declined') return { isDone: true };
  const isDone = before + 1 >= peopleNeeded(steps);
  // Whose turn it is next is told of it.
  if (!isDone) await emit(tx, actor, [{ type: 'approval.waits', subject: 'approval', id: approval.id }]);
  return { isDone };
}

/** What waits is called off, or nobody decided on it in time. */
export async function endUndecided(
  tx: Tx,
  subject: Subject,
  state: 'cancelled' | 'expired',
): Promise<Approval> {
  return end(tx, await lockWaiting(tx, subject), state);
}

export function end(tx: Tx, { id }: { id: string }, state: Approval['state']): Promise<Approval> {
  return tx.approval.update({ where: { id }, data: { state, endedAt: new Date() } });
}

/** After the subject's own lock, always: who decides, calls off and lets expire never wait for each other in a ring. */
async function lockWaiting(tx: Tx, { action, subjectId }: Subject): Promise<Approval> {
  const [locked] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM approvals WHERE action = ${action} AND subject_id = ${subjectId} AND state = 'waiting' FOR UPDATE`;
  if (!locked) throw new Error(`No ${action} of ${subjectId} waits for a decision.`);
  return tx.approval.findUniqueOrThrow({ where: { id: locked.id } });
}

/** What a key asks for is the wish of who made it: they may hold its secret. */
async function standsFor(tx: Tx, keyId: string, operatorId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ own: boolean }[]>`
    SELECT key_stands_for(${keyId}::uuid, ${operatorId}::uuid) AS own`;
  return row?.own ?? false;
}

async function areTied(tx: Tx, one: string, other: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ tied: boolean }[]>`
    SELECT operators_tied(${one}::uuid, ${other}::uuid) AS tied`;
  return row?.tied ?? true;
}
