import { db, statement } from '~/lib/db';
import { env } from '~/lib/env';
import { Prisma } from '~/prisma/generated/client';

/** So many seconds' worth may come at once. */
const WINDOW_SECONDS = 1;

export type Turn = {
  allowed: boolean;
  /** RateLimit-Policy, RateLimit and, where it isn't allowed, Retry-After. */
  headers: Record<string, string>;
};

/**
 * Counts a request of a key, in all web processes together. Allowed are so many a second, as a bucket that fills
 * steadily: `full_at` is when it would be full. Headers: draft-ietf-httpapi-ratelimit-headers.
 */
export async function takeTurn(keyId: string): Promise<Turn> {
  const quota = env().API_REQUESTS_PER_SECOND * WINDOW_SECONDS;
  const each = WINDOW_SECONDS / quota;
  const { text, values } = Prisma.sql`
    WITH taken AS (
      INSERT INTO api_rates AS rate (key_id, full_at) VALUES (${keyId}::uuid, clock_timestamp() + make_interval(secs => ${each}))
      ON CONFLICT (key_id) DO UPDATE SET full_at = greatest(rate.full_at, clock_timestamp()) + make_interval(secs => ${each})
      WHERE rate.full_at <= clock_timestamp() + make_interval(secs => ${WINDOW_SECONDS - each})
      RETURNING full_at)
    SELECT EXISTS (SELECT FROM taken) AS allowed, extract(epoch FROM coalesce(
      (SELECT full_at FROM taken), (SELECT full_at FROM api_rates WHERE key_id = ${keyId}::uuid), clock_timestamp())
      - clock_timestamp())::float8 AS seconds`;
  const [row] = await statement<{ allowed: boolean; seconds: number }>(db(), text, values);
  const { allowed, seconds } = row ?? { allowed: true, seconds: 0 };
  const left = allowed ? Math.max(0, Math.floor((WINDOW_SECONDS - seconds) / each)) : 0;
  return {
    allowed,
    headers: {
      'ratelimit-policy': `"key";q=${quota};w=${WINDOW_SECONDS}`,
      ratelimit: `"key";r=${left};t=${Math.max(0, Math.ceil(seconds))}`,
      ...(!allowed && { 'retry-after': String(Math.max(1, Math.ceil(seconds - WINDOW_SECONDS + each))) }),
    },
  };
}
