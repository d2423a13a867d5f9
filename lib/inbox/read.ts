import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import type { EventFilter } from '~/lib/inbox/matching';
import { eventsSearched } from '~/lib/inbox/searched';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';

/** Events as they reached us, newest first, without their bodies. */
export async function listEvents({ cursor, ...filter }: EventFilter & { cursor?: string | undefined }) {
  const from = decodeCursor(cursor, 'word');
  const rows = await db().inboxEvent.findMany({
    where: {
      AND: [
        await eventsSearched(filter),
        from ? { OR: [{ receivedAt: { lt: from.at } }, { receivedAt: from.at, id: { lt: from.id } }] } : {},
      ],
    },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    omit: { body: true, headers: true },
  });
  return toPage(rows, PAGE_SIZE, ({ receivedAt, id }) => ({ at: receivedAt, id }));
}

/** An event with what it is about, what it posted, and what others told and posted of the same object. */
export async function getEvent(id: string) {
  const event = await db().inboxEvent.findUnique({
    where: { id },
    include: { contents: { orderBy: { id: 'asc' } } },
  });
  if (!event) throw notFound('event', id);
  const objectId = event.objectId ?? '';
  const [posted, others, transfer, onboarding] = await Promise.all([
    // By its transfer, which is what the ledger has an index of.
    db().ledgerTransaction.findMany({
      where: { transferId: objectId },
      orderBy: { id: 'asc' },
      include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
    }),
    db().inboxEvent.findMany({
      where: { objectId, id: { not: id } },
      orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
      take: 50,
      omit: { body: true, headers: true },
    }),
    db().transfer.findUnique({
      where: { id: objectId },
      select: {
        id: true,
        direction: true,
        state: true,
        amount: true,
        asset: true,
        counterpartyName: true,
        wallet: { select: { id: true, name: true, houseRole: true } },
        withdrawal: { select: { id: true, status: true } },
      },
    }),
    db().onboarding.findUnique({
      where: { id: objectId },
      select: {
        id: true,
        status: true,
        entity: { select: { id: true, holderName: true, customerId: true } },
      },
    }),
  ]);
  const transactions = posted.filter(({ eventId }) => eventId === id);
  const standing = posted.filter(({ eventId }) => eventId !== id);
  return { ...event, transactions, standing, others: event.objectId ? others : [], transfer, onboarding };
}

export type EventRecord = Awaited<ReturnType<typeof getEvent>>;

export async function countDeadEvents(): Promise<number> {
  return db().inboxEvent.count({ where: { state: 'dead' } });
}
