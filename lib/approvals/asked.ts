import type { ApprovalAction } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { keyset } from '~/lib/keyset';
import type { Page } from '~/lib/pagination';
import type { Approval } from '~/prisma/generated/client';

type Filter = {
  action: readonly ApprovalAction[];
  state?: Approval['state'][] | undefined;
  subjectId?: string | undefined;
  cursor?: string | undefined;
};

const NEWEST = keyset({ askedAt: 'time', id: 'uuid' }, 'desc');

/** Approvals of these actions however they ended, by when they were asked for, the newest first. */
export async function listApprovals(
  { action, state, subjectId, cursor }: Filter,
  size: number,
): Promise<Page<Approval>> {
  const rows = await db().approval.findMany({
    where: {
      action: { in: [...action] },
      ...(state && { state: { in: state } }),
      ...(subjectId !== undefined && { subjectId }),
      ...NEWEST.where(cursor),
    },
    orderBy: NEWEST.orderBy,
    take: size + 1,
  });
  return NEWEST.page(rows, size);
}

export async function getApproval(id: string, action: readonly ApprovalAction[]): Promise<Approval> {
  const approval = await db().approval.findFirst({ where: { id, action: { in: [...action] } } });
  if (!approval) throw notFound('approval', id);
  return approval;
}
