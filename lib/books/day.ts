import { db } from '~/lib/db';
import { type Balance, FIGURES, type Figure, isOf } from '~/lib/ledger/figures';
import { type FlowRow, type FlowScope, readFlows, type Span, type Stride } from '~/lib/ledger/flows';
import type { Reader } from '~/lib/people/sight';
import { type NamedAccount, namedAccounts } from '~/lib/wallets/account-holders';

export type Told = { amount: bigint; entries: number };
export type Figures = Record<Figure, Told>;
/** A balance in its own side: above zero is the ordinary. */
export type Ends = { opening: bigint; closing: bigint };

export type DayBucket = { at: Date; in: Told; out: Told; closing: bigint };
/** By the day of the week (1 is Monday) and the hour. */
export type DayHour = { weekday: number; hour: number; in: Told; out: Told };

export type Day = {
  figures: Figures;
  /** Of the span before. */
  before: Figures;
  /** What stood on the rails: `opening` + `figures.in` − `figures.out` is `closing`. */
  cash: Ends & { prior: bigint };
  /** Null for one account: whose money stands there, its rail doesn't say. */
  suspense: Ends | null;
  owed: Ends | null;
  /** None is left out, though nothing came in it. */
  buckets: DayBucket[];
  hours: DayHour[];
  /** False where opening and what moved don't make the closing: then the books are wrong. */
  isWhole: boolean;
};

const NOTHING: Told = { amount: 0n, entries: 0 };

/** What a day, or any span, brought on an asset's accounts or on one of them, by the bank's clock, beside the span before. */
export async function readDay(
  scope: FlowScope,
  { span, compared, stride, timeZone }: { span: Span; compared: Span; stride: Stride; timeZone: string },
): Promise<Day> {
  const read = await readFlows(scope, span, compared, { stride, timeZone });
  const figures = figuresOf(read.flows);
  // Debits positive, as the sums have them.
  const held = (of: Map<string, bigint>) => of.get('cash') ?? 0n;
  const owes = (of: Map<string, bigint>, ...classes: Balance[]) =>
    classes.reduce((sum, each) => sum - (of.get(each) ?? 0n), 0n);
  const ends = (...classes: Balance[]): Ends | null =>
    scope.accountId
      ? null
      : { opening: owes(read.opening, ...classes), closing: owes(read.closing, ...classes) };
  const cash = { opening: held(read.opening), closing: held(read.closing), prior: held(read.prior) };
  const suspense = ends('suspense');
  return {
    figures,
    before: figuresOf(read.before),
    cash,
    suspense,
    owed: ends('customer_available', 'customer_pending', 'customer_reserved', 'suspense'),
    buckets: bucketsOf(cash.opening, read.buckets),
    hours: hoursOf(read.hours),
    isWhole:
      cash.opening + figures.in.amount - figures.out.amount === cash.closing &&
      (suspense === null ||
        suspense.opening + figures.suspenseIn.amount - figures.suspenseOut.amount === suspense.closing),
  };
}

function figuresOf(rows: FlowRow[]): Figures {
  const of = (figure: Figure) => rows.filter((row) => isOf(figure, row)).reduce(plus, NOTHING);
  return Object.fromEntries(FIGURES.map((figure) => [figure, of(figure)])) as Figures;
}

function plus(sum: Told, { amount, entries }: Told): Told {
  return { amount: sum.amount + amount, entries: sum.entries + entries };
}

type Sided = Told & { inward: boolean };

/** Adds up what is of one key, in and out apart; in the order in which the keys come. */
function sided<Row extends Sided, Key extends string | number>(rows: Row[], keyOf: (row: Row) => Key) {
  const found = new Map<Key, { row: Row; in: Told; out: Told }>();
  for (const row of rows) {
    const of = found.get(keyOf(row)) ?? { row, in: NOTHING, out: NOTHING };
    const side = row.inward ? 'in' : 'out';
    found.set(keyOf(row), { ...of, [side]: plus(of[side], row) });
  }
  return [...found.values()];
}

function bucketsOf(opening: bigint, rows: (Sided & { at: Date })[]): DayBucket[] {
  let closing = opening;
  return sided(rows, ({ at }) => at.getTime()).map(({ row: { at }, ...told }) => {
    closing += told.in.amount - told.out.amount;
    return { at, ...told, closing };
  });
}

function hoursOf(rows: (Sided & { weekday: number; hour: number })[]): DayHour[] {
  return sided(rows, ({ weekday, hour }) => weekday * 24 + hour).map(
    ({ row: { weekday, hour }, ...told }) => ({ weekday, hour, ...told }),
  );
}

/** So many accounts are offered; any other is seen by its address. */
const MOST_OFFERED = 30;

/** `ledgerId`: the ledger account of its cash. */
export type DayAccount = NamedAccount & { ledgerId: bigint | null };

/** The accounts of an asset whose days are offered: the platform's own first. */
export async function listDayAccounts(
  reader: Reader,
  asset: string,
  chosen: string | undefined,
): Promise<DayAccount[]> {
  const rows = await db().$queryRaw<Pick<DayAccount, 'id' | 'ledgerId'>[]>`
    SELECT a.id, l.id AS "ledgerId"
    FROM accounts a LEFT JOIN ledger_accounts l ON l.owner_id = a.id AND l.bucket = 'cash' AND l.asset = a.asset
    WHERE a.asset = ${asset} AND (a.is_root OR a.id = ${chosen ?? ''} OR a.id IN (
      SELECT id FROM accounts WHERE asset = ${asset} ORDER BY id LIMIT ${MOST_OFFERED}))
    ORDER BY a.is_root DESC, a.id`;
  const named = await namedAccounts(
    reader,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, ...named(row.id) }));
}

/** The assets that something was ever moved in, the larger market first. */
export async function dayAssets(): Promise<string[]> {
  const rows = await db().$queryRaw<{ code: string }[]>`
    SELECT x.code FROM assets x
    WHERE EXISTS (SELECT 1 FROM ledger_flows f WHERE f.class = 'cash' AND f.asset = x.code AND f.owner_id = '')
    ORDER BY x.code DESC`;
  return rows.map(({ code }) => code);
}
