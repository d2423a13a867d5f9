import { system } from '~/lib/actor';
import { payloadOf } from '~/lib/api/event-payload';
import { publicNumber } from '~/lib/api/ids';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { log } from '~/lib/log';
import { isFree, type LeaseRule, nextTry } from '~/lib/queue';
import { unseal } from '~/lib/secrets';
import { hasten } from '~/lib/webhooks/hasten';
import { type Outcome, sendWebhook } from '~/lib/webhooks/send';
import { signedHeaders } from '~/lib/webhooks/sign';
import type { WebhookDelivery, WebhookEndpoint } from '~/prisma/generated/client';

export type DeliveryRule = LeaseRule & {
  /** So many of one endpoint are under way at once, each of another subject; while it fails, one. */
  side: number;
  timeoutMs: number;
  /** An endpoint that took nothing for so long is switched off. */
  deadAfterMs: number;
};

/** The waits add up to four days and some; by then an endpoint that takes nothing is off. */
export const RULE: DeliveryRule = {
  leaseSeconds: 60,
  backoff: { firstMs: 5_000, mostMs: 10 * 3_600_000 },
  mostAttempts: 24,
  side: 16,
  timeoutMs: 15_000,
  deadAfterMs: 3 * 86_400_000,
};

type Claimed = WebhookDelivery & { endpoint: WebhookEndpoint };

/**
 * Sends what is due of one endpoint, side by side, and answers how many it took. Of one subject the next message waits
 * until the one before arrived or was given up. A worker that dies with messages in its hands holds them until their
 * lease ends; then they are sent again, the same under the same ids.
 */
export async function deliverWebhooks(rule: DeliveryRule = RULE): Promise<number> {
  const claimed = await claim(rule);
  const [first] = claimed;
  if (!first) return 0;
  const secrets = await secretsOf(first.endpoint.id);
  await Promise.all(claimed.map((delivery) => deliver(delivery, secrets, rule)));
  return claimed.length;
}

/** The endpoint whose message waits longest, unless as many of its messages are under way as may be. */
async function claim(rule: DeliveryRule): Promise<Claimed[]> {
  const rows = await db().$queryRaw<{ id: bigint }[]>`
    WITH room AS (
      SELECT e.id, e.failing_since, CASE WHEN e.failing_since IS NULL THEN ${rule.side} ELSE 1 END - (
        SELECT count(*) FROM webhook_deliveries u
        WHERE u.endpoint_id = e.id AND u.state = 'waiting' AND u.lease_until > now())::int AS free
      FROM webhook_endpoints e WHERE e.state = 'on'),
    ready AS (
      SELECT room.id AS endpoint_id, heads.id, heads.next_attempt_at
      FROM room CROSS JOIN LATERAL (
        SELECT q.id, q.event_id, q.next_attempt_at FROM webhook_deliveries q
        WHERE q.endpoint_id = room.id AND q.state = 'waiting' AND q.next_attempt_at <= now() AND ${isFree('q')}
          AND NOT EXISTS (
            SELECT 1 FROM webhook_deliveries b
            WHERE b.endpoint_id = q.endpoint_id AND b.subject_kind = q.subject_kind AND b.subject_id = q.subject_id
              AND b.event_id < q.event_id AND b.state = 'waiting')
        ORDER BY q.next_attempt_at, q.event_id LIMIT greatest(room.free, 0)) heads),
    turn AS (SELECT endpoint_id FROM ready ORDER BY next_attempt_at LIMIT 1)
    UPDATE webhook_deliveries d
    SET lease_until = now() + make_interval(secs => ${rule.leaseSeconds}), attempts = d.attempts + 1, token = d.token + 1
    WHERE d.id IN (
      SELECT q.id FROM webhook_deliveries q
      WHERE q.id IN (SELECT r.id FROM ready r JOIN turn USING (endpoint_id))
        AND q.state = 'waiting' AND q.next_attempt_at <= now() AND ${isFree('q')}
      FOR UPDATE SKIP LOCKED)
    RETURNING d.id`;
  return db().webhookDelivery.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    orderBy: { eventId: 'asc' },
    include: { endpoint: true },
  });
}

async function secretsOf(endpointId: string): Promise<string[]> {
  const rows = await db().webhookSecret.findMany({
    where: { endpointId, OR: [{ endsAt: null }, { endsAt: { gt: new Date() } }] },
    orderBy: { createdAt: 'desc' },
  });
  return rows.flatMap(({ encrypted }) => {
    try {
      return [unseal(encrypted)];
    } catch {
      // Sealed under a key that was replaced since.
      return [];
    }
  });
}

/** What it says can't be put together: a fault of ours, which holds back its subject until it is given up. */
const NOT_MADE = 'not_made';

async function deliver(delivery: Claimed, secrets: readonly string[], rule: DeliveryRule): Promise<void> {
  const at = new Date();
  const { endpoint } = delivery;
  try {
    const body = await bodyOf(delivery).catch((error: unknown) => {
      log.error({ delivery: delivery.id, err: error }, 'webhook not made');
      return null;
    });
    if (body === null)
      return await keep(delivery, { at, headers: {}, outcome: { status: null, error: NOT_MADE } }, rule);
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Monedero-Webhooks/1',
      ...signedHeaders({ id: messageId(delivery.eventId, body), at, body, secrets }),
    };
    const outcome: Outcome =
      secrets.length === 0
        ? { status: null, error: 'secret_lost' }
        : await sendWebhook({ url: endpoint.url, headers, body }, rule.timeoutMs);
    await keep(delivery, { at, headers, outcome }, rule);
  } catch (error) {
    // Its lease ends, and it is tried again.
    log.error({ delivery: delivery.id, err: error }, 'webhook not sent');
  }
}

/** Made when it is first sent, and the same from then on: its id stands for this very text. */
async function bodyOf({ id, token, body, eventId, endpoint }: Claimed): Promise<string> {
  if (body !== null) return body;
  const made = await payloadOf(
    await db().outboxEvent.findUniqueOrThrow({ where: { id: eventId } }),
    endpoint,
  );
  await db().webhookDelivery.updateMany({ where: { id, token }, data: { body: made } });
  return made;
}

/**
 * The same each time, and no other event's: the books of a database that was restored to an older moment give numbers
 * again that somebody was told of before, so the moment stands beside the number.
 */
function messageId(eventId: bigint, body: string): string {
  const { timestamp } = JSON.parse(body) as { timestamp: string };
  return `${publicNumber('event', eventId)}_${Date.parse(timestamp).toString(36)}`;
}

type Tried = { at: Date; headers: Record<string, string>; outcome: Outcome };

async function keep(delivery: Claimed, { at, headers, outcome }: Tried, rule: DeliveryRule): Promise<void> {
  const { id, token } = delivery;
  const { status } = outcome;
  const arrived = status !== null && status >= 200 && status < 300;
  const next = nextTry(rule, delivery.attempts);
  const ended = arrived ? 'delivered' : next.isLast ? 'given_up' : null;
  await transaction(async (tx) => {
    const { count } = await tx.webhookDelivery.updateMany({
      where: { id, token, state: 'waiting' },
      data: {
        leaseUntil: null,
        ...(ended ? { state: ended, endedAt: new Date() } : { nextAttemptAt: next.at }),
      },
    });
    // In other hands by now: what came back of it is written down all the same.
    await tx.webhookAttempt.create({
      data: {
        ...{ deliveryId: id, at, durationMs: Date.now() - at.getTime(), requestHeaders: headers, status },
        ...('error' in outcome
          ? { error: outcome.error }
          : { responseHeaders: outcome.headers, responseBody: outcome.body }),
      },
    });
    // What can't be made here says nothing of who would have received it.
    if (count > 0 && !('error' in outcome && outcome.error === NOT_MADE))
      await noteHealth(tx, delivery.endpoint, { arrived, status }, rule);
  });
}

/** A fault of one message alone doesn't last so long: others go through meanwhile. */
const LONG_MS = 60_000;

type Heard = { arrived: boolean; status: number | null };

async function noteHealth(
  tx: Tx,
  { id, failingSince, lastSuccessAt }: WebhookEndpoint,
  { arrived, status }: Heard,
  rule: DeliveryRule,
): Promise<void> {
  const now = new Date();
  if (arrived) {
    // Once in a while is enough, and keeps many at once from waiting for one row.
    const isKnown =
      failingSince === null && lastSuccessAt && now.getTime() - lastSuccessAt.getTime() < 10_000;
    if (!isKnown)
      await tx.webhookEndpoint.updateMany({
        where: { id },
        data: { lastSuccessAt: now, failingSince: null },
      });
    if (failingSince && now.getTime() - failingSince.getTime() > LONG_MS) await hasten(tx, id);
    return;
  }
  // 410 Gone: who receives wants no more of it (Standard Webhooks).
  if (status === 410) return switchOff(tx, id, 'gone');
  if (failingSince && now.getTime() - failingSince.getTime() >= rule.deadAfterMs)
    return switchOff(tx, id, 'failing');
  if (failingSince === null)
    await tx.webhookEndpoint.updateMany({ where: { id, failingSince: null }, data: { failingSince: now } });
}

async function switchOff(tx: Tx, id: string, reason: 'gone' | 'failing'): Promise<void> {
  const { count } = await tx.webhookEndpoint.updateMany({
    where: { id, state: 'on' },
    data: { state: 'off', offReason: reason, offSince: new Date() },
  });
  if (count === 0) return;
  await recordAudit(tx, system('webhooks'), {
    action: 'webhook_endpoint.switched_off',
    subject: 'webhook_endpoint',
    id,
    after: { state: 'off', kind: reason },
  });
}
