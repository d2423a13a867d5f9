import { ACTIONS, type ApprovalAction } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import { can, type RoleName } from '~/lib/roles';
import { OURSELVES } from '~/lib/timeline';
import type { Approval } from '~/prisma/generated/client';

export type WaitingApproval = Approval;

type Page = { cursor?: string | undefined };

/** Everything that waits for a decision, the longest waiting first. */
export async function listWaiting(
  { cursor }: Page = {},
  size = PAGE_SIZE,
): Promise<{ items: WaitingApproval[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, 'uuid');
  const rows = await db().approval.findMany({
    where: {
      state: 'waiting',
      ...(after && { OR: [{ askedAt: { gt: after.at } }, { askedAt: after.at, id: { gt: after.id } }] }),
    },
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
    take: size + 1,
  });
  return toPage(rows, size, ({ askedAt, id }) => ({ at: askedAt, id }));
}

/** What was decided last, in its order, as a history tells it. */
export async function latestDecisions(): Promise<{ at: Date; kind: string; actor: string | null }[]> {
  const rows = await db().auditEntry.findMany({
    where: { subjectType: 'approval', NOT: { action: 'approval.asked' } },
    orderBy: { id: 'desc' },
    take: 10,
    select: { at: true, action: true, actorKind: true, actorName: true },
  });
  return rows.reverse().map(({ at, action, actorKind, actorName }) => ({
    ...{ at, kind: action, actor: actorKind === 'system' ? OURSELVES : actorName },
  }));
}

/** What is asked about each thing of a kind (`operator`, `beneficiary`), and waits, by its id. */
export async function waitingAbout(subjectType: string): Promise<Map<string, Set<ApprovalAction>>> {
  const rows = await db().approval.findMany({
    where: { state: 'waiting', subjectType },
    select: { subjectId: true, action: true },
  });
  const waiting = new Map<string, Set<ApprovalAction>>();
  for (const { subjectId, action } of rows)
    waiting.set(subjectId, new Set([...(waiting.get(subjectId) ?? []), action as ApprovalAction]));
  return waiting;
}

/** How much waits that this operator may decide on and did not ask for. */
export function countDecidable({ id, role }: { id: string; role: RoleName }): Promise<number> {
  const actions = (Object.keys(ACTIONS) as ApprovalAction[]).filter((action) =>
    can(role, ACTIONS[action].decide),
  );
  return db().approval.count({
    where: { state: 'waiting', action: { in: actions }, askedById: { not: id } },
  });
}

/** Why nobody could decide on what somebody asks for: they are the only one, or made all the others within a day. */
export type FourEyesOff = { why: 'one_person' | 'made_by_one'; name: string };

/** Whether some admin's acts have nobody to decide on them, so that they are done by one person; null: all have. */
export async function fourEyesOff(): Promise<FourEyesOff | null> {
  const [row] = await db().$queryRaw<{ name: string; others: number }[]>`
    SELECT o.name, (SELECT count(*)::int FROM operators p
      WHERE p.id <> o.id AND p.disabled_at IS NULL AND p.role IN ('approver', 'admin')) AS others
    FROM operators o WHERE o.role = 'admin' AND o.disabled_at IS NULL
      AND NOT EXISTS (SELECT FROM approval_deciders(o.id))
    ORDER BY o.created_at LIMIT 1`;
  return row ? { why: row.others === 0 ? 'one_person' : 'made_by_one', name: row.name } : null;
}
