import { db, type Tx } from '~/lib/db';
import { type Cursor, START, settled } from '~/lib/outbox/read';

/** Where a reader of ours stands that goes on where it ended, whichever process it runs in. */
export async function standsAt(name: string): Promise<Cursor> {
  const row = await db().outboxReader.findUnique({ where: { name } });
  if (!row) return START;
  const { read, settled, markId, markXid } = row;
  const mark = markId !== null && markXid !== null ? { id: markId, xid: markXid } : null;
  return { read, settled, mark };
}

/** Where a reader goes on from; null where nothing is settled since, and nothing new is waited for. */
export async function newsFor(name: string): Promise<Cursor | null> {
  const before = await standsAt(name);
  const from = await settled(before);
  return from.read >= from.settled && from.mark?.xid === before.mark?.xid ? null : from;
}

/** At most so many events further, wherever that is: between two ids there may be a gap of any width. */
export async function nextPlace(tx: Tx, { read, settled: to }: Cursor, most: number): Promise<bigint> {
  const last = await tx.outboxEvent.findFirst({
    where: { id: { gt: read, lte: to } },
    orderBy: { id: 'asc' },
    skip: most - 1,
    select: { id: true },
  });
  return last?.id ?? to;
}

/** Keeps it, in the transaction of what was done with what was read. */
export async function standAt(tx: Tx, name: string, { read, settled, mark }: Cursor): Promise<void> {
  const place = { read, settled, markId: mark?.id ?? null, markXid: mark?.xid ?? null };
  await tx.outboxReader.upsert({ where: { name }, create: { name, ...place }, update: place });
}
