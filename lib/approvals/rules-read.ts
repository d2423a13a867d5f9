import { z } from 'zod';
import { type ApprovalAction, RULED_ACTIONS, type RuledAction } from '~/lib/approvals/actions';
import { type Conditions, conditionsShape } from '~/lib/approvals/conditions';
import { canBeFulfilled, countDeciders } from '~/lib/approvals/fulfillable';
import type { RuleMode } from '~/lib/approvals/rule-words';
import { DEFAULT_RULE, firedShape } from '~/lib/approvals/rules';
import { type Steps, stepsOf } from '~/lib/approvals/steps';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { byName } from '~/lib/names';
import type { ApprovalRule } from '~/prisma/generated/client';

/** One version of a rule that somebody made. */
export type RuleVersion = {
  rule: string;
  action: RuledAction;
  name: string;
  mode: RuleMode;
  version: number;
  conditions: Conditions;
  steps: Steps;
  madeAt: Date;
  fromAt: Date;
};

/**
 * A rule by its newest version, how much it would have had wait of late where it is only watched, and whether there still
 * are as many people as it wants: what it has wait ends undecided otherwise.
 */
export type RuleRow = RuleVersion & { shadowed: number; isFulfillable: boolean };

const SHADOW_DAYS = 30;
const MOST_RULES = 200;
const MOST_VERSIONS = 50;

/** The rules that people made, those in force first; what is put aside stays listed. */
export async function listRules(): Promise<RuleRow[]> {
  const newest = await db().approvalRule.findMany({
    where: { rule: { not: DEFAULT_RULE } },
    orderBy: [{ rule: 'asc' }, { version: 'desc' }],
    distinct: ['rule'],
    take: MOST_RULES,
  });
  const shadows = await db().approvalShadow.groupBy({
    by: ['rule'],
    where: {
      rule: { in: newest.map(({ rule }) => rule) },
      at: { gt: new Date(Date.now() - SHADOW_DAYS * 86_400_000) },
    },
    _count: true,
  });
  const counts = new Map(shadows.map(({ rule, _count }) => [rule, _count]));
  const deciders = await countDeciders(db());
  const modes = ['on', 'shadow', 'off'];
  const rules = newest.map((row) => ({
    ...versionOf(row),
    shadowed: counts.get(row.rule) ?? 0,
    isFulfillable: canBeFulfilled(stepsOf(row.steps), deciders),
  }));
  return byName(rules).sort((one, other) => modes.indexOf(one.mode) - modes.indexOf(other.mode));
}

/** What a rule in shadow saw. */
export type ShadowRow = {
  id: string;
  subjectType: string;
  subjectId: string;
  asset: string | null;
  amount: bigint | null;
  waited: boolean;
  at: Date;
};

/** All versions of a rule, the newest first, and the latest of what it saw in shadow. */
export async function getRule(rule: string): Promise<{ versions: RuleVersion[]; shadows: ShadowRow[] }> {
  const [versions, shadows] = await Promise.all([
    db().approvalRule.findMany({ where: { rule }, orderBy: { version: 'desc' }, take: MOST_VERSIONS }),
    db().approvalShadow.findMany({
      where: { rule },
      orderBy: { at: 'desc' },
      take: 50,
      select: {
        id: true,
        subjectType: true,
        subjectId: true,
        asset: true,
        amount: true,
        waited: true,
        at: true,
      },
    }),
  ]);
  if (rule === DEFAULT_RULE || versions.length === 0) throw notFound('approval_rule', rule);
  return { versions: versions.map(versionOf), shadows };
}

/** Versions of rules as they fired, for whoever decides: each by rule and version. */
export async function firedVersions(
  fired: readonly { rule: string; version: number }[],
): Promise<Map<string, RuleVersion>> {
  const own = fired.filter(({ rule }) => rule !== DEFAULT_RULE);
  if (own.length === 0) return new Map();
  const rows = await db().approvalRule.findMany({
    where: { OR: own.map(({ rule, version }) => ({ rule, version })) },
  });
  return new Map(rows.map((row) => [`${row.rule} ${row.version}`, versionOf(row)]));
}

/** The rules that people made and that have this wait, as they were when it was asked for. */
export async function firedOn(action: ApprovalAction, subjectId: string): Promise<RuleVersion[]> {
  const waiting = await db().approval.findFirst({
    where: { action, subjectId, state: 'waiting' },
    select: { fired: true },
  });
  return waiting ? [...(await firedVersions(firedShape.parse(waiting.fired))).values()] : [];
}

function versionOf(row: ApprovalRule): RuleVersion {
  const { rule, name, mode, version, madeAt, fromAt } = row;
  return {
    ...{ rule, name, mode, version, madeAt, fromAt },
    action: z.enum(RULED_ACTIONS).parse(row.action),
    conditions: conditionsShape.parse(row.conditions),
    steps: stepsOf(row.steps),
  };
}
