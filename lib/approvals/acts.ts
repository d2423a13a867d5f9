import { type Actor, authorize, type OperatorActor, type Requester, system } from '~/lib/actor';
import { ACTIONS, type ApprovalAction } from '~/lib/approvals/actions';
import { type Asked, ask, factsOf, movedBy } from '~/lib/approvals/ask';
import { decideOn, end, type Verdict } from '~/lib/approvals/decide';
import { judgeNow } from '~/lib/approvals/rule-in-force';
import { approvalUnder, noteUnder, type Sent } from '~/lib/approvals/sent-again';
import { keepShadows } from '~/lib/approvals/shadows';
import { recordAudit } from '~/lib/audit/audit';
import { type Tx, transaction } from '~/lib/db';
import { requireOwnDecision } from '~/lib/decisions';
import { DomainError, notFound } from '~/lib/errors';
import { lockRow } from '~/lib/lock';
import type { Approval } from '~/prisma/generated/client';

/** What an act is about. `approvalId` and `askedById` are null where no person asked. */
export type Act = { subjectId: string; facts: unknown; reason: string } & (
  | { approvalId: string; askedById: string }
  | { approvalId: null; askedById: null }
);

/** Does an act, in the transaction of the decision. `actor` decided on it. */
export type Does = (tx: Tx, actor: Actor, act: Act) => Promise<unknown>;

/**
 * An act that holds nothing while it waits: it is done once somebody else decides so. Where nobody else could, it is
 * done at once, and audited as done by one person alone; `byTwo`: then it waits until somebody else can. The system acts
 * by itself.
 */
export async function askToDo(
  tx: Tx,
  actor: Actor,
  asked: Asked,
  {
    does,
    prepare,
    byTwo = false,
  }: { does: Does; prepare?: (approvalId: string) => Promise<unknown>; byTwo?: boolean },
): Promise<{ waits: boolean }> {
  const { subjectId, facts, reason } = asked;
  if (actor.kind !== 'operator') {
    await does(tx, actor, { subjectId, facts, reason, approvalId: null, askedById: null });
    return { waits: false };
  }
  await requireNoneWaits(tx, actor, asked);
  const approval = await ask(tx, actor, asked);
  await prepare?.(approval.id);
  await record(tx, actor, approval, 'asked');
  if (byTwo || (await decidersFor(tx, actor.id)).length > 0) return { waits: true };
  await does(tx, actor, actOf(approval));
  await tx.approval.update({
    where: { id: approval.id },
    data: { state: 'approved', endedAt: new Date(), alone: true },
  });
  await record(tx, actor, approval, 'alone');
  return { waits: false };
}

/** The approval that something waits for; null for what is done. */
export type Waiting = { waits: string | null };

/**
 * An act that whoever may do it does at once, but where a rule has somebody else decide on it: then it waits, and is done
 * as any other. `rehearsed`: what stands in its way is told to who asks, not to who decides. `sent`: sent again, it waits as
 * it did, or throws `already_decided` with what became of it. The system acts by itself.
 */
export async function doUnlessRuled(
  tx: Tx,
  actor: Actor,
  asked: Asked,
  does: Does,
  { rehearsed = false, sent }: { rehearsed?: boolean; sent?: Omit<Sent, 'action' | 'subjectId'> } = {},
): Promise<Waiting> {
  const { action, subjectId, facts, reason, known } = asked;
  const under = { action, subjectId, content: {}, ...sent };
  const before = await sentBefore(tx, actor, under);
  if (before) return { waits: before };
  const moved = movedBy(factsOf(facts));
  const judgement = isRequester(actor)
    ? await judgeNow(tx, action, { at: new Date(), ...moved, ...known })
    : NOBODY_ASKS;
  const seen = { action, subjectId, subjectType: asked.subjectType, ...moved };
  await keepShadows(tx, { ...seen, waits: judgement.why !== null }, judgement);
  const act: Act = { subjectId, facts, reason, approvalId: null, askedById: null };
  if (!isRequester(actor) || judgement.why === null) {
    await does(tx, actor, act);
    return { waits: null };
  }
  await requireNoneWaits(tx, actor, asked);
  if (rehearsed) await rehearse(tx, () => does(tx, actor, act));
  const approval = await ask(tx, actor, { ...asked, judgement });
  await noteUnder(tx, actor, under, approval);
  await record(tx, actor, approval, 'asked');
  return { waits: approval.id };
}

/** As what it was sent before and waits. */
async function sentBefore(tx: Tx, actor: Actor, sent: Sent): Promise<string | null> {
  const before = await approvalUnder(tx, actor, sent);
  if (before && before.state !== 'waiting') await ended(tx, actor, before, 'asked');
  return before?.id ?? null;
}

/** Does it and takes it back: what throws was never to be. */
async function rehearse(tx: Tx, does: () => Promise<unknown>): Promise<void> {
  await tx.$executeRaw`SAVEPOINT rehearsal`;
  await does();
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT rehearsal`;
}

/** Throws `rule_asks` once what a rule has somebody else decide on waits: nothing is done yet, and all of it is kept. */
export function requireDone({ waits }: Waiting): void {
  if (waits === null) return;
  throw new DomainError('rule_asks', 'A rule has somebody else decide on it: it waits.', {
    approvalId: waits,
  });
}

/** The approval of something that they asked for and that waits still. */
export async function waitingFor(
  tx: Tx,
  { id: askedById }: Requester,
  asked: { action: readonly ApprovalAction[]; subjectId: string },
): Promise<string | null> {
  const where = { ...asked, action: { in: [...asked.action] }, askedById, state: 'waiting' as const };
  return (await tx.approval.findFirst({ where, select: { id: true } }))?.id ?? null;
}

const NOBODY_ASKS = { why: null, shadows: [] };

function isRequester(actor: Actor): actor is Requester {
  return actor.kind === 'operator' || actor.kind === 'key';
}

/** Somebody's decision on an act. The same again by the same person is success, as everywhere. */
export async function decideAct(
  actor: OperatorActor,
  { approvalId, ...verdict }: Verdict & { approvalId: string },
  does: Does,
): Promise<void> {
  authorize(actor, 'console:read');
  await transaction(async (tx) => {
    const approval = await lockApproval(tx, approvalId);
    authorize(actor, ACTIONS[approval.action as ApprovalAction].decide);
    if (approval.state !== 'waiting') return ended(tx, actor, approval, verdict.verdict);
    // The act looks at what it needs before the approval ends: what was kept for it goes with its end.
    const decision = await decideOn(tx, actor, approval, verdict);
    if (!decision.isDone) return;
    if (verdict.verdict === 'approved') await does(tx, actor, actOf(approval));
    await end(tx, approval, verdict.verdict);
    await record(tx, actor, approval, verdict.verdict, verdict.reason);
  });
}

/** Who asked takes it back before anybody decided. */
export async function cancelAct(actor: OperatorActor, { approvalId }: { approvalId: string }): Promise<void> {
  authorize(actor, 'console:read');
  await transaction(async (tx) => {
    const approval = await lockApproval(tx, approvalId);
    if (approval.askedById !== actor.id)
      throw new DomainError('forbidden', 'Only who asked takes it back.', { permission: 'own' });
    if (approval.state !== 'waiting') return ended(tx, actor, approval, 'cancelled');
    await end(tx, approval, 'cancelled');
    await record(tx, actor, approval, 'cancelled');
  });
}

/** Nobody decided on it in time. */
export async function expireAct({ id }: { id: string }): Promise<void> {
  await transaction(async (tx) => {
    const approval = await lockApproval(tx, id);
    if (approval.state !== 'waiting') return;
    await end(tx, approval, 'expired');
    await record(tx, system('expiry'), approval, 'expired');
  });
}

/** Who else could decide on what this operator asks for: the same as PostgreSQL asks. */
export async function decidersFor(tx: Tx, operatorId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM approval_deciders(${operatorId}::uuid) AS id`;
  return rows.map(({ id }) => id);
}

async function requireNoneWaits(tx: Tx, actor: Requester, { action, subjectId }: Asked): Promise<void> {
  const approvalId = await waitingFor(tx, actor, { action: [action], subjectId });
  if (approvalId !== null)
    throw new DomainError('approval_waits', 'They asked for it already, and it waits for a decision.', {
      approvalId,
    });
}

function actOf({ id, subjectId, facts, reason, askedById }: Approval): Act {
  return { subjectId, facts, reason, approvalId: id, askedById };
}

type Ending = 'asked' | 'alone' | 'approved' | 'declined' | 'cancelled' | 'expired';

async function record(
  tx: Tx,
  actor: Actor,
  approval: Approval,
  act: Ending,
  reason = approval.reason,
): Promise<void> {
  const { id, action, subjectId, facts } = approval;
  const after = { action, subjectId, facts, askedBy: approval.askedByName };
  await recordAudit(tx, actor, {
    action: `approval.${act}`,
    subject: 'approval',
    id,
    after,
    ...(reason && { reason }),
  });
}

async function ended(tx: Tx, actor: Actor, { id, state }: Approval, act: Ending): Promise<void> {
  const ends = ['alone', 'approved', 'declined', 'cancelled', 'expired'];
  await requireOwnDecision(tx, actor, {
    subject: 'approval',
    id,
    status: state,
    act: `approval.${act}`,
    ends,
  });
}

async function lockApproval(tx: Tx, id: string): Promise<Approval> {
  await lockRow(tx, 'approvals', id);
  const approval = await tx.approval.findUnique({ where: { id } });
  if (!approval) throw notFound('approval', id);
  return approval;
}
