import { db } from '~/lib/db';
import { PAGE_SIZE } from '~/lib/pagination';
import type { TransferFilter } from '~/lib/transfers/matching';
import { transfersBy } from '~/lib/transfers/read';
import { APPROVAL_DAYS } from '~/lib/transfers/withdrawals';
import { Prisma } from '~/prisma/generated/client';
import type { WithdrawalStatus } from '~/prisma/generated/enums';

export const IN_FLIGHT: WithdrawalStatus[] = ['queued', 'submitting', 'pending'];
export const CAME_BACK: WithdrawalStatus[] = ['failed', 'rejected', 'returned'];

export type AssetTotal = { asset: string; count: number; amount: bigint };

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
  return new Date(createdAt.getTime() + APPROVAL_DAYS * 86_400_000);
}

export function countInFlight(): Promise<number> {
  return db().withdrawal.count({ where: { status: { in: IN_FLIGHT } } });
}

/** Deposits whose money belongs to no open wallet until an operator says to whom; longest waiting first. */
export function listSuspense(filter: TransferFilter & { cursor?: string | undefined }, size = PAGE_SIZE) {
  return transfersBy(
    { column: Prisma.sql`f.suspense_since`, kind: 'time', direction: 'asc' },
    filter,
    size,
    Prisma.sql`f.suspense_since IS NOT NULL`,
  );
}

/** What stands in suspense, per asset, and since when the longest has waited. */
export async function suspenseTotals(): Promise<(AssetTotal & { oldest: Date | null })[]> {
  const rows = await db().transfer.groupBy({
    by: ['asset'],
    where: { suspenseSince: { not: null } },
    _count: true,
    _sum: { amount: true },
    _min: { suspenseSince: true },
    orderBy: { asset: 'desc' },
  });
  return rows.map(({ asset, _count, _sum, _min }) => ({
    asset,
    count: _count,
    amount: _sum.amount ?? 0n,
    oldest: _min.suspenseSince,
  }));
}
