/** What a page's `searchParams` resolves to. */
export type SearchParams = Record<string, string | string[] | undefined>;

const MAX_TEXT = 200;
/** What Postgres can't keep: U+0000 and halves of a character. */
const UNSTORABLE = /[\0\p{Cs}]/gu;

/** Every value of a parameter, trimmed, without the empty ones. */
export function valuesOf(params: SearchParams, name: string): string[] {
  const value = params[name] ?? [];
  return (Array.isArray(value) ? value : [value]).map((text) => text.trim()).filter((text) => text !== '');
}

/** Every value of a parameter as trimmed text that can be stored, without the empty ones. */
export function textsParam(params: SearchParams, name: string): string[] {
  return valuesOf(params, name)
    .map((text) => text.slice(0, MAX_TEXT).replace(UNSTORABLE, ''))
    .filter((text) => text !== '');
}

/** One parameter likewise. Undefined when it is missing or empty. */
export function textParam(params: SearchParams, name: string): string | undefined {
  const [text = ''] = valuesOf(params, name);
  return text.slice(0, MAX_TEXT).replace(UNSTORABLE, '') || undefined;
}

/** The whole day of a zone: its first moment and the next midnight. Undefined for what is no day. */
export function daysOf(day: string, timeZone: string): { since: Date; before: Date } | undefined {
  if (!isDay(day)) return undefined;
  return { since: startOfDay(day, timeZone), before: startOfDay(addDays(day, 1), timeZone) };
}

/**
 * A look back, `2026-10-31` (the whole day) or `2026-10-31T12:04` (the whole minute), in a zone: the first moment that
 * is not in it any more. Undefined for what is neither.
 */
export function momentOf(text: string, timeZone: string): Date | undefined {
  if (isDay(text)) return startOfDay(addDays(text, 1), timeZone);
  return isMinute(text) ? new Date(minuteIn(text, timeZone).getTime() + 60_000) : undefined;
}

/** A day of the calendar, without time or zone: `2026-11-20`. */
export function isDay(text: string): boolean {
  // Of centuries that have anything to do with money; Postgres has no year 0.
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`)))
    return false;
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

/** The stretches of days that people ask for by name, the likelier first. */
export const NAMED_DAYS = [
  'today',
  'yesterday',
  'last7Days',
  'last30Days',
  'thisMonth',
  'lastMonth',
  'sameDaysLastMonth',
] as const;
export type NamedDays = (typeof NAMED_DAYS)[number];

/** A stretch of days as seen from a day of the calendar, its ends included: the month until now, or the whole one before. */
export function namedDays(name: NamedDays, today: string): { from: string; to: string } {
  const monthStart = (day: string) => `${day.slice(0, 7)}-01`;
  const yesterday = addDays(today, -1);
  const lastMonthEnd = addDays(monthStart(today), -1);
  return {
    today: { from: today, to: today },
    yesterday: { from: yesterday, to: yesterday },
    last7Days: { from: addDays(today, -6), to: today },
    last30Days: { from: addDays(today, -29), to: today },
    thisMonth: { from: monthStart(today), to: today },
    lastMonth: { from: monthStart(lastMonthEnd), to: lastMonthEnd },
    sameDaysLastMonth: { from: monthStart(lastMonthEnd), to: sameDayOf(lastMonthEnd, today) },
  }[name];
}

/** The day of a month that has today's number, or its last: the month before March 31 ends on February 28. */
function sameDayOf(monthEnd: string, today: string): string {
  const day = `${monthEnd.slice(0, 8)}${today.slice(8)}`;
  return day < monthEnd ? day : monthEnd;
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
