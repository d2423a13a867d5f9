import { parseAmount } from '~/lib/money';

/** What a page's `searchParams` resolves to. */
export type SearchParams = Record<string, string | string[] | undefined>;

const MAX_TEXT = 200;

/** One parameter as trimmed text. Undefined when it is missing or empty. */
export function textParam(params: SearchParams, name: string): string | undefined {
  const value = params[name];
  const text = (Array.isArray(value) ? value[0] : value)?.trim().slice(0, MAX_TEXT);
  return text || undefined;
}

/** The chosen ones of a closed set, from `?status=open,frozen`. Undefined when none is: then all count. */
export function choicesParam<Choice extends string>(
  params: SearchParams,
  name: string,
  allowed: readonly Choice[],
): Choice[] | undefined {
  const chosen = textParam(params, name)?.split(',') ?? [];
  const known = allowed.filter((choice) => chosen.includes(choice));
  return known.length > 0 ? known : undefined;
}

/** Moments from `?from=2026-11-01&to=2026-11-20`: whole days of the operator's zone; `before` is the next midnight. */
export function daysParam(params: SearchParams, timeZone: string): { since?: Date; before?: Date } {
  const from = textParam(params, 'from');
  const to = textParam(params, 'to');
  return {
    ...(from && isDay(from) ? { since: startOfDay(from, timeZone) } : {}),
    ...(to && isDay(to) ? { before: startOfDay(addDays(to, 1), timeZone) } : {}),
  };
}

/**
 * A look back from `?at=2026-10-31` (the whole day) or `?at=2026-10-31T12:04` (the whole minute), in the operator's zone:
 * the first moment that is not in it any more.
 */
export function momentParam(params: SearchParams, name: string, timeZone: string): Date | undefined {
  const text = textParam(params, name) ?? '';
  if (isDay(text)) return startOfDay(addDays(text, 1), timeZone);
  return isMinute(text) ? new Date(minuteIn(text, timeZone).getTime() + 60_000) : undefined;
}

/** Amounts from `?min=1,250.50&max=9000`, in the asset's smallest unit. What isn't an amount is ignored. */
export function amountsParam(params: SearchParams, asset: string): { min?: bigint; max?: bigint } {
  const min = parseAmount(textParam(params, 'min') ?? '', asset);
  const max = parseAmount(textParam(params, 'max') ?? '', asset);
  return { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
}

/** True when any of the named filters is on: an empty list then says so. */
export function hasFilters(params: SearchParams, names: readonly string[]): boolean {
  return names.some((name) => textParam(params, name) !== undefined);
}

/** A day of the calendar, without time or zone: `2026-11-20`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`))) return false;
  // The 30th of February parses, as the 2nd of March.
  return addDays(text, 0) === text;
}

/** A minute of the calendar, without a zone: `2026-11-20T12:04`. */
export function isMinute(text: string): boolean {
  const [day = '', time = ''] = text.split('T');
  return isDay(day) && /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
}

export function addDays(day: string, count: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + count);
  return moment.toISOString().slice(0, 10);
}

/** The day that a moment falls on in a zone. */
export function dayOf(moment: Date, timeZone: string): string {
  // Sweden writes its dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
}

/** The first moment of a day in a zone, also where clocks skip midnight, as in Chile each September. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const nearby = [midnight - 86_400_000, midnight, midnight + 86_400_000];
  const candidates = nearby.map((moment) => midnight - offsetMs(moment, timeZone)).sort((a, b) => a - b);
  const first = candidates.find((moment) => dayOf(new Date(moment), timeZone) === day);
  return new Date(first ?? midnight);
}

/** The moment of a minute in a zone: the later one where clocks go back over it. */
function minuteIn(minute: string, timeZone: string): Date {
  const wall = Date.parse(`${minute}:00Z`);
  const nearby = [wall - 86_400_000, wall, wall + 86_400_000];
  const candidates = nearby.map((moment) => wall - offsetMs(moment, timeZone));
  const real = candidates.filter((moment) => moment + offsetMs(moment, timeZone) === wall);
  // A minute that clocks skip is the one that they showed in its place.
  return new Date(Math.max(...(real.length > 0 ? real : candidates)));
}

function offsetMs(moment: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(moment)
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
