import { type Actor, authorize } from '~/lib/actor';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { type Act, askToDo } from '~/lib/approvals/acts';
import { writeOwnRule } from '~/lib/approvals/own-rules';
import { currentRule, lockRules } from '~/lib/approvals/rule-in-force';
import {
  changedBy,
  changeShape,
  DEFAULT_RULE,
  isLooser,
  type PayoutConditions,
  payoutConditionsOf,
} from '~/lib/approvals/rules';
import { stepsOf } from '~/lib/approvals/steps';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { once } from '~/lib/once';

const ACTION = 'withdrawal.pay' satisfies ApprovalAction;
const ALONE_HOURS = 24;

/** From which amounts a withdrawal needs a second person. */
export async function payoutConditions(tx: Tx = db()): Promise<PayoutConditions> {
  return payoutConditionsOf((await currentRule(tx, ACTION)).conditions);
}

/** From when another version is in force that one person alone made looser; null: none waits. */
export async function looserFrom(): Promise<Date | null> {
  const newest = await db().approvalRule.findFirst({
    where: { action: ACTION, rule: DEFAULT_RULE },
    orderBy: { version: 'desc' },
  });
  return newest && newest.fromAt > new Date() ? newest.fromAt : null;
}

/** Once a second person decided so (`rule.change`). What waits already goes on by the version of then. */
export async function changePayoutConditions(
  actor: Actor,
  { requestId, ...change }: Partial<PayoutConditions> & { requestId?: string },
): Promise<void> {
  authorize(actor, 'settings:write');
  const ask = async (tx: Tx) => {
    const facts = { before: await payoutConditions(tx), change };
    await askToDo(
      tx,
      actor,
      { action: 'rule.change', subjectId: ACTION, facts, reason: ACTION },
      { does: writeRule },
    );
    return { id: ACTION };
  };
  await transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'rule.change', requestId, content: change },
      async (id) => ({ id }),
      () => ask(tx),
    ),
  );
}

/** Does what `rule.change` asks for. What nobody but who asked could decide loosens the rule a day later. */
export async function writeRule(tx: Tx, actor: Actor, act: Act): Promise<void> {
  const { facts, subjectId, askedById } = act;
  if (subjectId !== ACTION) return writeOwnRule(tx, actor, act);
  await lockRules(tx);
  const { change } = changeShape.parse(facts);
  const { conditions, steps } = await currentRule(tx, ACTION);
  const before = payoutConditionsOf(conditions);
  const after = changedBy(before, change);
  const isAlone = actor.kind === 'operator' && actor.id === askedById;
  const hours = isAlone && isLooser(before, after) ? ALONE_HOURS : 0;
  const { _max } = await tx.approvalRule.aggregate({
    where: { action: ACTION, rule: DEFAULT_RULE },
    _max: { version: true },
  });
  await tx.approvalRule.create({
    data: {
      ...{ action: ACTION, version: (_max.version ?? 0) + 1, conditions: after, steps: stepsOf(steps) },
      madeById: askedById,
      fromAt: new Date(Date.now() + hours * 3_600_000),
    },
  });
  await recordAudit(tx, actor, {
    action: 'approval_rule.changed',
    subject: 'approval_rule',
    id: ACTION,
    before,
    after: { ...after, ...(hours > 0 && { inHours: hours }) },
  });
}
