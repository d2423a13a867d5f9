import { z } from 'zod';
import type { Requester } from '~/lib/actor';
import { ACTIONS, type ApprovalAction, expiryOf } from '~/lib/approvals/actions';
import type { RuleFacts } from '~/lib/approvals/conditions';
import { judgeNow } from '~/lib/approvals/rule-in-force';
import type { Judgement } from '~/lib/approvals/rules';
import { keepShadows } from '~/lib/approvals/shadows';
import { type Steps, strictest } from '~/lib/approvals/steps';
import { toJson } from '~/lib/audit/audit';
import type { Tx } from '~/lib/db';
import { emit, type NewEvent } from '~/lib/outbox/emit';
import { type Approval, Prisma } from '~/prisma/generated/client';

export type Asked = {
  action: ApprovalAction;
  subjectId: string;
  /** Where it is not what the action is about as a rule. */
  subjectType?: string | undefined;
  /** All that is decided on; bigints are kept as text. Never a secret. */
  facts: object;
  reason: string;
  /** What rules look at beside asset and amount, which the facts say. */
  known?: Partial<RuleFacts>;
  /** What the rules made of it, where they were asked before. */
  judgement?: Judgement;
  /** Whom the rules want of what else is decided by the same decision: both wait for whoever either asks for. */
  together?: Steps;
};

/**
 * Has something wait for somebody else's decision, by the rules that are in force now. In the caller's transaction, which
 * holds the subject's lock and writes the audit row.
 */
export async function ask(tx: Tx, actor: Requester, asked: Asked): Promise<Approval> {
  const { action, subjectId } = asked;
  const facts = factsOf(asked.facts);
  const moved = movedBy(facts);
  const askedAt = new Date();
  const judgement =
    asked.judgement ?? (await judgeNow(tx, action, { at: askedAt, ...moved, ...asked.known }));
  if (!asked.judgement)
    await keepShadows(
      tx,
      { action, subjectId, subjectType: asked.subjectType, ...moved, waits: true },
      judgement,
    );
  const approval = await tx.approval.create({ data: approvalRow({ ...asked, judgement }, actor, askedAt) });
  await emit(tx, actor, [approvalWaits(approval.id)]);
  return approval;
}

/** What is kept of it, but for its id, which is newer than all before it. */
export function approvalRow(asked: Asked & { judgement: Judgement }, actor: Requester, askedAt: Date) {
  const { action, subjectId, reason, judgement, together } = asked;
  const steps = together ? strictest([judgement.steps, together]) : judgement.steps;
  return {
    ...{ action, subjectId, reason, askedAt, facts: factsOf(asked.facts) },
    subjectType: asked.subjectType ?? ACTIONS[action].subject,
    ruleVersion: judgement.version,
    steps: factsOf(steps),
    fired: factsOf(judgement.fired),
    askedById: actor.id,
    askedByName: actor.name,
    expiresAt: expiryOf(action, askedAt),
  };
}

export function approvalWaits(id: string): NewEvent {
  return { type: 'approval.waits', subject: 'approval', id };
}

/** As they are kept: bigints as text. */
export function factsOf(value: unknown): Prisma.InputJsonValue {
  const plain = toJson(value);
  if (plain === Prisma.DbNull) throw new Error('An approval is about something.');
  return plain as Prisma.InputJsonValue;
}

const money = z.object({ asset: z.string(), amount: z.string().regex(/^\d+$/) });

/** What it moves, if it moves anything. */
export function movedBy(facts: unknown): { asset: string | null; amount: bigint | null } {
  const { success, data } = money.safeParse(facts);
  return success ? { asset: data.asset, amount: BigInt(data.amount) } : { asset: null, amount: null };
}
