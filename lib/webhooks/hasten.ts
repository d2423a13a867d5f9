import type { Tx } from '~/lib/db';

/** Who takes messages again is sent at once what waited for its next try. What others are at is left to them. */
export async function hasten(tx: Tx, endpointId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE webhook_deliveries SET next_attempt_at = now() WHERE id IN (
      SELECT id FROM webhook_deliveries
      WHERE endpoint_id = ${endpointId}::uuid AND state = 'waiting' AND next_attempt_at > now() FOR UPDATE SKIP LOCKED)`;
}
