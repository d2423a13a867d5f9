import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import type { EventFilter } from '~/lib/inbox/matching';
import { eventsSearched } from '~/lib/inbox/searched';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE } from '~/lib/pagination';
import { counterpartyOf, holderOf, type Person } from '~/lib/people/masking';
import { type Reader, shown, shownAll, shownBody, sightOf } from '~/lib/people/sight';
import { late } from '~/lib/replica';
import { historyOf } from '~/lib/transfers/history';

const NEWEST = keyset({ receivedAt: 'time', id: 'word' }, 'desc');

/** Events as they reached us, newest first, without their bodies. */
export const listEvents = late(pageOfEvents);

async function pageOfEvents(
  reader: Reader,
  { cursor, ...filter }: EventFilter & { cursor?: string | undefined },
) {
  const rows = await db().inboxEvent.findMany({
    where: { AND: [await eventsSearched(filter), NEWEST.where(cursor)] },
    orderBy: NEWEST.orderBy,
    take: PAGE_SIZE + 1,
    omit: { body: true, headers: true },
  });
  const { items, nextCursor } = NEWEST.page(rows, PAGE_SIZE);
  return { items: shownAll(reader, 'event', items), nextCursor };
}

/** An event with what it is about, what it posted, and what others told and posted of the same object. */
export async function getEvent(reader: Reader, id: string) {
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
  const person = personIn({ transfer, onboarding });
  return {
    ...shown(reader, 'event', person, event),
    body: shownBody(reader, person, event.body),
    contents: event.contents.map((content) => ({
      ...shown(reader, 'event', person, content),
      body: shownBody(reader, person, content.body),
      /** Of a very long one its beginning is kept. */
      isCut: Buffer.byteLength(content.body) < content.bodyBytes,
    })),
    transactions: shownAll(reader, 'posting', transactions),
    standing: shownAll(reader, 'posting', standing),
    others: event.objectId ? shownAll(reader, 'event', others) : [],
    transfer: transfer && shown(reader, 'transfer', person, transfer),
    onboarding,
    sight: sightOf(reader, person),
    history: await historyOf(reader, { person, told: null }, 'inbox_event', id),
  };
}

/** Whose data an event carries; null where what it is about is unknown here. */
function personIn({ transfer, onboarding }: About): Person | null {
  if (transfer) return counterpartyOf(transfer);
  return onboarding ? holderOf(onboarding.entity) : null;
}

type About = {
  transfer: Parameters<typeof counterpartyOf>[0] | null;
  onboarding: { entity: Parameters<typeof holderOf>[0] } | null;
};

export type ListedEvent = Awaited<ReturnType<typeof listEvents>>['items'][number];
export type EventRecord = Awaited<ReturnType<typeof getEvent>>;

export async function countDeadEvents(): Promise<number> {
  return db().inboxEvent.count({ where: { state: 'dead' } });
}
