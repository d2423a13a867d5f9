import { AddressReader } from '~/components/list/read-address';
import { addDays, dayOf, type SearchParams, startOfDay, textParam } from '~/components/list/search-params';
import { FIGURES, type Figure } from '~/lib/ledger/figures';
import type { Span, Stride } from '~/lib/ledger/flows';
import { ASSET_CODES } from '~/lib/money';
import { dayZone } from '~/lib/rails/registry';

/** The longest span that is told at once. */
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

/** Days of the calendar, both included. */
export type Days = { from: string; to: string };

export type DayLook = Days & {
  asset: string;
  accountId: string | undefined;
  timeZone: string;
  today: string;
  span: Span;
  /** What it is compared with: as long, right before it; of a month, the one before. Of days under way, as far as they are. */
  before: Days & { span: Span; isPart: boolean };
  stride: Stride;
};

/** Reads what days, of which asset and account, the address asks for; today where it names none. Days are the rail's. */
export function readDayLook(params: SearchParams, now: Date, known: readonly string[] = []) {
  const read = new AddressReader(params).besides(...known);
  const asset = read.option('asset', ASSET_CODES) ?? 'MXN';
  const timeZone = dayZone(asset);
  const today = dayOf(now, timeZone);
  const { since, before } = read.days(timeZone);
  const said = { from: since && textParam(params, 'from'), to: before && textParam(params, 'to') };
  const from = said.from ?? said.to ?? today;
  const to = said.to ?? (from > today ? from : today);
  const isOrdered = from <= to && countDays({ from, to }) <= MOST_DAYS;
  if (!isOrdered) read.cannotRead('to');
  const days = isOrdered ? { from, to } : { from, to: from };
  const span = spanOf(days, timeZone);
  return {
    read,
    look: {
      ...days,
      ...{ asset, timeZone, today, span },
      accountId: read.word('account'),
      before: spanBefore(days, { today, timeZone, now, span }),
      stride: strideOf(countDays(days)),
    } satisfies DayLook,
  };
}

/** The same, and which of its figures: at what hour, on what day of the week, and up to which moment. */
export function readDayLines(params: SearchParams, now: Date) {
  const { read, look } = readDayLook(params, now);
  const figure = read.option('figure', FIGURES) ?? 'in';
  const weekday = read.option('weekday', ['1', '2', '3', '4', '5', '6', '7']);
  const hour = read.option('hour', HOURS);
  const until = untilOf(read, look.span);
  const span = { ...look.span, ...(until && { before: until }) };
  const filter = {
    ...{ asset: look.asset, accountId: look.accountId, figure, span, timeZone: look.timeZone },
    weekday: weekday === undefined ? undefined : Number(weekday),
    hour: hour === undefined ? undefined : Number(hour),
  };
  return { ...read.done(filter), look, until };
}

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

/** A moment within the days, to the millisecond: where a span that is under way was cut. */
function untilOf(read: AddressReader, { since, before }: Span): Date | undefined {
  const text = read.word('until');
  const until = new Date(text ?? '');
  if (text === undefined) return undefined;
  if (until > since && until <= before) return until;
  read.cannotRead('until');
  return undefined;
}

/** Where the days of a look stand, with what changes. What is left out is as usual. */
export function dayQuery(
  look: Pick<DayLook, 'asset' | 'accountId'>,
  { from, to }: Days,
  more: Record<string, string | number | undefined> = {},
): string {
  const query = new URLSearchParams({ from, to });
  if (look.asset !== 'MXN') query.set('asset', look.asset);
  if (look.accountId) query.set('account', look.accountId);
  for (const [name, value] of Object.entries(more)) if (value !== undefined) query.set(name, String(value));
  return query.toString();
}

/** Where the entries of a figure stand, which sum to it. */
export function linesHref(
  look: Pick<DayLook, 'asset' | 'accountId'>,
  days: Days,
  figure: Figure,
  more: Record<string, string | number | undefined> = {},
): string {
  return `/day/lines?${dayQuery(look, days, { figure, ...more })}`;
}

/** The days that a bucket of the chart is of, and its hour where it is one; never more than the span. */
export function daysOfBucket(at: Date, { from, to, timeZone, stride }: DayLook): Days & { hour?: number } {
  const day = dayOf(at, timeZone);
  const last = { hour: day, day, week: addDays(day, 6), month: monthEnd(day) }[stride];
  const days = { from: day < from ? from : day, to: last > to ? to : last };
  return stride === 'hour' ? { ...days, hour: hourOf(at, timeZone) } : days;
}

export function hourOf(at: Date, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));
}

/** The balances right before a moment, as pages that look back take it: in their reader's zone. */
export function lookBackAt(moment: Date, readerZone: string): string {
  const last = new Date(moment.getTime() - 60_000);
  const [day, next] = [dayOf(last, readerZone), dayOf(moment, readerZone)];
  if (day !== next && startOfDay(next, readerZone).getTime() === moment.getTime()) return day;
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: readerZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).format(last);
  return `${day}T${time}`;
}

export function spanOf({ from, to }: Days, timeZone: string): Span {
  return { since: startOfDay(from, timeZone), before: startOfDay(addDays(to, 1), timeZone) };
}

function countDays({ from, to }: Days): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

function monthEnd(day: string): string {
  const next = addDays(`${day.slice(0, 7)}-28`, 4);
  return addDays(`${next.slice(0, 7)}-01`, -1);
}

type Seen = { today: string; timeZone: string; now: Date; span: Span };

function spanBefore(days: Days, { today, timeZone, now, span }: Seen): DayLook['before'] {
  const before = daysBefore(days, today);
  const whole = spanOf(before, timeZone);
  const elapsed = new Date(whole.since.getTime() + now.getTime() - span.since.getTime());
  const isPart = now >= span.since && now < span.before && elapsed < whole.before;
  return { ...before, isPart, span: isPart ? { ...whole, before: elapsed } : whole };
}

/** A month, also one under way, is compared with the one before it; other days with as many before them. */
function daysBefore({ from, to }: Days, today: string): Days {
  const count = countDays({ from, to });
  const isMonth = from.endsWith('-01') && (to === monthEnd(from) || (to === today && to < monthEnd(from)));
  if (!isMonth || count === 1) return { from: addDays(from, -count), to: addDays(from, -1) };
  const lastEnd = addDays(from, -1);
  const start = `${lastEnd.slice(0, 7)}-01`;
  const sameDay = addDays(start, count - 1);
  return { from: start, to: to === monthEnd(from) || sameDay > lastEnd ? lastEnd : sameDay };
}

function strideOf(days: number): Stride {
  if (days <= 2) return 'hour';
  if (days <= 62) return 'day';
  return days <= 200 ? 'week' : 'month';
}
