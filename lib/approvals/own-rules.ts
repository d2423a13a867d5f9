import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Actor, authorize } from '~/lib/actor';
import { RULED, RULED_ACTIONS, type RuledAction, sumsOf } from '~/lib/approvals/actions';
import { type Act, askToDo, decidersFor } from '~/lib/approvals/acts';
import { type Conditions, conditionsShape, looksOf } from '~/lib/approvals/conditions';
import { canBeFulfilled, countDeciders } from '~/lib/approvals/fulfillable';
import { lockRules } from '~/lib/approvals/rule-in-force';
import { RULE_MODES, type RuleMode } from '~/lib/approvals/rule-words';
import { peopleNeeded, type Steps, stepsOf } from '~/lib/approvals/steps';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { once } from '~/lib/once';

/** A rule as somebody writes it, whole. */
export type RuleText = { name: string; mode: RuleMode; conditions: Conditions; steps: Steps };

/** `rule` is the id of the one that it is another version of; left out, it is a new one. */
export type NewRule = RuleText & { action: RuledAction; rule?: string | undefined };

const ALONE_HOURS = 24;

const text = z.object({
  name: z.string(),
  mode: z.enum(RULE_MODES),
  conditions: conditionsShape,
  steps: z.unknown().transform(stepsOf),
});
/** What a change of a rule that somebody made is decided on. */
export const ownChangeShape = z.object({
  action: z.enum(RULED_ACTIONS),
  rule: z.uuid(),
  before: text.nullable(),
  after: text,
});

/**
 * Asks for a rule, new or another version of one, and does it once a second person decided so (`rule.change`). What
 * waits already goes on by the versions of then. Throws `invalid` for what the action knows nothing of, and for more
 * people than there are.
 */
export async function changeRule(
  actor: Actor,
  { requestId, ...asked }: NewRule & { requestId?: string },
): Promise<{ id: string }> {
  authorize(actor, 'settings:write');
  return transaction((tx) =>
    once(
      tx,
      actor,
      { act: 'rule.write', requestId, content: asked },
      async (id) => ({ id }),
      () => askForRule(tx, actor, asked),
    ),
  );
}

async function askForRule(tx: Tx, actor: Actor, asked: NewRule): Promise<{ id: string }> {
  const { action, rule: known, ...after } = asked;
  checkRule(action, after);
  if (after.mode !== 'off' && actor.kind === 'operator') await requirePeople(tx, actor.id, after.steps);
  const before = known === undefined ? null : await newestOf(tx, known);
  if (before && before.action !== action) throw new InvalidInputError({ action: 'required' });
  const rule = known ?? randomUUID();
  const facts = { action, rule, before: before && textOf(before), after };
  await askToDo(
    tx,
    actor,
    { action: 'rule.change', subjectId: rule, facts, reason: after.name },
    { does: writeOwnRule },
  );
  return { id: rule };
}

/**
 * Throws `invalid` for more people, of any role or of one, than could ever decide: what it has wait would end unpaid. A rule
 * is put aside whoever is left.
 */
async function requirePeople(tx: Tx, askerId: string, steps: Steps): Promise<void> {
  const deciders = await countDeciders(tx, [askerId, ...(await decidersFor(tx, askerId))]);
  if (!canBeFulfilled(steps, deciders)) throw new InvalidInputError({ people: 'too_few_people' });
}

/** Throws `invalid` by field for what a rule of this action can't look at. */
export function checkRule(action: RuledAction, { name, conditions }: RuleText): void {
  if (name.trim() === '') throw new InvalidInputError({ name: 'required' });
  if (!conditionsShape.safeParse(conditions).success)
    throw new InvalidInputError({ amountFrom: 'rule_amounts' });
  const unknown = looksOf(conditions).find((look) => !RULED[action].some((each) => each === look));
  if (unknown) throw new InvalidInputError({ [unknown]: 'rule_not_of_action' });
  if (conditions.sum && !sumsOf(action).includes(conditions.sum.of))
    throw new InvalidInputError({ sumOf: 'rule_not_of_action' });
}

/** Does what such a `rule.change` asks for. What nobody but who asked could decide loosens a rule a day later. */
export async function writeOwnRule(tx: Tx, actor: Actor, { facts, askedById }: Act): Promise<void> {
  await lockRules(tx);
  const { action, rule, after } = ownChangeShape.parse(facts);
  const before = await tx.approvalRule.findFirst({ where: { rule }, orderBy: { version: 'desc' } });
  const isAlone = actor.kind === 'operator' && actor.id === askedById;
  const hours = isAlone && before && isLooser(textOf(before), after) ? ALONE_HOURS : 0;
  await tx.approvalRule.create({
    data: {
      ...{ action, rule, ...after, version: (before?.version ?? 0) + 1, madeById: askedById },
      fromAt: new Date(Date.now() + hours * 3_600_000),
    },
  });
  await recordAudit(tx, actor, {
    action: 'approval_rule.changed',
    subject: 'approval_rule',
    id: rule,
    before: before && textOf(before),
    after: { action, ...after, ...(hours > 0 && { inHours: hours }) },
  });
}

/** Whether anything may pass that a rule in force had wait: any other condition may let something by. */
function isLooser(before: RuleText, after: RuleText): boolean {
  if (before.mode !== 'on') return false;
  return (
    after.mode !== 'on' ||
    peopleNeeded(after.steps) < peopleNeeded(before.steps) ||
    JSON.stringify([before.conditions, before.steps]) !== JSON.stringify([after.conditions, after.steps])
  );
}

type Kept = { name: string; mode: RuleMode; conditions: unknown; steps: unknown };

function textOf({ name, mode, conditions, steps }: Kept): RuleText {
  return { name, mode, conditions: conditionsShape.parse(conditions), steps: stepsOf(steps) };
}

async function newestOf(tx: Tx, rule: string) {
  const newest = await tx.approvalRule.findFirst({ where: { rule }, orderBy: { version: 'desc' } });
  if (!newest) throw notFound('approval_rule', rule);
  return newest;
}
