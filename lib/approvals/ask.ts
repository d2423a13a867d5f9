import type { Requester } from '~/lib/actor';
import { ACTIONS, type ApprovalAction, expiryOf } from '~/lib/approvals/actions';
import { currentRule } from '~/lib/approvals/rule-in-force';
import { toJson } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import type { Approval } from '~/prisma/generated/client';
import { Prisma } from '~/prisma/generated/client';

export type Asked = {
  action: ApprovalAction;
  subjectId: string;
  /** All that is decided on; bigints are kept as text. Never a secret. */
  facts: object;
  reason: string;
};

/**
 * Has something wait for somebody else's decision, by the rule that is in force now. In the caller's transaction, which
 * holds the subject's lock and writes the audit row.
 */
export async function ask(tx: Tx, actor: Requester, asked: Asked): Promise<Approval> {
  const { action, subjectId, reason } = asked;
  const { version, steps } = await currentRule(tx, action);
  const askedAt = new Date();
  return tx.approval.create({
    data: {
      ...{ action, subjectId, reason, askedAt },
      subjectType: ACTIONS[action].subject,
      facts: factsOf(asked.facts),
      ruleVersion: version,
      steps: factsOf(steps),
      askedById: actor.id,
      askedByName: actor.name,
      expiresAt: expiryOf(action, askedAt),
    },
  });
}

/** As they are kept: bigints as text. */
export function factsOf(value: unknown): Prisma.InputJsonValue {
  const plain = toJson(value);
  if (plain === Prisma.DbNull) throw new Error('An approval is about something.');
  return plain as Prisma.InputJsonValue;
}
