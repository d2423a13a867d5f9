import { type Backoff, backoffMs } from '~/lib/backoff';
import { db } from '~/lib/db';

/**
 * Waits for the next free moment of a limited resource, shared by every process on this database: one row holds when
 * the next call may leave, and each caller moves it on by one interval.
 */
export async function reserveSlot(key: string, perSecond: number): Promise<void> {
  const interval = 1 / perSecond;
  const [row] = await db().$queryRaw<{ wait_ms: number }[]>`
    INSERT INTO rate_slots AS slot (key, next_at) VALUES (${key}, clock_timestamp() + make_interval(secs => ${interval}))
    ON CONFLICT (key) DO UPDATE SET next_at = greatest(slot.next_at, clock_timestamp()) + make_interval(secs => ${interval})
    RETURNING (extract(epoch FROM next_at - clock_timestamp()) * 1000)::float8 - ${interval * 1000}::float8 AS wait_ms`;
  await pause(row?.wait_ms ?? 0);
}

/**
 * Waits for a moment that nobody has reserved, and lets everybody who reserves go first; but only for so long, then it
 * takes its turn like them: a queue that never ends must not keep it waiting for ever.
 */
export async function reserveSpareSlot(key: string, perSecond: number, patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const waitMs = await takeIfFree(key, perSecond);
    if (waitMs === null) return;
    await pause(Math.min(Math.max(waitMs, LEAST_PAUSE_MS), until - Date.now()));
  }
  await reserveSlot(key, perSecond);
}

/** Each look writes: where the limit is high, looking whenever it may be free would cost more than waiting. */
const LEAST_PAUSE_MS = 20;

/** Null when it was free; else how long until it may be. */
async function takeIfFree(key: string, perSecond: number): Promise<number | null> {
  const [row] = await db().$queryRaw<{ taken: boolean; wait_ms: number }[]>`
    WITH taken AS (
      INSERT INTO rate_slots AS slot (key, next_at) VALUES (${key}, clock_timestamp() + make_interval(secs => ${1 / perSecond}))
      ON CONFLICT (key) DO UPDATE SET next_at = clock_timestamp() + make_interval(secs => ${1 / perSecond})
      WHERE slot.next_at <= clock_timestamp() RETURNING 1)
    SELECT EXISTS (SELECT 1 FROM taken) AS taken,
      (extract(epoch FROM (SELECT next_at FROM rate_slots WHERE key = ${key}) - clock_timestamp()) * 1000)::float8 AS wait_ms`;
  return row?.taken ? null : (row?.wait_ms ?? 0);
}

const PAUSES: Backoff = { firstMs: 1_000, mostMs: 16_000 };
const MOST_PAUSES = 5;

/** Asks again after 1, 2, 4, 8 and 16 seconds, or a little sooner, for as long as the answer is that it was too much. */
export async function backingOff<Result>(
  ask: () => Promise<Result>,
  isTooMuch: (error: unknown) => boolean,
): Promise<Result> {
  for (let pauses = 0; ; pauses += 1) {
    try {
      return await ask();
    } catch (error) {
      if (pauses === MOST_PAUSES || !isTooMuch(error)) throw error;
      await pause(backoffMs(PAUSES, pauses + 1));
    }
  }
}

async function pause(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
