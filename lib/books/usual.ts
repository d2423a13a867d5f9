import { db } from '~/lib/db';

/** What came in or went out today, and up to the last full hour beside what is usual by then. */
export type SoFar = {
  now: bigint;
  untilHour: bigint;
  /** The median of the same weekday's in the weeks before; null while there are too few. */
  usual: bigint | null;
};
export type UsualDay = { in: SoFar; out: SoFar /** Hours of today that are over. */; hours: number };

const WEEKS = 8;
/** Fewer say nothing of what is usual. */
const LEAST_WEEKS = 2;

type Row = { day: string; inward: boolean; amount: bigint; untilHour: bigint; today: string; hours: number };

/** How today stands on an asset's accounts against the same weekday's median by this hour, in a zone's days. */
export async function readUsual(asset: string, timeZone: string): Promise<UsualDay> {
  const rows = await db().$queryRaw<Row[]>`
    WITH clock AS (SELECT now() AT TIME ZONE ${timeZone}::text AS local),
    moved AS MATERIALIZED (
      SELECT f.hour AT TIME ZONE ${timeZone}::text AS at, f.inward, f.amount
      FROM clock c, ledger_flows_between(
        (date_trunc('day', c.local) - make_interval(weeks => ${WEEKS})) AT TIME ZONE ${timeZone}::text,
        (date_trunc('day', c.local) + interval '1 day') AT TIME ZONE ${timeZone}::text, ${asset}) f
      WHERE f.class = 'cash'),
    -- Also days on which nothing moved, from the first on which something did.
    days AS (
      SELECT d.at, s.inward FROM clock c
      CROSS JOIN generate_series(date_trunc('day', c.local) - make_interval(weeks => ${WEEKS}), c.local, interval '7 days') d(at)
      CROSS JOIN (VALUES (true), (false)) s(inward)
      WHERE d.at >= (SELECT date_trunc('day', min(m.at)) FROM moved m) OR d.at = date_trunc('day', c.local))
    SELECT d.at::date::text AS day, d.inward, coalesce(sum(m.amount), 0)::bigint AS amount,
           coalesce(sum(m.amount) FILTER (WHERE extract(hour FROM m.at) < extract(hour FROM c.local)), 0)::bigint AS "untilHour",
           c.local::date::text AS today, extract(hour FROM c.local)::int AS hours
    FROM clock c CROSS JOIN days d
    LEFT JOIN moved m ON m.at >= d.at AND m.at < d.at + interval '1 day' AND m.inward = d.inward
    GROUP BY d.at, d.inward, c.local`;
  const of = (inward: boolean): SoFar => {
    const side = rows.filter((row) => row.inward === inward);
    const today = side.find(({ day, today }) => day === today);
    const past = side.filter((row) => row !== today).map(({ untilHour }) => untilHour);
    return {
      now: today?.amount ?? 0n,
      untilHour: today?.untilHour ?? 0n,
      usual: past.length < LEAST_WEEKS ? null : medianOf(past),
    };
  };
  return { in: of(true), out: of(false), hours: rows[0]?.hours ?? 0 };
}

/** Of two in the middle, what lies between, rounded down. Pure. */
export function medianOf(amounts: readonly bigint[]): bigint {
  const sorted = amounts.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0n;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0n) + upper) / 2n;
}
