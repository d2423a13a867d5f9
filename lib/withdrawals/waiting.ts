import { expiryOf } from '~/lib/approvals/actions';
import { db } from '~/lib/db';
import type { AssetTotal } from '~/lib/search/money';
import type { WithdrawalStatus } from '~/prisma/generated/enums';

export const IN_FLIGHT: WithdrawalStatus[] = ['queued', 'submitting', 'pending'];
export const CAME_BACK: WithdrawalStatus[] = ['failed', 'rejected', 'returned'];

/** What waits for a decision, per asset. */
export async function approvalTotals(): Promise<AssetTotal[]> {
  const rows = await db().withdrawal.groupBy({
    by: ['asset'],
    where: { status: 'awaiting_approval' },
    _count: true,
    _sum: { amount: true },
    orderBy: { asset: 'desc' },
  });
  return rows.map(({ asset, _count, _sum }) => ({ asset, count: _count, amount: _sum.amount ?? 0n }));
}

/** When a withdrawal that nobody decides on goes back. */
export function approvalEnds({ createdAt }: { createdAt: Date }): Date {
  return expiryOf('withdrawal.pay', createdAt) ?? createdAt;
}

export function countInFlight(): Promise<number> {
  return db().withdrawal.count({ where: { status: { in: IN_FLIGHT } } });
}
