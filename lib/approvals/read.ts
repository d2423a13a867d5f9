import { ACTIONS, type ApprovalAction } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import type { Approval } from '~/prisma/generated/client';

/** What is done once it is decided, and holds nothing until then. */
export const ACTS = (Object.keys(ACTIONS) as ApprovalAction[]).filter(
  (action) => action !== 'withdrawal.pay' && action !== 'adjustment.post',
);

export type WaitingAct = Approval;

/** The acts that wait, the longest waiting first. */
export async function listActs(
  { cursor }: { cursor?: string | undefined } = {},
  size = PAGE_SIZE,
): Promise<{ items: WaitingAct[]; nextCursor: string | null }> {
  const after = decodeCursor(cursor, 'uuid');
  const rows = await db().approval.findMany({
    where: {
      state: 'waiting',
      action: { in: ACTS },
      ...(after && { OR: [{ askedAt: { gt: after.at } }, { askedAt: after.at, id: { gt: after.id } }] }),
    },
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
    take: size + 1,
  });
  return toPage(rows, size, ({ askedAt, id }) => ({ at: askedAt, id }));
}

/** Those of them that this operator did not ask for. */
export function countActs(operatorId: string): Promise<number> {
  return db().approval.count({
    where: { state: 'waiting', action: { in: ACTS }, askedById: { not: operatorId } },
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
