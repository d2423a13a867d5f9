import type { ApprovalAction } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { decodeCursor, type Page, toPage } from '~/lib/pagination';
import type { Approval } from '~/prisma/generated/client';

type Filter = {
  action: readonly ApprovalAction[];
  state?: Approval['state'][] | undefined;
  cursor?: string | undefined;
};

/** Approvals of these actions however they ended, by when they were asked for, the newest first. */
export async function listApprovals(
  { action, state, cursor }: Filter,
  size: number,
): Promise<Page<Approval>> {
  const after = decodeCursor(cursor, 'uuid');
  const rows = await db().approval.findMany({
    where: {
      action: { in: [...action] },
      ...(state && { state: { in: state } }),
      ...(after && { OR: [{ askedAt: { lt: after.at } }, { askedAt: after.at, id: { lt: after.id } }] }),
    },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
  });
  return toPage(rows, size, ({ askedAt, id }) => ({ at: askedAt, id }));
}

export async function getApproval(id: string, action: readonly ApprovalAction[]): Promise<Approval> {
  const approval = await db().approval.findFirst({ where: { id, action: { in: [...action] } } });
  if (!approval) throw notFound('approval', id);
  return approval;
}
