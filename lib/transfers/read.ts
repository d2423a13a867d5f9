import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { PAGE_SIZE } from '~/lib/pagination';
import { pageOf } from '~/lib/search/page';
import { typedSearch } from '~/lib/search/typed';
import { type TransferFilter, transferConditions, transferSearch } from '~/lib/transfers/matching';
import { depositsOfKey, sharedKeys } from '~/lib/transfers/shared-keys';
import { timelineOf } from '~/lib/transfers/timeline';
import { Prisma, type Transfer } from '~/prisma/generated/client';

/** Transfers as Fintoc knows them, newest first. Those whose money waits for an operator: lib/deposits/waiting.ts. */
export async function listTransfers(
  filter: TransferFilter & { cursor?: string | undefined },
  size = PAGE_SIZE,
) {
  return transfersBy({ column: Prisma.sql`f.transacted_at`, kind: 'time', direction: 'desc' }, filter, size);
}

export type ListedTransfer = Awaited<ReturnType<typeof listTransfers>>['items'][number];

/** Transfers in an order of their own; `beside` is what each has to meet besides the filter. */
export async function transfersBy(
  by: Parameters<typeof pageOf>[0]['by'],
  filter: TransferFilter & { cursor?: string | undefined },
  size: number,
  beside?: Prisma.Sql,
) {
  const { text, wholeOnly = true, cursor } = filter;
  const typed = await typedSearch(text);
  const { items, nextCursor } = await pageOf(
    {
      table: Prisma.sql`transfers`,
      alias: Prisma.sql`f`,
      ids: 'word',
      by,
      where: [beside, ...transferConditions(filter)],
      search: typed && transferSearch(typed, wholeOnly),
      cursor,
    },
    size,
    (ids) =>
      db().transfer.findMany({
        where: { id: { in: ids } },
        include: {
          wallet: {
            select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
          },
        },
      }),
  );
  const shared = await sharedKeys(items);
  return { items: items.map((item) => ({ ...item, sharesKey: shared.has(item.id) })), nextCursor };
}

/** A deposit by itself. */
export async function getDeposit(id: string): Promise<Transfer> {
  const transfer = await db().transfer.findFirst({ where: { id, direction: 'inbound' } });
  if (!transfer) throw notFound('transfer', id);
  return transfer;
}

export async function getTransferPage(id: string) {
  const transfer = await db().transfer.findUnique({
    where: { id },
    include: { wallet: { include: { customer: true } }, withdrawal: { select: { id: true, status: true } } },
  });
  if (!transfer) throw notFound('transfer', id);
  const unexplained =
    transfer.purpose === 'unexplained'
      ? await db().proofBreak.findFirst({
          where: { transferId: id, kind: 'unexplained_payout' },
          select: { id: true },
        })
      : null;
  const events = await db().inboxEvent.findMany({
    where: { objectId: id },
    orderBy: { receivedAt: 'asc' },
    select: { id: true, type: true, state: true, origin: true, receivedAt: true },
  });
  return {
    ...transfer,
    unexplained,
    events,
    ofKey: await depositsOfKey(transfer),
    timeline: await timelineOf('transfer', id, { transferId: id }),
  };
}

export type TransferRecord = Awaited<ReturnType<typeof getTransferPage>>;
