import { db, retried, statement, transaction } from '~/lib/db';
import { bringEntity } from '~/lib/entities/entities';
import { type ClaimedEvent, entitiesOf, handleEvents, needsTransaction } from '~/lib/inbox/handlers';
import { log } from '~/lib/log';
import { LeaseLost, type LeaseRule, nextTry } from '~/lib/queue';
import { bringAccounts, UnknownAccounts } from '~/lib/transfers/known-accounts';
import type { EventClaim } from '~/lib/transfers/records';

/** Large enough to share the cost of a commit, small enough for an answer in a tenth of a second. */
export const BATCH_SIZE = 200;
const QUEUE = {
  leaseSeconds: 60,
  backoff: { firstMs: 2_000, mostMs: 10 * 60_000 },
  mostAttempts: 8,
} satisfies LeaseRule;
/** So many batches are posted at once, whatever the number of workers: beyond it each only waits for the others' rows. */
export const MOST_POSTING = 8;
/** Of a batch, so that a Fintoc that doesn't answer can't outlast its lease. */
const MOST_ENTITIES = 3;

type Claim = { id: bigint; events: ClaimedEvent[] };

/**
 * Claims a batch of stored events and takes it into the books: one statement claims, one reads, one writes. An event
 * that fails is retried alone, then with back-off, then goes to the dead letters. Returns how many were claimed: none too
 * where as many batches are under way as may be.
 */
export async function processEvents(limit = BATCH_SIZE): Promise<number> {
  const claim = await claimEvents(limit);
  if (!claim) return 0;
  await bringUnknownEntities(claim.events);
  await post(claim);
  return claim.events.length;
}

/** A claim is a lease: what a killed worker held is free again when it runs out. */
async function claimEvents(limit: number): Promise<Claim | null> {
  const rows = await statement<ClaimedEvent & { claim: string }>(
    db(),
    `SELECT claim::text, id, rail, type, origin, body, occurred_at AS "occurredAt", attempts
     FROM claim_inbox_events($1::int, $2::int, $3::timestamptz, $4::int, $5::int)`,
    [limit, QUEUE.leaseSeconds, await dueSince(), QUEUE.mostAttempts, MOST_POSTING],
  );
  const [first] = rows;
  return first ? { id: BigInt(first.claim), events: rows } : null;
}

const LOOK_AT_ALL_EVERY_MS = 5_000;
const LOOK_ON_EVERY_MS = 500;
/** What is stored becomes due when its transaction commits, by a clock that may be behind ours. */
const CLOCK_MARGIN_MS = 60_000;
const horizon = { since: new Date(0), lookedOnAt: 0, lookedAtAllAt: 0 };

/**
 * From where to look for what is due: the oldest event that waited a moment ago. Whatever turns up behind it (a dead
 * worker's, mostly) is found by the next look at all, a few seconds later.
 */
async function dueSince(): Promise<Date> {
  const now = Date.now();
  if (now < horizon.lookedOnAt + LOOK_ON_EVERY_MS) return horizon.since;
  const isAll = now >= horizon.lookedAtAllAt + LOOK_AT_ALL_EVERY_MS;
  horizon.lookedOnAt = now;
  if (isAll) horizon.lookedAtAllAt = now;
  // By its index, which a `min` through Prisma reads from end to end: of a backlog, that is everything.
  const [oldest] = await db().$queryRaw<{ at: Date }[]>`
    SELECT next_attempt_at AS at FROM inbox_events
    WHERE state IN ('received', 'retrying') AND next_attempt_at >= ${isAll ? new Date(0) : horizon.since}
    ORDER BY next_attempt_at, id LIMIT 1`;
  const recent = now - CLOCK_MARGIN_MS;
  horizon.since = new Date(Math.min(oldest?.at.getTime() ?? recent, recent));
  return horizon.since;
}

/**
 * An event may name an entity of Fintoc's Dashboard before the next sync brings it. It is asked for here, because
 * nothing outside is asked inside a transaction; an event whose entity can't be had now is tried again later.
 */
async function bringUnknownEntities(events: ClaimedEvent[]): Promise<void> {
  const ids = entitiesOf(events);
  if (ids.length === 0) return;
  const known = await db().entity.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const unknown = ids.filter((id) => !known.some((entity) => entity.id === id));
  for (const id of unknown.slice(0, MOST_ENTITIES)) {
    await bringEntity(id).catch((error) => log.warn({ entity: id, err: error }, 'entity not brought over'));
  }
}

async function post(claim: Claim): Promise<void> {
  try {
    await takeKnown(claim.events, { id: claim.id, ends: true });
  } catch (error) {
    if (error instanceof LeaseLost) return lost(claim);
    await postOneByOne(claim, error);
  }
}

/** This worker was slower than its lease: another has its events now. */
function lost({ id, events }: Claim): void {
  log.warn({ claim: String(id), events: events.length }, 'the lease of these events ran out');
}

/** One of them is bad, and only trying each alone shows which. What happened after it to the same object waits for it. */
async function postOneByOne(claim: Claim, failure: unknown): Promise<void> {
  const { id, events } = claim;
  const rows = await db().inboxEvent.findMany({
    where: { id: { in: events.map((event) => event.id) } },
    select: { id: true, objectId: true },
  });
  const objects = new Map(rows.map((row) => [row.id, row.objectId]));
  const waiting = new Set<string>();
  for (const event of events) {
    const object = objects.get(event.id);
    if (object && waiting.has(object)) continue;
    try {
      if (events.length === 1) throw failure;
      await takeKnown([event], { id, ends: false });
    } catch (error) {
      if (error instanceof LeaseLost) return lost(claim);
      const { dead } = await setAside(id, event, error);
      if (object && !dead) waiting.add(object);
    }
  }
  await db().inboxClaim.deleteMany({ where: { id } });
}

/** An account made in Fintoc's Dashboard may have money before the next sync brings it: it is asked for, once. */
async function takeKnown(events: ClaimedEvent[], claim: EventClaim): Promise<void> {
  try {
    await take(events, claim);
  } catch (error) {
    if (!(error instanceof UnknownAccounts)) throw error;
    await bringAccounts(error.ids.slice(0, MOST_ENTITIES));
    await take(events, claim);
  }
}

function take(events: ClaimedEvent[], claim: EventClaim): Promise<unknown> {
  if (needsTransaction(events)) return transaction((tx) => handleEvents(tx, events, claim));
  return retried(() => handleEvents(db(), events, claim));
}

async function setAside(claim: bigint, event: ClaimedEvent, error: unknown): Promise<{ dead: boolean }> {
  const reason = error instanceof Error ? error.message : String(error);
  const attempts = event.attempts + 1;
  const { at, isLast: dead } = nextTry(QUEUE, attempts);
  log.error({ event: event.id, attempts, reason }, dead ? 'event is dead' : 'event will be retried');
  // Not where this worker lost its lease meanwhile: it is another's then.
  await db().$executeRaw`
    UPDATE inbox_events SET state = ${dead ? 'dead' : 'retrying'}::inbox_event_state, attempts = ${attempts},
      last_error = ${reason.slice(0, 2_000)}, next_attempt_at = ${at}
    WHERE id = ${event.id} AND state IN ('received', 'retrying')
      AND EXISTS (SELECT 1 FROM inbox_claims c WHERE c.id = ${claim})`;
  return { dead };
}
