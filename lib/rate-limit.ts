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
  const waitMs = row?.wait_ms ?? 0;
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
}
