import { db } from '~/lib/db';
import { env } from '~/lib/env';
import { processEvents } from '~/lib/inbox/process';
import { takeUpReadable } from '~/lib/inbox/unreadable';
import { railAndId } from '~/lib/rails/ids';
import type { RailTransfer } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';
import type { Transfer } from '~/prisma/generated/client';

type Known = Pick<Transfer, 'id' | 'status' | 'state' | 'returnAttempts' | 'updatedAt'>;

/**
 * What a look at Fintoc shows and no webhook told goes into the inbox as if it had been delivered, marked as
 * recovered by poll, and through the same handlers. Its id follows from the transfer and what Fintoc says of it, so
 * that any number of workers and repetitions make one. Returns how many were taken in.
 */
export async function recoverNews(transfers: RailTransfer[]): Promise<number> {
  await takeUpReadable(transfers);
  const ids = await storeNews(await newsAmong(transfers));
  if (ids.length === 0) return 0;
  await workThrough(ids);
  return db().inboxEvent.count({ where: { id: { in: ids }, state: 'processed' } });
}

type News = { transfer: RailTransfer; id: string; word: string; occurredAt: Date };

/** Those that stand otherwise here, oldest first, as it happened; but for what a webhook told that waits its turn. */
async function newsAmong(transfers: RailTransfer[]): Promise<News[]> {
  const ids = transfers.map(({ id }) => id);
  const [rows, waiting] = await Promise.all([
    db().transfer.findMany({
      where: { id: { in: ids } },
      select: { id: true, status: true, state: true, returnAttempts: true, updatedAt: true },
    }),
    db().inboxEvent.findMany({
      where: { objectId: { in: ids }, state: { in: ['received', 'retrying'] }, origin: 'webhook' },
      select: { objectId: true },
    }),
  ]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const told = new Set(waiting.map(({ objectId }) => objectId));
  return transfers
    .filter(({ id, status }) => known.get(id)?.status !== status && !told.has(id))
    .sort((a, b) => a.transactedAt.getTime() - b.transactedAt.getTime())
    .flatMap((transfer) => newsOf(transfer, known.get(transfer.id)) ?? []);
}

/** A first word happened when the transfer did. How one that we know went on happened since we last looked. */
function newsOf(transfer: RailTransfer, row: Known | undefined): News | null {
  const { id, status, goesBack: isReturn, transactedAt } = transfer;
  let word = status;
  if (row?.state === 'return_pending' && transfer.word === 'succeeded') {
    // What was to be returned and stands as succeeded again: the return failed, and the event of it was lost.
    if (Date.now() - row.updatedAt.getTime() <= env().FINTOC_WEBHOOK_GRACE_MS) return null;
    word = 'return_failed';
  }
  const goesRound = row !== undefined && row.returnAttempts > 0 && (isReturn || word === 'return_failed');
  return {
    transfer,
    id: `poll:${id}:${word}${goesRound ? `:${row.returnAttempts}` : ''}`,
    word,
    occurredAt: row && (isReturn || word !== status) ? new Date() : transactedAt,
  };
}

/** Returns the ids that are new, or that couldn't be booked and of which Fintoc says something else by now. */
async function storeNews(news: News[]): Promise<string[]> {
  if (news.length === 0) return [];
  const rows = news.map(({ transfer, id, word, occurredAt }) => ({
    id,
    rail: railAndId(transfer.id).rail,
    object_id: transfer.id,
    ...railOf(transfer.id).eventOf({ id, raw: transfer.raw, at: occurredAt, word }),
    occurred_at: occurredAt,
  }));
  const stored = await db().$queryRaw<{ id: string }[]>`
    INSERT INTO inbox_events (id, rail, type, object_id, mode, origin, headers, body, occurred_at, next_attempt_at)
    SELECT n.id, n.rail, n.type, n.object_id, n.mode, 'poll', '{}', n.body, n.occurred_at, date_trunc('milliseconds', now())
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS n(id text, rail text, type text, object_id text, mode text, body text, occurred_at timestamptz)
    ON CONFLICT (id) DO UPDATE SET body = excluded.body, state = 'received', attempts = 0, last_error = NULL,
      next_attempt_at = excluded.next_attempt_at
    WHERE inbox_events.state IN ('retrying', 'dead')
      AND NOT EXISTS (SELECT 1 FROM inbox_claims c WHERE inbox_events.id = ANY (c.event_ids) AND c.lease_until > now())
      AND inbox_events.body::jsonb->'data' <> excluded.body::jsonb->'data'
    RETURNING id`;
  return stored.map(({ id }) => id);
}

const WAIT_ROUNDS = 50;
const WAIT_MS = 100;

/** Works as one more worker until these are done; another one may have taken some of them. */
async function workThrough(ids: string[]): Promise<void> {
  for (let round = 0; round < WAIT_ROUNDS; round += 1) {
    const claimed = await processEvents();
    const open = await db().inboxEvent.count({ where: { id: { in: ids }, state: 'received' } });
    if (open === 0) return;
    if (claimed === 0) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}
