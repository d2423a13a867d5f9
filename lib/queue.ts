import { type Backoff, backoffMs } from '~/lib/backoff';
import { db, type Tx } from '~/lib/db';
import { log } from '~/lib/log';
import { Prisma } from '~/prisma/generated/client';

/**
 * What workers share. The rule is one, wherever the rows stand (withdrawals, alarm_messages and inbox_claims carry their
 * own lease, because they are claimed in the statement that reads them; all else has its lease in queue_items):
 *   who claims a thing holds it until `lease_until`, and nobody else claims it before;
 *   each claim has a number, later ones a higher one, and only who holds the last one may write an answer;
 *   what failed waits by `backoffMs`, and after `mostAttempts`, where there is such an end, is left for a person.
 */
export type LeaseRule = { leaseSeconds: number; backoff: Backoff; mostAttempts?: number };

/** When a lease that begins now ends. */
export const leaseEnd = ({ leaseSeconds }: Pick<LeaseRule, 'leaseSeconds'>) =>
  new Date(Date.now() + leaseSeconds * 1_000);

/** What nobody holds: it was never claimed, or was given back, or its holder's time ran out. */
export function isFree(row: 'd' | 'q'): Prisma.Sql {
  return Prisma.sql`(${Prisma.raw(row)}.lease_until IS NULL OR ${Prisma.raw(row)}.lease_until <= now())`;
}

/** What follows the failure of so many attempts: when to try again, and whether there is any sense in it. */
export function nextTry({ backoff, mostAttempts = Infinity }: LeaseRule, attempts: number) {
  return { at: new Date(Date.now() + backoffMs(backoff, attempts)), isLast: attempts >= mostAttempts };
}

export type Queue = LeaseRule & { name: string };
/** A thing in somebody's hands. */
export type Held = { queue: Queue; item: string; token: bigint; attempts: number };

/** The lease ran out, and somebody else may be at it: nothing is written. */
export class LeaseLost extends Error {}

/** Takes up to `limit` of what `due` says, a query with the one column `item`, in its order. */
export async function claim(queue: Queue, due: Prisma.Sql, limit: number): Promise<Held[]> {
  const { name, leaseSeconds } = queue;
  const isDue = Prisma.sql`(q.next_attempt_at <= now() AND ${isFree('q')})`;
  const rows = await db().$queryRaw<Omit<Held, 'queue'>[]>`
    WITH free AS (
      SELECT d.item FROM (SELECT item, row_number() OVER () AS nth FROM (${due}) i) d
      LEFT JOIN queue_items q ON q.queue = ${name} AND q.item = d.item
      WHERE q.item IS NULL OR ${isDue} ORDER BY d.nth LIMIT ${limit})
    INSERT INTO queue_items AS q (queue, item, lease_until)
    SELECT ${name}, item, now() + make_interval(secs => ${leaseSeconds}) FROM free
    ON CONFLICT (queue, item) DO UPDATE SET
      token = excluded.token, lease_until = excluded.lease_until, attempts = q.attempts + 1
    WHERE ${isDue}
    RETURNING item, token, attempts`;
  return rows.map((row) => ({ ...row, queue }));
}

const where = ({ queue, item, token }: Held) => ({ queue: queue.name, item, token });

/** Throws `LeaseLost` unless it is still in these hands; until the transaction ends nobody else gets it. */
export async function stillHeld(tx: Tx, held: Held): Promise<void> {
  const { queue, item, token } = held;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM queue_items WHERE queue = ${queue.name} AND item = ${item} AND token = ${token} FOR UPDATE`;
  if (rows.length === 0) throw new LeaseLost(`${queue.name} ${item} is in other hands.`);
}

/** Begins the lease anew; returns whether it was still ours to renew. */
export async function renew(held: Held): Promise<boolean> {
  const { count } = await db().queueItem.updateMany({
    where: where(held),
    data: { leaseUntil: leaseEnd(held.queue) },
  });
  return count > 0;
}

/** It is done, for now at least: whoever finds it due claims it afresh. */
export async function finish(client: Tx, held: Held): Promise<void> {
  await client.queueItem.deleteMany({ where: where(held) });
}

/** Nobody gets it before the next try. */
async function putOff(held: Held): Promise<void> {
  const { at } = nextTry(held.queue, held.attempts);
  await db().queueItem.updateMany({ where: where(held), data: { leaseUntil: null, nextAttemptAt: at } });
}

/**
 * Claims what is due and works it off, one after the other. One that fails waits by the queue's back-off and keeps no
 * other from its turn; a dead worker's is free once its lease ends. Returns how many were claimed.
 */
export async function workOff(
  queue: Queue,
  due: Prisma.Sql,
  limit: number,
  work: (held: Held) => Promise<void>,
): Promise<number> {
  const claimed = await claim(queue, due, limit);
  for (const held of claimed) if (await renew(held)) await workOn(held, work);
  return claimed.length;
}

async function workOn(held: Held, work: (held: Held) => Promise<void>): Promise<void> {
  const { queue, item, attempts } = held;
  try {
    await whileRenewing(held, () => work(held));
    await finish(db(), held);
  } catch (error) {
    log.error({ queue: queue.name, item, attempts, err: error }, 'not done');
    await putOff(held);
  }
}

/** Keeps the lease for as long as the work takes; a worker that dies keeps it no longer than a lease. */
export async function whileRenewing<Result>(held: Held, work: () => Promise<Result>): Promise<Result> {
  const { queue, item } = held;
  const again = () =>
    renew(held).catch((error: unknown) =>
      log.warn({ queue: queue.name, item, err: error }, 'lease not renewed'),
    );
  const renewal = setInterval(again, (queue.leaseSeconds * 1_000) / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
  }
}

/**
 * One at a time over all processes: undefined where somebody else is at it, or was until less than `everyMs` ago. Work
 * that may be slower than its lease asks `stillHeld` before it writes.
 */
export async function runOnce<Result>(
  queue: Queue,
  work: (held: Held) => Promise<Result>,
  { everyMs }: { everyMs?: number } = {},
): Promise<Result | undefined> {
  const { name } = queue;
  const due = Prisma.sql`
    SELECT ${name}::text AS item WHERE NOT EXISTS (
      SELECT 1 FROM queue_items
      WHERE queue = ${name} AND item = ${name} AND next_attempt_at > now() - make_interval(secs => ${(everyMs ?? 0) / 1_000}))`;
  const [held] = await claim(queue, due, 1);
  if (!held) return undefined;
  try {
    return await whileRenewing(held, () => work(held));
  } finally {
    await (everyMs === undefined ? finish(db(), held) : keepTurn(held));
  }
}

/** The row stays, so that the next one knows when the last turn was. */
async function keepTurn(held: Held): Promise<void> {
  await db().$executeRaw`
    UPDATE queue_items SET lease_until = NULL, attempts = 0, next_attempt_at = now()
    WHERE queue = ${held.queue.name} AND item = ${held.item} AND token = ${held.token}`;
}
