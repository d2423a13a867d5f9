import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE } from '~/lib/pagination';
import { operatorNames } from '~/lib/people/operator-names';
import { type Reader, shown } from '~/lib/people/sight';

const NEWEST = keyset({ createdAt: 'time', id: 'uuid' }, 'desc');

type Asked = { walletId?: string | undefined; activeOnly?: boolean; cursor?: string | undefined };

/** What is planned, the newest first, each with what its last day became. */
export async function listSchedules(reader: Reader, { walletId, activeOnly = false, cursor }: Asked = {}) {
  const rows = await db().schedule.findMany({
    where: {
      ...NEWEST.where(cursor),
      ...(walletId && { walletId }),
      ...(activeOnly && { state: 'active' as const }),
    },
    orderBy: NEWEST.orderBy,
    take: PAGE_SIZE + 1,
    include: {
      wallet: { select: { id: true, name: true, houseRole: true, customer: { select: { name: true } } } },
      ran: {
        orderBy: { nth: 'desc' },
        take: 1,
        include: { withdrawal: { select: { id: true, status: true } } },
      },
    },
  });
  const { items, nextCursor } = NEWEST.page(rows, PAGE_SIZE);
  const names = await operatorNames(items.map(({ requestedById }) => requestedById));
  return {
    items: items.map(({ ran: [last], ...schedule }) => ({
      ...shown(reader, 'schedule', null, schedule),
      last: last ?? null,
      requestedBy: names.get(schedule.requestedById) ?? '',
    })),
    nextCursor,
  };
}

export type ScheduleRow = Awaited<ReturnType<typeof listSchedules>>['items'][number];

/** What a wallet has planned in an asset: how much its next days take, and when the first of them is. */
export async function plannedOf(
  walletId: string,
  asset: string,
): Promise<{ count: number; amount: bigint; first: Date } | null> {
  const [row] = await db().$queryRaw<{ count: number; amount: bigint; first: Date | null }[]>`
    SELECT count(*)::int AS count, coalesce(sum(amount), 0)::bigint AS amount, min(next_at) AS first
    FROM schedules WHERE wallet_id = ${walletId}::uuid AND asset = ${asset} AND state = 'active'`;
  return row?.first ? { ...row, first: row.first } : null;
}
