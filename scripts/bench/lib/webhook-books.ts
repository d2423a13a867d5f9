import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '~/lib/db';

export { disconnect } from '~/lib/db';
export { preparePlatform } from './platform.ts';

const LOOK_EVERY_MS = 50;

/** Stored deliveries that no worker has taken in yet. */
export async function waiting(): Promise<number> {
  return db().inboxEvent.count({ where: { state: { in: ['received', 'retrying'] } } });
}

export async function untilFewerWait(than: number, timeoutMs: number): Promise<void> {
  const end = Date.now() + timeoutMs;
  while ((await waiting()) >= than) {
    if (Date.now() > end) throw new Error(`${await waiting()} deliveries still wait.`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** The server's clock, by which deliveries are stamped. */
export async function now(): Promise<Date> {
  const [row] = await db().$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  return row?.now ?? new Date();
}

/** Times in ms from a delivery's receipt to its posting, of those received since. */
export async function receivedToPosted(since: Date): Promise<{ p50: number; p95: number; p99: number }> {
  const [row] = await db().$queryRaw<{ times: number[] }[]>`
    SELECT percentile_cont(ARRAY[0.5, 0.95, 0.99]::float8[]) WITHIN GROUP (
      ORDER BY extract(epoch FROM processed_at - received_at)::float8 * 1000) AS times
    FROM inbox_events WHERE received_at >= ${since}`;
  const [p50 = 0, p95 = 0, p99 = 0] = row?.times ?? [];
  return { p50, p95, p99 };
}

/** How many deliveries moved no money, told by the money: each is worth as much. */
export async function unposted(amount: number): Promise<number> {
  // Not the balances of cash: what the platform began with is no delivery.
  const [row] = await db().$queryRaw<{ events: number; posted: bigint }[]>`
    SELECT (SELECT count(*)::int FROM inbox_events) AS events,
           (SELECT coalesce(sum(e.amount), 0)::bigint FROM ledger_entries e
            JOIN ledger_accounts a ON a.id = e.account_id JOIN inbox_events i ON i.id = (
              SELECT t.event_id FROM ledger_transactions t WHERE t.id = e.transaction_id)
            WHERE a.bucket = 'cash') AS posted`;
  if (!row) throw new Error('A query without FROM answers one row.');
  return row.events - Number(row.posted / BigInt(amount));
}
