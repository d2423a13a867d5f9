import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { PAGE_SIZE } from '~/lib/pagination';
import { counterpartyOf } from '~/lib/people/masking';
import { historyFor } from '~/lib/people/reveals';
import { type Reader, seesAll, shown, shownAll, sightOf } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { pageOf } from '~/lib/search/page';
import { type ListTotals, totalsOfList } from '~/lib/search/totals';
import { typedSearch } from '~/lib/search/typed';
import { merged, type TimelineItem } from '~/lib/timeline';
import { type TransferFilter, transferConditions, transferSearch } from '~/lib/transfers/matching';
import { depositsOfKey, sharedKeys } from '~/lib/transfers/shared-keys';
import { timelineOf } from '~/lib/transfers/timeline';
import { Prisma } from '~/prisma/generated/client';

/** Transfers as Fintoc knows them, newest first. Those whose money waits for an operator: lib/deposits/waiting.ts. */
export const listTransfers = late(pageOfTransfers);

async function pageOfTransfers(
  reader: Reader,
  filter: TransferFilter & { cursor?: string | undefined },
  size = PAGE_SIZE,
) {
  return transfersBy(
    reader,
    { column: Prisma.sql`f.transacted_at`, kind: 'time', direction: 'desc' },
    filter,
    size,
  );
}

export type ListedTransfer = Awaited<ReturnType<typeof listTransfers>>['items'][number];

/** Transfers in an order of their own; `beside` is what each has to meet besides the filter. */
export async function transfersBy(
  reader: Reader,
  by: Parameters<typeof pageOf>[0]['by'],
  filter: TransferFilter & { cursor?: string | undefined },
  size: number,
  beside?: Prisma.Sql,
) {
  const { items, nextCursor } = await pageOf(
    { ...(await filtered(reader, filter, beside)), by, cursor: filter.cursor },
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
  return {
    items: shownAll(reader, 'transfer', items).map((item) => ({ ...item, sharesKey: shared.has(item.id) })),
    nextCursor,
  };
}

/** What the transfers of a filter come to; `beside` is what each has to meet besides. */
export const sumTransfers = late(sumOfTransfers);

async function sumOfTransfers(
  reader: Reader,
  filter: TransferFilter,
  beside?: Prisma.Sql,
): Promise<ListTotals> {
  return totalsOfList(await filtered(reader, filter, beside));
}

async function filtered(reader: Reader, filter: TransferFilter, beside?: Prisma.Sql) {
  const typed = await typedSearch(filter.text);
  return {
    ...{ table: Prisma.sql`transfers`, alias: Prisma.sql`f`, ids: 'word' as const },
    where: [beside, ...transferConditions(filter)],
    search: typed && transferSearch(typed, !seesAll(reader)),
  };
}

/** A deposit by itself. */
export async function getDeposit(reader: Reader, id: string) {
  const transfer = await db().transfer.findFirst({
    where: { id, direction: 'inbound' },
    include: { withdrawal: { select: { id: true } } },
  });
  if (!transfer) throw notFound('transfer', id);
  return shown(reader, 'transfer', counterpartyOf(transfer), transfer);
}

export async function getTransferPage(reader: Reader, id: string) {
  const transfer = await db().transfer.findUnique({
    where: { id },
    include: {
      wallet: { include: { customer: { select: { id: true, name: true } } } },
      withdrawal: { select: { id: true, status: true } },
    },
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
  const person = counterpartyOf(transfer);
  return {
    ...shown(reader, 'transfer', person, transfer),
    wallet: transfer.wallet && shown(reader, 'wallet', null, transfer.wallet),
    unexplained,
    events,
    sight: sightOf(reader, person),
    ofKey: (await depositsOfKey(transfer)).map((other) =>
      shown(reader, 'transfer', other.id === id ? person : null, other),
    ),
    timeline: await historyFor(reader, { person }, await historyOfTransfer(id, transfer.withdrawal?.id)),
  };
}

/** What happened to a payout happened to its withdrawal. */
async function historyOfTransfer(id: string, withdrawalId: string | undefined): Promise<TimelineItem[]> {
  if (!withdrawalId) return timelineOf('transfer', id, { transferId: id });
  const postings = { OR: [{ withdrawalId }, { transferId: id }] };
  return merged(await timelineOf('transfer', id), await timelineOf('withdrawal', withdrawalId, postings));
}

export type TransferRecord = Awaited<ReturnType<typeof getTransferPage>>;
