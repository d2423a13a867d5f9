import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import { EventState } from '~/prisma/generated/enums';

export const EVENT_STATES = Object.values(EventState);

export type EventFilter = {
  /** Any of these. */
  types?: string[] | undefined;
  states?: EventState[] | undefined;
  /** An event id or the id of the object in it. */
  text?: string | undefined;
  /** When it reached us. */
  since?: Date | undefined;
  /** Exclusive. */
  before?: Date | undefined;
  cursor?: string | undefined;
};

/** Events as they reached us, newest first, without their bodies. */
export async function listEvents({ types, states, text, since, before, cursor }: EventFilter) {
  const from = decodeCursor(cursor);
  const id = text?.trim();
  const rows = await db().webhookEvent.findMany({
    where: {
      AND: [
        id ? { OR: [{ id }, { objectId: id }] } : {},
        since ? { receivedAt: { gte: since } } : {},
        before ? { receivedAt: { lt: before } } : {},
        from ? { OR: [{ receivedAt: { lt: from.at } }, { receivedAt: from.at, id: { lt: from.id } }] } : {},
      ],
      ...(types && { type: { in: types } }),
      ...(states && { state: { in: states } }),
    },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    omit: { body: true, headers: true },
  });
  return toPage(rows, PAGE_SIZE, ({ receivedAt, id: eventId }) => ({ at: receivedAt, id: eventId }));
}

/** Every type that ever reached us. Hops along the index, so that it costs what there are types, not events. */
export async function eventTypes(): Promise<string[]> {
  const rows = await db().$queryRaw<{ type: string }[]>`
    WITH RECURSIVE hop AS (
      (SELECT type FROM webhook_events ORDER BY type LIMIT 1)
      UNION ALL
      SELECT (SELECT e.type FROM webhook_events e WHERE e.type > hop.type ORDER BY e.type LIMIT 1)
      FROM hop WHERE hop.type IS NOT NULL
    ) SELECT type FROM hop WHERE type IS NOT NULL`;
  return rows.map(({ type }) => type);
}

/** An event with what it is about and what it posted. */
export async function getEvent(id: string) {
  const event = await db().webhookEvent.findUnique({ where: { id } });
  if (!event) throw notFound('event', id);
  const objectId = event.objectId ?? '';
  const [transactions, transfer, onboarding] = await Promise.all([
    db().ledgerTransaction.findMany({
      where: { eventId: id },
      orderBy: { id: 'asc' },
      include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
    }),
    db().transfer.findUnique({
      where: { id: objectId },
      select: {
        id: true,
        direction: true,
        state: true,
        amount: true,
        asset: true,
        wallet: { select: { id: true, name: true } },
        withdrawal: { select: { id: true, status: true } },
      },
    }),
    db().onboarding.findUnique({
      where: { id: objectId },
      select: { id: true, status: true, entity: { select: { id: true, holderName: true } } },
    }),
  ]);
  return { ...event, transactions, transfer, onboarding };
}

export async function countDeadEvents(): Promise<number> {
  return db().webhookEvent.count({ where: { state: 'dead' } });
}
