import { db, type Tx } from '~/lib/db';
import { notFound } from '~/lib/errors';
import { ofTheHouse } from '~/lib/scope';
import type { OutboxEvent } from '~/prisma/generated/client';

export type EventRow = OutboxEvent;

/**
 * Where a reader of all events stands. An id is drawn before its transaction commits, so a higher one may be seen first:
 * a reader goes no further than `settled`, up to which nothing can turn up any more.
 */
export type Cursor = {
  /** All up to here was read. */
  read: bigint;
  settled: bigint;
  /** The highest id that was drawn at some moment, and a transaction's number from after that. */
  mark: { id: bigint; xid: bigint } | null;
};

export const START: Cursor = { read: 0n, settled: 0n, mark: null };

/**
 * The next events of all subjects, in the order of their ids, and where to read on. None is skipped, however late it
 * commits; those of a transaction that is still under way hold back what comes after them.
 */
export async function readEvents(from: Cursor, limit = 100): Promise<{ events: EventRow[]; cursor: Cursor }> {
  // How far all numbers are given out is nobody's secret, and of the house.
  const cursor = await ofTheHouse(() => settled(from));
  const events = await db().outboxEvent.findMany({
    where: { id: { gt: cursor.read, lte: cursor.settled } },
    orderBy: { id: 'asc' },
    take: limit,
  });
  const last = events.at(-1);
  const read = events.length === limit && last ? last.id : cursor.settled;
  return { events, cursor: { ...cursor, read } };
}

/** One event, where it is of these types and happened to nothing that is kept to the house. */
export async function getEvent(
  id: bigint,
  types: readonly string[],
  kept: readonly string[],
): Promise<EventRow> {
  const event = await db().outboxEvent.findFirst({
    where: { id, type: { in: [...types] }, subjectKind: { notIn: [...kept] } },
  });
  if (!event) throw notFound('event', String(id));
  return event;
}

/**
 * Books that were restored give the ids that they gave since the backup to others. From here on they give higher ones
 * than ever: a reader's place stays what it is, nothing after it is passed over, and no id is of two events.
 */
export async function leapEvents(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT leap_events()`;
}

/**
 * The same place, with how far all is settled now. Whoever draws an id has its own number as a transaction already (the
 * column `xid` stands before `id`). So once all transactions are over whose number is lower than one that was given out
 * afterwards, no lower id is still to come.
 */
export async function settled({ read, settled: before, mark }: Cursor): Promise<Cursor> {
  // In two statements: the number that the second is given is from after the first was read.
  const [drawn] = await db().$queryRaw<{ id: bigint }[]>`
    SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS id FROM outbox_events_id_seq`;
  // Nothing was drawn since: asked often, that costs no transaction its number.
  if (drawn && drawn.id === read) return { read, settled: read, mark: null };
  const [moment] = await db().$queryRaw<{ oldest: bigint; xid: bigint }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest, pg_current_xact_id()::text::bigint AS xid`;
  if (!drawn || !moment) return { read, settled: before, mark };
  const newest = { id: drawn.id, xid: moment.xid };
  // All below `oldest` are over.
  if (moment.oldest >= newest.xid) return { read, settled: newest.id, mark: null };
  // A number from another server's count, from before a restore, says nothing here.
  const known = mark && mark.xid < newest.xid ? mark : null;
  if (known && moment.oldest >= known.xid) return { read, settled: known.id, mark: newest };
  return { read, settled: before, mark: known ?? newest };
}
