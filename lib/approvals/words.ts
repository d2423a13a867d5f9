import type { OperatorActor } from '~/lib/actor';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { type Asked, ask, factsOf } from '~/lib/approvals/ask';
import { decideOn, end } from '~/lib/approvals/decide';
import { approvalUnder, noteUnder } from '~/lib/approvals/sent-again';
import { db, type Tx } from '~/lib/db';
import type { Approval } from '~/prisma/generated/client';

/**
 * One person's word, in the caller's transaction, which holds the subject's lock and writes the audit row. The first to
 * say something asks for it, and the same word of somebody else decides it. Whoever says something else than they did
 * takes their first word back; `sent_again`: it is the very same sending, of which nothing more comes.
 */
export async function say(
  tx: Tx,
  actor: OperatorActor,
  { requestId, ...asked }: Asked & { requestId?: string | undefined },
): Promise<'sent_again' | 'said_before' | 'said' | 'decided'> {
  const { action, subjectId, reason } = asked;
  const sent = { action, subjectId, requestId, content: { facts: factsOf(asked.facts), reason } };
  if ((await approvalUnder(tx, actor, sent)) !== null) return 'sent_again';
  const waiting = await tx.$queryRaw<{ id: string; isSame: boolean; askedById: string }[]>`
    SELECT id, facts = ${JSON.stringify(factsOf(asked.facts))}::jsonb AS "isSame", asked_by_id AS "askedById"
    FROM approvals WHERE action = ${action} AND subject_id = ${subjectId} AND state = 'waiting'
    ORDER BY asked_at, id FOR UPDATE`;
  const own = waiting.find(({ askedById }) => askedById === actor.id);
  if (own?.isSame) return 'said_before';
  if (own) await end(tx, own, 'cancelled');
  const other = waiting.find((each) => each !== own && each.isSame);
  if (!other) {
    await noteUnder(tx, actor, sent, await ask(tx, actor, asked));
    return 'said';
  }
  const approval = await tx.approval.findUniqueOrThrow({ where: { id: other.id } });
  const { isDone } = await decideOn(tx, actor, approval, { verdict: 'approved', reason });
  await noteUnder(tx, actor, sent, approval);
  if (!isDone) return 'said';
  await end(tx, approval, 'approved');
  // What others say about a thing that is decided waits for nobody.
  for (const each of waiting) if (each !== own && each !== other) await end(tx, each, 'cancelled');
  return 'decided';
}

/** What people were asked about is another thing now: whatever they said of it waits no more. */
export async function callOff(tx: Tx, actions: ApprovalAction[], subjectId: string): Promise<void> {
  await tx.approval.updateMany({
    where: { action: { in: actions }, subjectId, state: 'waiting' },
    data: { state: 'cancelled', endedAt: new Date() },
  });
}

export type Word = {
  id: string;
  operatorId: string;
  operatorName: string;
  reason: string;
  at: Date;
  facts: Approval['facts'];
};

/** Who said what about a thing and has not taken it back, in the order in which they said it. */
export async function wordsOn(
  action: ApprovalAction,
  subjectId: string,
  since: Date = new Date(0),
): Promise<Word[]> {
  const said = await db().approval.findMany({
    where: { action, subjectId, state: { in: ['waiting', 'approved'] }, askedAt: { gte: since } },
    include: { decisions: { where: { verdict: 'approved' } } },
  });
  return said
    .flatMap(({ id, askedById, askedByName, reason, askedAt, facts, decisions }) => [
      { id, operatorId: askedById, operatorName: askedByName, reason, at: askedAt, facts },
      ...decisions.map((each) => ({
        ...{ id: each.id, operatorId: each.operatorId, operatorName: each.operatorName, at: each.at },
        ...{ reason: each.reason ?? '', facts },
      })),
    ])
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}
