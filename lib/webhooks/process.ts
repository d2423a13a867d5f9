import { db, transaction } from '~/lib/db';
import { log } from '~/lib/log';
import { handleEvents } from '~/lib/webhooks/handlers';
import type { WebhookEvent } from '~/prisma/generated/client';

export const BATCH_SIZE = 100;
const LEASE_SECONDS = 60;
const MAX_ATTEMPTS = 8;
const FIRST_RETRY_MS = 2_000;

/**
 * Claims a batch of stored events and posts it as one transaction. An event that fails is tried alone, then again
 * with back-off, then goes to the dead letters. Answers how many were claimed.
 */
export async function processEvents(limit = BATCH_SIZE): Promise<number> {
  const events = await claim(limit);
  if (events.length > 0) await post(events);
  return events.length;
}

/** A claim is a lease: what a killed worker held is free again when it runs out. */
async function claim(limit: number): Promise<WebhookEvent[]> {
  const claimed = await transaction(async (tx) => {
    // One claim at a time, so that two workers can't take two events of the same object at once.
    await tx.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtext('monedero.events.claim'))`;
    return tx.$queryRaw<{ id: string }[]>`
      UPDATE webhook_events SET lease_until = now() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1
      WHERE id IN (
        SELECT e.id FROM webhook_events e
        WHERE e.state IN ('received', 'retrying') AND e.next_attempt_at <= now()
          AND (e.lease_until IS NULL OR e.lease_until < now())
          AND NOT EXISTS (
            SELECT 1 FROM webhook_events busy
            WHERE busy.object_id = e.object_id AND busy.lease_until > now() AND busy.id <> e.id)
        ORDER BY e.next_attempt_at, e.id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING id`;
  });
  if (claimed.length === 0) return [];
  return db().webhookEvent.findMany({
    where: { id: { in: claimed.map(({ id }) => id) } },
    orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
  });
}

async function post(events: WebhookEvent[]): Promise<void> {
  try {
    await transaction(async (tx) => {
      const outcomes = await handleEvents(tx, events);
      const rows = JSON.stringify(events.map(({ id }, index) => ({ id, ...outcomes[index] })));
      await tx.$executeRaw`
        UPDATE webhook_events e SET state = o.state, last_error = o.reason, processed_at = now(), lease_until = NULL
        FROM jsonb_to_recordset(${rows}::jsonb) AS o(id text, state event_state, reason text) WHERE e.id = o.id`;
    });
  } catch (error) {
    const [first, ...others] = events;
    if (!first) return;
    if (others.length === 0) return setAside(first, error);
    // One of them is bad, and which one shows only alone.
    for (const event of events) await post([event]);
  }
}

async function setAside(event: WebhookEvent, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const dead = event.attempts >= MAX_ATTEMPTS;
  log.error(
    { event: event.id, attempts: event.attempts, reason },
    dead ? 'event is dead' : 'event will be retried',
  );
  const delayMs = FIRST_RETRY_MS * 2 ** (event.attempts - 1) * (0.75 + Math.random() / 2);
  await db().webhookEvent.update({
    where: { id: event.id },
    data: {
      state: dead ? 'dead' : 'retrying',
      lastError: reason.slice(0, 2_000),
      leaseUntil: null,
      nextAttemptAt: new Date(Date.now() + delayMs),
    },
  });
}
