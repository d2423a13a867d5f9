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
 * Counts a request of each of these keys (`id`), in all web processes together, as what stands in a WITH: `full_at` where it
 * is allowed. Allowed are so many a second, as a bucket that fills steadily: `full_at` is when it would be full.
 */
export function countedOf(keys: Prisma.Sql): Prisma.Sql {
  const each = eachSeconds();
  return Prisma.sql`
    INSERT INTO api_rates AS rate (key_id, full_at)
    SELECT k.id, clock_timestamp() + make_interval(secs => ${each}) FROM ${keys} k
    ON CONFLICT (key_id) DO UPDATE SET full_at = greatest(rate.full_at, clock_timestamp()) + make_interval(secs => ${each})
    WHERE rate.full_at <= clock_timestamp() + make_interval(secs => ${WINDOW_SECONDS - each})
    RETURNING full_at`;
}

/** What was answered, as columns beside the WITH, where it is called `counted`. */
export function turnColumns(keyId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT FROM counted) AS allowed, extract(epoch FROM coalesce(
    (SELECT full_at FROM counted), (SELECT full_at FROM api_rates WHERE key_id = ${keyId}), clock_timestamp())
    - clock_timestamp())::float8 AS seconds`;
}

export type TurnRow = { allowed: boolean; seconds: number };

/** Counts a request of one key. */
export async function takeTurn(keyId: string): Promise<Turn> {
  const key = Prisma.sql`${keyId}::uuid`;
  const { text, values } = Prisma.sql`
    WITH counted AS (${countedOf(Prisma.sql`(SELECT ${key} AS id)`)}) SELECT ${turnColumns(key)}`;
  const [row] = await statement<TurnRow>(db(), text, values);
  return turnOf(row ?? { allowed: true, seconds: 0 });
}

/** With the headers of draft-ietf-httpapi-ratelimit-headers. */
export function turnOf({ allowed, seconds }: TurnRow): Turn {
  const quota = env().API_REQUESTS_PER_SECOND * WINDOW_SECONDS;
  const each = eachSeconds();
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

function eachSeconds(): number {
  return 1 / env().API_REQUESTS_PER_SECOND;
}
