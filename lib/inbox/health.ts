import { db } from '~/lib/db';

/** What an hour or a day of deliveries came to. */
export type HealthBucket = {
  start: Date;
  /** The day that it is of, in the reader's zone. */
  day: string;
  received: number;
  duplicates: number;
  late: number;
  recovered: number;
  dead: number;
};

/** Per hour, or per day. */
export const HEALTH_VIEWS = ['hours', 'days'] as const;
export type HealthView = (typeof HEALTH_VIEWS)[number];

const STEP_HOURS = 24;
const RECOUNT_HOURS = 24;
const RECOUNT_EVERY = 20;
let rounds = 0;

/**
 * The workers' count of deliveries per hour, so that a chart reads a row per hour and not the events. The newest two
 * hours are counted anew each time; now and then a whole day is, for what changed later: duplicates, replays.
 * Returns 1 while it catches up with a history.
 */
export async function countDeliveries(): Promise<number> {
  rounds += 1;
  const back = rounds % RECOUNT_EVERY === 1 ? RECOUNT_HOURS : 1;
  const [row] = await db().$queryRaw<{ from: Date; behind: boolean }[]>`
    SELECT least(n.uncounted, date_trunc('hour', now()) - make_interval(hours => ${back})) AS from,
      coalesce(n.uncounted + make_interval(hours => ${STEP_HOURS}) < now(), false) AS behind
    FROM (SELECT date_trunc('hour', min(received_at)) AS uncounted FROM inbox_events
          WHERE received_at >= coalesce((SELECT max(hour) FROM inbox_hours) + interval '1 hour', '-infinity')) n`;
  if (!row) return 0;
  await countFrom(row.from);
  return row.behind ? 1 : 0;
}

async function countFrom(from: Date): Promise<void> {
  await db().$executeRaw`
    INSERT INTO inbox_hours AS h (hour, received, duplicates, late, out_of_order, recovered, dead)
    SELECT date_trunc('hour', received_at),
      count(*) FILTER (WHERE origin = 'webhook'), coalesce(sum(duplicates), 0), count(*) FILTER (WHERE late),
      count(*) FILTER (WHERE out_of_order), count(*) FILTER (WHERE origin = 'poll'), count(*) FILTER (WHERE state = 'dead')
    FROM inbox_events
    WHERE received_at >= ${from}::timestamptz AND received_at < ${from}::timestamptz + make_interval(hours => ${STEP_HOURS + 2})
    GROUP BY 1
    ON CONFLICT (hour) DO UPDATE SET received = excluded.received, duplicates = excluded.duplicates, late = excluded.late,
      out_of_order = excluded.out_of_order, recovered = excluded.recovered, dead = excluded.dead
    WHERE (h.received, h.duplicates, h.late, h.out_of_order, h.recovered, h.dead) IS DISTINCT FROM
      (excluded.received, excluded.duplicates, excluded.late, excluded.out_of_order, excluded.recovered, excluded.dead)`;
}

/** The hours of yesterday and today, or the last 30 days, of the reader's zone; also those in which nothing came. */
export async function readHealth(view: HealthView, timeZone: string): Promise<HealthBucket[]> {
  const { step, count, back } =
    view === 'hours'
      ? { step: '1 hour', count: 48, back: '1 day' }
      : { step: '1 day', count: 30, back: '29 days' };
  // Dead events are counted now: there are few, and a replay changes them long after their hour.
  return db().$queryRaw<HealthBucket[]>`
    WITH local AS (
      SELECT date_trunc('day', now() AT TIME ZONE ${timeZone}) - ${back}::interval + n * ${step}::interval AS at
      FROM generate_series(0, ${count - 1}::int) n
    ), buckets AS (
      SELECT at AT TIME ZONE ${timeZone} AS start, (at + ${step}::interval) AT TIME ZONE ${timeZone} AS until, at::date::text AS day
      FROM local
    ), dead AS (
      SELECT received_at FROM inbox_events WHERE state = 'dead' AND received_at >= (SELECT min(start) FROM buckets)
    )
    SELECT b.start, b.day,
      coalesce(sum(h.received), 0)::int AS received, coalesce(sum(h.duplicates), 0)::int AS duplicates,
      coalesce(sum(h.late), 0)::int AS late, coalesce(sum(h.recovered), 0)::int AS recovered,
      (SELECT count(*) FROM dead d WHERE d.received_at >= b.start AND d.received_at < b.until)::int AS dead
    FROM buckets b LEFT JOIN inbox_hours h ON h.hour >= b.start AND h.hour < b.until
    GROUP BY b.start, b.until, b.day ORDER BY b.start`;
}
