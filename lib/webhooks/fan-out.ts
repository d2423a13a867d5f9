import { db, type Tx, transaction } from '~/lib/db';
import type { Cursor } from '~/lib/outbox/read';
import { newsFor, nextPlace, standAt } from '~/lib/outbox/reader';
import { type Queue, runOnce, stillHeld } from '~/lib/queue';
import { isWanted } from '~/lib/webhooks/resend';
import type { WebhookEndpoint } from '~/prisma/generated/client';

export const TURNS: Queue = {
  name: 'webhook_fan_out',
  leaseSeconds: 30,
  backoff: { firstMs: 1_000, mostMs: 30_000 },
};
const READER = 'webhooks';
const MOST_READ = 2_000;

/**
 * Queues what happened for every endpoint that is told of it, in the order in which it was settled: none that commits
 * late is passed over, and none is queued that didn't commit. What it read and what it queued commit together. Answers
 * how far it went.
 */
export async function fanOut(turns = TURNS): Promise<number> {
  // Nearly all looks find nothing, and take nobody's turn.
  if (!(await newsFor(READER))) return 0;
  const read = await runOnce(turns, async (held) => {
    const from = await newsFor(READER);
    if (!from) return 0;
    return transaction(async (tx) => {
      await stillHeld(tx, held);
      // Read after what is settled was: an endpoint that stood before an event happened is among them.
      const endpoints = await tx.webhookEndpoint.findMany({ where: { state: 'on' } });
      const to = endpoints.length === 0 ? from.settled : await nextPlace(tx, from, MOST_READ);
      for (const endpoint of endpoints) await queue(tx, endpoint, from, to);
      await standAt(tx, READER, { ...from, read: to });
      return Number(to - from.read);
    });
  });
  return read ?? 0;
}

async function queue(tx: Tx, endpoint: WebhookEndpoint, { read }: Cursor, to: bigint): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO webhook_deliveries (endpoint_id, event_id, type, subject_kind, subject_id)
    SELECT ${endpoint.id}::uuid, e.id, e.type, e.subject_kind, e.subject_id FROM outbox_events e
    WHERE e.id > ${read} AND e.id <= ${to} AND ${isWanted(endpoint)} ORDER BY e.id
    ON CONFLICT (endpoint_id, event_id) DO NOTHING`;
}

/** How many wait for an endpoint that is on: what a page or a test waits for. */
export async function countWaiting(endpointId: string): Promise<number> {
  return db().webhookDelivery.count({ where: { endpointId, state: 'waiting' } });
}
