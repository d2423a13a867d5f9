import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { type EventFilter, eventsMatching } from '~/lib/inbox/matching';
import { keyset } from '~/lib/keyset';
import { PAGE_SIZE } from '~/lib/pagination';

const NEWEST = keyset({ receivedAt: 'time', id: 'word' }, 'desc');

/** Events as they reached us, newest first, without their bodies. */
export async function listEvents({ cursor, ...filter }: EventFilter & { cursor?: string | undefined }) {
  const rows = await db().inboxEvent.findMany({
    where: { AND: [eventsMatching(filter), NEWEST.where(cursor)] },
    orderBy: NEWEST.orderBy,
    take: PAGE_SIZE + 1,
    omit: { body: true, headers: true },
  });
  return NEWEST.page(rows, PAGE_SIZE);
}

/** Every type that ever reached us. Hops along the index, so that it costs what there are types, not events. */
export async function eventTypes(): Promise<string[]> {
  const rows = await db().$queryRaw<{ type: string }[]>`
    WITH RECURSIVE hop AS (
      (SELECT type FROM inbox_events ORDER BY type LIMIT 1)
      UNION ALL
      SELECT (SELECT e.type FROM inbox_events e WHERE e.type > hop.type ORDER BY e.type LIMIT 1)
      FROM hop WHERE hop.type IS NOT NULL
    ) SELECT type FROM hop WHERE type IS NOT NULL`;
  return rows.map(({ type }) => type);
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
