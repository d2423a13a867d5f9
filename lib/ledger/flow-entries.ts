import { db } from '~/lib/db';
import { keyset } from '~/lib/keyset';
import { type Figure, type FigureRule, RULES } from '~/lib/ledger/figures';
import type { FlowScope, Span } from '~/lib/ledger/flows';
import { PAGE_SIZE, type Page } from '~/lib/pagination';
import { Prisma } from '~/prisma/generated/client';

/** The entries that a figure is the sum of; of them, those of one hour of the day or one day of the week (1 is Monday). */
export type FlowFilter = FlowScope & {
  figure: Figure;
  span: Span;
  timeZone: string;
  weekday?: number | undefined;
  hour?: number | undefined;
  cursor?: string | undefined;
};

/** `amount` is above zero for what raised the balance, below for what lowered it. */
export type FlowEntry = { id: bigint; at: Date; kind: string; amount: bigint };

const NEWEST = keyset({ at: 'time', id: 'number' }, 'desc');

/** The entries of a figure, the latest at the bank first. */
export async function listFlowEntries(filter: FlowFilter, size = PAGE_SIZE): Promise<Page<FlowEntry>> {
  const { asset, accountId = '', figure, span, cursor } = filter;
  const [fold] = await db().$queryRaw<{ through: bigint }[]>`SELECT through FROM ledger_folds`;
  const through = fold?.through ?? 0n;
  const { inward } = RULES[figure];
  const within = Prisma.sql`
    e.asset = ${asset} AND (${accountId} = '' OR e.owner_id = ${accountId}) AND ${conditionOf('e', RULES[figure])}
    AND ${timesOf('e', filter)} AND e.at >= ${span.since}::timestamptz AND e.at < ${span.before}::timestamptz
    AND ${NEWEST.after(cursor, [Prisma.sql`e.at`, Prisma.sql`e.id`]) ?? Prisma.sql`true`}`;
  const last = NEWEST.read(cursor)?.at ?? new Date(span.before.getTime() - 1);
  // Of which hours the page is, the flows know: only those are looked through, however rare its kind.
  const rows = await db().$queryRaw<FlowEntry[]>`
    WITH hours AS MATERIALIZED (
      SELECT g.hour, sum(g.known) OVER (ORDER BY g.hour DESC) - g.known AS above FROM (
        SELECT f.hour, CASE WHEN f.hour < date_bin('1 hour', ${last}::timestamptz, 'epoch') THEN sum(f.entries) ELSE 0 END AS known
        FROM ledger_flows f
        WHERE f.asset = ${asset} AND f.owner_id = ${accountId} AND ${conditionOf('f', RULES[figure])} AND ${timesOf('f', filter)}
          AND f.hour >= date_bin('1 hour', ${span.since}::timestamptz, 'epoch') AND f.hour <= ${last}::timestamptz
        GROUP BY f.hour) g)
    SELECT e.id, e.at, e.kind, CASE WHEN ${inward} THEN e.amount ELSE -e.amount END AS amount FROM (
      SELECT e.* FROM hours h CROSS JOIN LATERAL (
        SELECT e.id, e.at, e.kind, e.amount
        -- By their times, and then each transaction's own: \`OFFSET 0\` keeps a plan from reading all entries instead.
        FROM (SELECT t.id FROM ledger_transactions t
              WHERE t.effective_at >= h.hour AND t.effective_at < h.hour + interval '1 hour' OFFSET 0) t
        CROSS JOIN LATERAL (SELECT n.id FROM ledger_entries n WHERE n.transaction_id = t.id OFFSET 0) n
        CROSS JOIN LATERAL (SELECT * FROM ledger_flow_entries(n.id - 1, n.id) OFFSET 0) e
        WHERE n.id <= ${through}::bigint AND ${within}
        ORDER BY e.at DESC, e.id DESC LIMIT ${size + 1}) e
      WHERE h.above <= ${size}
      UNION ALL
      SELECT e.id, e.at, e.kind, e.amount FROM ledger_flow_entries(${through}::bigint, 9223372036854775807) e WHERE ${within}) e
    ORDER BY e.at DESC, e.id DESC LIMIT ${size + 1}`;
  return NEWEST.page(rows, size);
}

/** What they come to, and how many they are. */
export async function sumFlowEntries(filter: FlowFilter): Promise<{ amount: bigint; entries: number }> {
  const { asset, accountId = '', figure, span } = filter;
  const [sum] = await db().$queryRaw<{ amount: bigint; entries: number }[]>`
    SELECT coalesce(sum(f.amount), 0)::bigint AS amount, coalesce(sum(f.entries), 0)::int AS entries
    FROM ledger_flows_between(${span.since}::timestamptz, ${span.before}::timestamptz, ${asset}, ${accountId}) f
    WHERE ${conditionOf('f', RULES[figure])} AND ${timesOf('f', filter)}`;
  return sum ?? { amount: 0n, entries: 0 };
}

/** Whether a row of flows, or an entry, is part of a figure: as `isOf` (lib/ledger/figures.ts) says it of one. */
function conditionOf(alias: 'e' | 'f', rule: FigureRule): Prisma.Sql {
  const column = (name: string) => Prisma.raw(`${alias}.${name}`);
  const { class: of, inward, kinds, ofWithdrawal, besides = [] } = rule;
  const parts = [
    Prisma.sql`${column('class')} = ${of} AND ${column('inward')} = ${inward}`,
    ...(kinds ? [Prisma.sql`${column('kind')} = ANY (${[...kinds]})`] : []),
    ...(ofWithdrawal === undefined ? [] : [Prisma.sql`${column('of_withdrawal')} = ${ofWithdrawal}`]),
    ...besides.map((other) => Prisma.sql`NOT (${conditionOf(alias, RULES[other])})`),
  ];
  return Prisma.join(parts, ' AND ');
}

function timesOf(alias: 'e' | 'f', { timeZone, weekday, hour }: FlowFilter): Prisma.Sql {
  const local = Prisma.sql`${Prisma.raw(`${alias}.hour`)} AT TIME ZONE ${timeZone}::text`;
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(weekday === undefined ? [] : [Prisma.sql`extract(isodow FROM ${local}) = ${weekday}::int`]),
      ...(hour === undefined ? [] : [Prisma.sql`extract(hour FROM ${local}) = ${hour}::int`]),
    ],
    ' AND ',
  );
}
