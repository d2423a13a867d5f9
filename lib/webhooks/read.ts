import { db } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { decodeCursor, PAGE_SIZE, toPage } from '~/lib/pagination';
import type { EventState } from '~/prisma/generated/enums';

export async function listEvents({
  type,
  state,
  text,
  cursor,
}: {
  type?: string | undefined;
  state?: EventState | undefined;
  /** An event id or the id of the object in it. */
  text?: string | undefined;
  cursor?: string | undefined;
}) {
  const from = decodeCursor(cursor);
  const id = text?.trim();
  const rows = await db().webhookEvent.findMany({
    where: {
      AND: [
        id ? { OR: [{ id }, { objectId: id }] } : {},
        from ? { OR: [{ receivedAt: { lt: from.at } }, { receivedAt: from.at, id: { lt: from.id } }] } : {},
      ],
      ...(type && { type }),
      ...(state && { state }),
    },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
    omit: { body: true, headers: true },
  });
  return toPage(rows, PAGE_SIZE, ({ receivedAt, id: eventId }) => ({ at: receivedAt, id: eventId }));
}

export async function getEvent(id: string) {
  const event = await db().webhookEvent.findUnique({ where: { id } });
  if (!event) throw notFound('event', id);
  const transactions = await db().ledgerTransaction.findMany({
    where: { eventId: id },
    orderBy: { id: 'asc' },
    include: { entries: { include: { account: true }, orderBy: { line: 'asc' } } },
  });
  return { ...event, transactions };
}

export async function countDeadEvents(): Promise<number> {
  return db().webhookEvent.count({ where: { state: 'dead' } });
}
