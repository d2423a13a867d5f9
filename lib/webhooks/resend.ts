import { authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, type Tx, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { SUBJECTS } from '~/lib/outbox/subjects';
import { lockEndpoint, type Owner } from '~/lib/webhooks/endpoints';
import { isToldOf, scopeOf, typesOf } from '~/lib/webhooks/told';
import { Prisma, type WebhookEndpoint } from '~/prisma/generated/client';

/** How long it can be seen, and sent again, one by one. */
export const DELIVERY_DAYS = 30;
/** So many at a time: who lacks more reads GET /v1/events. */
const MOST_RESENT = 20_000;

/** What makes a delivery one that waits, with all its tries before it. */
const AGAIN = Prisma.sql`state = 'waiting', attempts = 0, next_attempt_at = now(), ended_at = NULL`;

/** Sends one message again, the same under the same id, also where it had arrived. */
export async function resendDelivery(
  actor: Owner,
  { endpointId, deliveryId }: { endpointId: string; deliveryId: bigint },
): Promise<{ id: string }> {
  authorize(actor, 'webhooks:write');
  return transaction(async (tx) => {
    await lockEndpoint(tx, endpointId);
    const count = await tx.$executeRaw`
      UPDATE webhook_deliveries SET ${AGAIN} WHERE id = ${deliveryId} AND endpoint_id = ${endpointId}::uuid`;
    if (count === 0) throw notFound('webhook_delivery', String(deliveryId));
    await noteResent(tx, actor, endpointId, { deliveryId: String(deliveryId) });
    return { id: endpointId };
  });
}

/**
 * Sends all again that happened since a moment and that the endpoint is told of, also what happened while it was off.
 * Of one subject in its order. Answers how many.
 */
export async function resendSince(
  actor: Owner,
  { endpointId, since }: { endpointId: string; since: Date },
): Promise<{ id: string; count: number }> {
  authorize(actor, 'webhooks:write');
  if (since > new Date()) throw new InvalidInputError({ since: 'in_the_future' });
  return transaction(async (tx) => {
    const endpoint = await lockEndpoint(tx, endpointId);
    const count = await tx.$executeRaw`
      INSERT INTO webhook_deliveries AS d (endpoint_id, event_id, type, subject_kind, subject_id)
      SELECT ${endpointId}::uuid, e.id, e.type, e.subject_kind, e.subject_id FROM outbox_events e
      WHERE e.occurred_at >= ${since} AND ${isWanted(endpoint)} ORDER BY e.id LIMIT ${MOST_RESENT + 1}
      ON CONFLICT (endpoint_id, event_id) DO UPDATE SET ${AGAIN}`;
    if (count > MOST_RESENT) throw new InvalidInputError({ since: 'too_many_events' });
    await noteResent(tx, actor, endpointId, { since: since.toISOString(), count });
    return { id: endpointId, count };
  });
}

/** Sends a message that says nothing but that it arrived. */
export async function sendTest(
  actor: Owner,
  { endpointId }: { endpointId: string },
): Promise<{ id: string }> {
  authorize(actor, 'webhooks:write');
  return transaction(async (tx) => {
    await lockEndpoint(tx, endpointId);
    await recordAudit(tx, actor, {
      action: 'webhook_endpoint.tested',
      subject: 'webhook_endpoint',
      id: endpointId,
    });
    await tx.$executeRaw`
      INSERT INTO webhook_deliveries (endpoint_id, event_id, type, subject_kind, subject_id)
      SELECT ${endpointId}::uuid, id, type, subject_kind, subject_id FROM outbox_events
      WHERE subject_kind = 'webhook_endpoint' AND subject_id = ${endpointId} ORDER BY id DESC LIMIT 1`;
    return { id: endpointId };
  });
}

/** Whether an event `e` of the outbox is one that an endpoint is told of: by its types, and by what it may see. */
export function isWanted({ patterns, scopes }: Pick<WebhookEndpoint, 'patterns' | 'scopes'>): Prisma.Sql {
  return Prisma.sql`e.type = ANY (${typesOf(patterns)}) AND e.subject_kind = ANY (${subjectsOf(scopes)})`;
}

function subjectsOf(scopes: readonly string[]): string[] {
  return SUBJECTS.filter((subject) => isToldOf(subject) && scopes.includes(scopeOf(subject)));
}

function noteResent(tx: Tx, actor: Owner, id: string, after: object): Promise<void> {
  return recordAudit(tx, actor, {
    action: 'webhook_endpoint.resent',
    subject: 'webhook_endpoint',
    id,
    after,
  });
}

/** Forgets what was delivered, or given up, long ago, and what came back of it. Answers how many. */
export async function forgetDeliveries(): Promise<number> {
  const before = new Date(Date.now() - DELIVERY_DAYS * 86_400_000);
  return db().$executeRaw`
    DELETE FROM webhook_deliveries WHERE id IN (
      SELECT id FROM webhook_deliveries WHERE created_at < ${before} AND state <> 'waiting' ORDER BY created_at LIMIT 5000)`;
}
