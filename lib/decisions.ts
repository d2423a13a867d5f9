import type { Actor } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import type { Subject } from '~/lib/outbox/subjects';

type Decided = {
  subject: Subject;
  id: string;
  /** How it stands now. */
  status: string;
  /** What is asked for now, as the audit names it: `withdrawal.approved`. */
  act: string;
  /** What else could have decided it, the last part of its audit name. */
  ends: readonly string[];
  /** What the audit must say of it besides, where the act alone isn't the whole decision. */
  after?: Record<string, string | null>;
};

/**
 * For whoever comes to a thing that is decided: returns when they decided it the same way themselves, as somebody does
 * whose answer was lost. Else throws `already_decided` with what was done (`act`), `by` whom, and when (`at`).
 */
export async function requireOwnDecision(tx: Tx, actor: Actor, decided: Decided): Promise<void> {
  const { subject, id, status, act, ends, after = {} } = decided;
  const noun = act.slice(0, act.indexOf('.') + 1);
  const last = await tx.auditEntry.findFirst({
    where: { subjectType: subject, subjectId: id, action: { in: [act, ...ends.map((end) => noun + end)] } },
    orderBy: { id: 'desc' },
    select: { action: true, actorKind: true, actorId: true, actorName: true, at: true, after: true },
  });
  const said = (last?.after ?? {}) as Record<string, unknown>;
  const isSame = last?.action === act && Object.entries(after).every(([key, value]) => said[key] === value);
  if (isSame && 'id' in actor && last?.actorId === actor.id) return;
  throw new DomainError('already_decided', `It is ${status} already.`, {
    status,
    ...(last && {
      act: last.action,
      by: last.actorId ? last.actorName : '',
      at: last.at.toISOString(),
    }),
  });
}
