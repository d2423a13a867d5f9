import { db } from '~/lib/db';

/** How far behind what Fintoc tells us is: of the newest deliveries, and of what nobody has taken in yet. */
export type Lag = {
  /** From when it happened until it was in the books, in all but the slowest of twenty; null without any of late. */
  ms: number | null;
  /** Those that wait to be taken in, and since when the oldest does. */
  waiting: number;
  since: Date | null;
};

/** So many deliveries of the last hours say how fast they are. */
const NEWEST = 200;
const HOURS = 24;

/** What a poll recovered is not counted: it was never told. */
export async function inboxLag(): Promise<Lag> {
  const [row] = await db().$queryRaw<Lag[]>`
    SELECT fast.ms, late.waiting, late.since FROM (
      SELECT (percentile_disc(0.95) WITHIN GROUP (
        ORDER BY greatest(extract(epoch FROM e.processed_at - e.occurred_at), 0)) * 1000)::float8 AS ms
      FROM (
        SELECT processed_at, occurred_at FROM inbox_events
        WHERE received_at > now() - make_interval(hours => ${HOURS}) AND origin = 'webhook' AND processed_at IS NOT NULL
        ORDER BY received_at DESC, id DESC LIMIT ${NEWEST}) e) fast,
    (SELECT count(*)::int AS waiting, min(received_at) AS since FROM inbox_events
      WHERE state IN ('received', 'retrying')) late`;
  return row ?? { ms: null, waiting: 0, since: null };
}
