import { createHash } from 'node:crypto';
import { db } from '~/lib/db';
import { fintocMode } from '~/lib/env';
import { log } from '~/lib/log';
import type { FintocTransfer } from '~/lib/rails/fintoc/translate';
import { fieldsOf, type Unreadable } from '~/lib/rails/fintoc/unreadable';

/**
 * Keeps a transfer that Fintoc showed and that can't be read as a dead letter, word for word: somebody has to look at
 * it, and a replay takes it in once we can read it. One letter per transfer, with Fintoc's last word of it; none while
 * a webhook's own event of it waits for its turn.
 */
export async function keepUnreadable(item: Unreadable): Promise<void> {
  const letter = letterOf(item);
  const { id, objectId, type, mode, body, occurredAt } = letter;
  const kept = await db().$executeRaw`
    INSERT INTO webhook_events (id, type, object_id, mode, origin, headers, body, occurred_at, next_attempt_at, state, last_error)
    SELECT ${id}, ${type}, ${objectId}, ${mode}, 'poll', '{}', ${body}, ${occurredAt}::timestamptz, now(), 'dead', ${item.message.slice(0, 2_000)}
    WHERE NOT EXISTS (SELECT 1 FROM webhook_events w
      WHERE w.object_id = ${objectId} AND w.origin = 'webhook' AND w.state IN ('received', 'retrying'))
    ON CONFLICT (id) DO UPDATE SET body = excluded.body, type = excluded.type, state = 'dead',
      occurred_at = excluded.occurred_at, last_error = excluded.last_error
    WHERE webhook_events.state NOT IN ('received', 'retrying')
      AND webhook_events.body::jsonb->'data' <> excluded.body::jsonb->'data'`;
  if (kept > 0) log.error({ event: id, reason: item.message }, 'transfer is unreadable');
}

/** Puts back into the queue, as it stands now, what was unreadable once and isn't any more. */
export async function takeUpReadable(transfers: FintocTransfer[]): Promise<void> {
  const letters = new Map(transfers.map((transfer) => [letterId(transfer.id), transfer]));
  const dead = await db().webhookEvent.findMany({
    where: { id: { in: [...letters.keys()] }, state: 'dead' },
    select: { id: true },
  });
  for (const { id } of dead) {
    const transfer = letters.get(id);
    if (!transfer) continue;
    const { type, body } = envelope({ id, raw: transfer.raw, occurredAt: transfer.transaction_date });
    await db().webhookEvent.updateMany({
      where: { id, state: 'dead' },
      data: { type, body, state: 'received', attempts: 0, lastError: null, nextAttemptAt: new Date() },
    });
  }
}

/** When an unreadable transfer happened, if that can be read. */
export function timeOf({ raw }: Unreadable): Date | null {
  const { transaction_date: told } = fieldsOf(raw);
  const at = typeof told === 'string' ? new Date(told) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

const letterId = (transferId: string) => `poll:${transferId}:unreadable`;

function letterOf(item: Unreadable) {
  const nameless = () => createHash('sha256').update(JSON.stringify(item.raw)).digest('hex').slice(0, 32);
  const id = letterId(item.id ?? nameless());
  const occurredAt = timeOf(item) ?? new Date();
  return { id, objectId: item.id, occurredAt, ...envelope({ id, raw: item.raw, occurredAt }) };
}

/** What a webhook of it would have said. */
function envelope({ id, raw, occurredAt }: { id: string; raw: unknown; occurredAt: Date }) {
  const fields = fieldsOf(raw);
  const word = (name: string, otherwise: string) => {
    const value = fields[name];
    return typeof value === 'string' && /^\w{1,40}$/.test(value) ? value : otherwise;
  };
  const direction = word('direction', '');
  const type = direction ? `transfer.${direction}.${word('status', 'unreadable')}` : 'transfer.unreadable';
  const mode = word('mode', fintocMode());
  const body = JSON.stringify({
    id,
    object: 'event',
    type,
    mode,
    created_at: occurredAt.toISOString(),
    data: raw ?? null,
  });
  return { type, mode, body };
}
