import { db, type Tx } from '~/lib/db';
import { type Cursor, START } from '~/lib/outbox/read';

/** Where a reader of ours stands that goes on where it ended, whichever process it runs in. */
export async function standsAt(name: string): Promise<Cursor> {
  const row = await db().outboxReader.findUnique({ where: { name } });
  if (!row) return START;
  const { read, settled, markId, markXid } = row;
  const mark = markId !== null && markXid !== null ? { id: markId, xid: markXid } : null;
  return { read, settled, mark };
}

/** Keeps it, in the transaction of what was done with what was read. */
export async function standAt(tx: Tx, name: string, { read, settled, mark }: Cursor): Promise<void> {
  const place = { read, settled, markId: mark?.id ?? null, markXid: mark?.xid ?? null };
  await tx.outboxReader.upsert({ where: { name }, create: { name, ...place }, update: place });
}
