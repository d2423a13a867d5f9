import type { ApprovalAction } from '~/lib/approvals/actions';
import type { RuleFacts } from '~/lib/approvals/conditions';
import { DEFAULT_RULE, type Judgement, judge } from '~/lib/approvals/rules';
import type { Tx } from '~/lib/db';
import { type ApprovalRule, Prisma } from '~/prisma/generated/client';

/** Of each rule of an action the version that is in force; what was there from the start comes first. */
export async function rulesInForce(tx: Tx, action: ApprovalAction): Promise<ApprovalRule[]> {
  const newest = await tx.approvalRule.findMany({
    where: { action, fromAt: { lte: new Date() } },
    orderBy: [{ rule: 'asc' }, { version: 'desc' }],
    distinct: ['rule'],
  });
  return newest.sort((one, other) => Number(other.rule === DEFAULT_RULE) - Number(one.rule === DEFAULT_RULE));
}

/** The same as a column of a statement that reads more: what `judge` takes. */
export function rulesColumn(action: ApprovalAction): Prisma.Sql {
  return Prisma.sql`(
    SELECT coalesce(jsonb_agg(jsonb_build_object('action', r.action, 'rule', r.rule, 'version', r.version, 'mode', r.mode,
      'conditions', r.conditions, 'steps', r.steps) ORDER BY r.rule <> ${DEFAULT_RULE}, r.rule), '[]')
    FROM (SELECT DISTINCT ON (n.rule) n.* FROM approval_rules n
      WHERE n.action = ${action} AND n.from_at <= ${new Date()} ORDER BY n.rule, n.version DESC) r)`;
}

/** The version of the rule that was there from the start. */
export function currentRule(tx: Tx, action: ApprovalAction): Promise<ApprovalRule> {
  return tx.approvalRule.findFirstOrThrow({
    where: { action, rule: DEFAULT_RULE, fromAt: { lte: new Date() } },
    orderBy: { version: 'desc' },
  });
}

/** What the rules that are in force make of a request. */
export async function judgeNow(tx: Tx, action: ApprovalAction, facts: RuleFacts): Promise<Judgement> {
  return judge(await rulesInForce(tx, action), facts);
}

/** Of two who change a rule at once the second one starts from what the first one made. */
export async function lockRules(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.approval_rules'))`;
}
