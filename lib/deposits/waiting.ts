import { db } from '~/lib/db';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import type { Reader } from '~/lib/people/sight';
import type { AssetTotal } from '~/lib/search/money';
import type { ListTotals } from '~/lib/search/totals';
import type { TransferFilter } from '~/lib/transfers/matching';
import { type ListedTransfer, sumTransfers, transfersBy } from '~/lib/transfers/read';
import { Prisma } from '~/prisma/generated/client';

export type SuspenseRow = ListedTransfer;

/** Deposits whose money belongs to no open wallet until an operator says to whom; longest waiting first. */
export function listSuspense(
  reader: Reader,
  filter: TransferFilter & { cursor?: string | undefined },
  size = PAGE_SIZE,
): Promise<Page<SuspenseRow>> {
  return transfersBy(
    reader,
    { column: Prisma.sql`f.suspense_since`, kind: 'time', direction: 'asc' },
    filter,
    size,
    WAITS,
  );
}

const WAITS = Prisma.sql`f.suspense_since IS NOT NULL`;

/** What those of a filter come to. */
export function sumSuspense(reader: Reader, filter: TransferFilter): Promise<ListTotals> {
  return sumTransfers(reader, filter, WAITS);
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
