import { createHash } from 'node:crypto';
import { db } from '~/lib/db';
import { log } from '~/lib/log';
import type { Unreadable } from '~/lib/rails/failures';
import type { Rail } from '~/lib/rails/rail';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';

/**
 * Keeps a transfer that its rail showed and that can't be read as a dead letter, word for word: somebody has to look at
 * it, and a replay takes it in once we can read it. One letter per transfer, with the rail's last word of it; none while
 * a webhook's own event of it waits for its turn.
 */
export async function keepUnreadable(item: Unreadable, rail: Rail): Promise<void> {
  const letter = letterOf(item, rail);
  const { id, objectId, type, mode, body, occurredAt } = letter;
  const kept = await db().$executeRaw`
    INSERT INTO inbox_events (id, rail, type, object_id, mode, origin, headers, body, occurred_at, next_attempt_at, state, last_error)
    SELECT ${id}, ${rail.facts().name}, ${type}, ${objectId}, ${mode}, 'poll', '{}', ${body}, ${occurredAt}::timestamptz, now(), 'dead', ${item.message.slice(0, 2_000)}
    WHERE NOT EXISTS (SELECT 1 FROM inbox_events w
      WHERE w.object_id = ${objectId} AND w.origin = 'webhook' AND w.state IN ('received', 'retrying'))
    ON CONFLICT (id) DO UPDATE SET body = excluded.body, type = excluded.type, state = 'dead',
      occurred_at = excluded.occurred_at, last_error = excluded.last_error
    WHERE inbox_events.state NOT IN ('received', 'retrying')
      AND inbox_events.body::jsonb->'data' <> excluded.body::jsonb->'data'`;
  if (kept > 0) log.error({ event: id, reason: item.message }, 'transfer is unreadable');
}

/** Puts back into the queue, as it stands now, what was unreadable once and isn't any more. */
export async function takeUpReadable(transfers: RailTransfer[]): Promise<void> {
  const letters = new Map(transfers.map((transfer) => [letterId(transfer.id), transfer]));
  const dead = await db().inboxEvent.findMany({
    where: { id: { in: [...letters.keys()] }, state: 'dead' },
    select: { id: true },
  });
  for (const { id } of dead) {
    const transfer = letters.get(id);
    if (!transfer) continue;
    const { type, body } = railOf(transfer.id).eventOf({ id, raw: transfer.raw, at: transfer.transactedAt });
    await db().inboxEvent.updateMany({
      where: { id, state: 'dead' },
      data: { type, body, state: 'received', attempts: 0, lastError: null, nextAttemptAt: new Date() },
    });
  }
}

const letterId = (transferId: string) => `poll:${transferId}:unreadable`;

function letterOf(item: Unreadable, rail: Rail) {
  const nameless = () => createHash('sha256').update(JSON.stringify(item.raw)).digest('hex').slice(0, 32);
  const id = letterId(item.id ?? nameless());
  const occurredAt = item.at ?? new Date();
  const event = rail.eventOf({ id, raw: item.raw, at: occurredAt });
  return { id, objectId: item.id, occurredAt, ...event };
}
