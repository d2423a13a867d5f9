import { db } from '~/lib/db';
import type { Flow } from '~/lib/ledger/figures';
import { Prisma } from '~/prisma/generated/client';

/** From a moment of the bank's clock until before another. */
export type Span = { since: Date; before: Date };
/** An asset, and of it one rail account's cash or, left out, all. */
export type FlowScope = { asset: string; accountId?: string | undefined };

export type FlowRow = Flow & { amount: bigint; entries: number };
/** What came in or went out in an hour, day, week or month of a zone, which begins at `at`; one may be told in parts. */
export type FlowBucket = { at: Date; inward: boolean; amount: bigint; entries: number };
/** The same by the day of the week (1 is Monday) and the hour of a zone, over the whole span. */
export type FlowHour = { weekday: number; hour: number; inward: boolean; amount: bigint; entries: number };

export const STRIDES = ['hour', 'day', 'week', 'month'] as const;
export type Stride = (typeof STRIDES)[number];

type Row = {
  part: 'flow' | 'before' | 'bucket' | 'hour' | 'opening' | 'closing' | 'prior';
  class: string;
  kind: string;
  inward: boolean;
  ofWithdrawal: boolean;
  at: Date;
  weekday: number;
  hour: number;
  amount: bigint;
  entries: number;
};

export type Flows = {
  flows: FlowRow[];
  buckets: FlowBucket[];
  hours: FlowHour[];
  /** Of the span that it is compared with. */
  before: FlowRow[];
  /** What each class came to, debits positive, as the spans begin and as the first one ends; of one account its cash. */
  opening: Map<string, bigint>;
  closing: Map<string, bigint>;
  prior: Map<string, bigint>;
};

/**
 * What rose and fell in a span, by the bank's clock, and in the one that it is compared with; and what there was as they
 * begin and end. One statement, so that all of it is of one moment: opening and what moved make the closing, exactly.
 */
export async function readFlows(
  scope: FlowScope,
  span: Span,
  compared: Span,
  { stride, timeZone }: { stride: Stride; timeZone: string },
): Promise<Flows> {
  const flowsIn = ({ since, before }: Span) => Prisma.sql`
    SELECT * FROM ledger_flows_between(
      ${since}::timestamptz, ${before}::timestamptz, ${scope.asset}, ${scope.accountId ?? ''})`;
  const zone = Prisma.sql`${timeZone}::text`;
  const local = Prisma.sql`f.hour AT TIME ZONE ${zone}`;
  const rows = await db().$queryRaw<Row[]>`
    WITH flows AS MATERIALIZED (${flowsIn(span)}), past AS MATERIALIZED (${flowsIn(compared)}),
    summed AS (
      SELECT 'flow' AS part, f.class, f.kind, f.inward, f.of_withdrawal, NULL::timestamptz AS at, NULL::int AS weekday,
             NULL::int AS hour, sum(f.amount) AS amount, sum(f.entries) AS entries
      FROM flows f GROUP BY f.class, f.kind, f.inward, f.of_withdrawal
      UNION ALL
      SELECT 'before', f.class, f.kind, f.inward, f.of_withdrawal, NULL, NULL, NULL, sum(f.amount), sum(f.entries)
      FROM past f GROUP BY f.class, f.kind, f.inward, f.of_withdrawal
      UNION ALL
      SELECT 'bucket', '', '', f.inward, NULL, date_trunc(${stride}::text, ${local}) AT TIME ZONE ${zone}, NULL, NULL,
             sum(f.amount), sum(f.entries)
      FROM flows f WHERE f.class = 'cash' GROUP BY f.inward, 6
      UNION ALL
      -- Also those in which nothing came.
      SELECT 'bucket', '', '', d.inward, NULL, s.at AT TIME ZONE ${zone}, NULL, NULL, 0, 0
      FROM generate_series(date_trunc(${stride}::text, ${span.since}::timestamptz AT TIME ZONE ${zone}),
             (least(${span.before}::timestamptz, now()) - interval '1 millisecond') AT TIME ZONE ${zone},
             ('1 ' || ${stride}::text)::interval) s(at)
      CROSS JOIN (VALUES (true), (false)) d(inward)
      UNION ALL
      SELECT 'hour', '', '', f.inward, NULL, NULL, extract(isodow FROM ${local})::int, extract(hour FROM ${local})::int,
             sum(f.amount), sum(f.entries)
      FROM flows f WHERE f.class = 'cash' GROUP BY f.inward, 7, 8
      UNION ALL ${balancesAt('opening', scope, span.since)}
      UNION ALL ${balancesAt('closing', scope, span.before)}
      UNION ALL ${balancesAt('prior', scope, compared.since)})
    SELECT part, class, kind, inward, of_withdrawal AS "ofWithdrawal", at, weekday, hour, amount::bigint AS amount,
           entries::int AS entries
    FROM summed ORDER BY at, weekday, hour`;
  const of = (part: Row['part']) => rows.filter((row) => row.part === part);
  const balances = (part: Row['part']) => new Map(of(part).map((row) => [row.class, row.amount]));
  return {
    flows: of('flow') as FlowRow[],
    buckets: of('bucket'),
    hours: of('hour'),
    before: of('before') as FlowRow[],
    opening: balances('opening'),
    closing: balances('closing'),
    prior: balances('prior'),
  };
}

function balancesAt(part: string, { asset, accountId }: FlowScope, at: Date): Prisma.Sql {
  const of = accountId
    ? Prisma.sql`
        SELECT 'cash' AS class, (ledger_balance_at(a.id, ${at}::timestamptz, 'effective')).balance AS amount
        FROM ledger_accounts a WHERE a.owner_id = ${accountId} AND a.bucket = 'cash' AND a.asset = ${asset}`
    : Prisma.sql`
        SELECT s.class, s.amount FROM ledger_sums_at(${at}::timestamptz, 'effective') s WHERE s.asset = ${asset}`;
  return Prisma.sql`
    SELECT ${part}::text, b.class, '', NULL::boolean, NULL::boolean, NULL::timestamptz, NULL::int, NULL::int,
           b.amount::numeric, NULL::numeric
    FROM (${of}) b`;
}
