/** Countries whose business days are known here. */
export const HOLIDAY_COUNTRIES = ['MX', 'CL'] as const;
export type HolidayCountry = (typeof HOLIDAY_COUNTRIES)[number];

/** Where a country's business day is counted. */
export const BUSINESS_ZONE: Record<HolidayCountry, string> = {
  MX: 'America/Mexico_City',
  CL: 'America/Santiago',
};

/** Whether banks are closed on this day (`2026-09-16`) by the law of the country, beside its weekends. */
export function isHoliday(country: HolidayCountry, day: string): boolean {
  const year = Number(day.slice(0, 4));
  return (country === 'MX' ? mexican(year) : chilean(year)).has(day);
}

/**
 * The days on which Mexican banks close: those of article 74 of the Ley Federal del Trabajo, and those that the CNBV adds
 * every year in its "Disposiciones de carácter general que señalan los días del año en que las entidades … deberán cerrar
 * sus puertas" (Thursday and Friday of Holy Week, 2 November, 12 December). The day on which a president takes office,
 * 1 October every sixth year from 2024, is article 74, VII. Election days are Sundays.
 */
function mexican(year: number): Set<string> {
  const easter = easterOf(year);
  return new Set([
    on(year, 1, 1),
    nthMonday(year, 2, 1),
    nthMonday(year, 3, 3),
    shifted(easter, -3),
    shifted(easter, -2),
    on(year, 5, 1),
    on(year, 9, 16),
    ...(year >= 2024 && (year - 2024) % 6 === 0 ? [on(year, 10, 1)] : []),
    on(year, 11, 2),
    nthMonday(year, 11, 3),
    on(year, 12, 12),
    on(year, 12, 25),
  ]);
}

/**
 * The Chilean holidays: Ley 2.977 and what changed it. Ley 19.668 moves 29 June and 12 October to a Monday, Ley 20.299
 * 31 October to a Friday; Leyes 20.215 and 20.983 bridge 18 and 19 September and a Sunday New Year; Ley 20.148 has 16
 * July, Ley 21.357 the day of the winter solstice. 31 December, on which banks close, is by the CMF.
 */
function chilean(year: number): Set<string> {
  const easter = easterOf(year);
  const weekday = (month: number, day: number) => new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const bridges = [
    ...(weekday(1, 2) === 1 && year >= 2017 ? [on(year, 1, 2)] : []),
    ...([1, 5].includes(weekday(9, 17)) ? [on(year, 9, 17)] : []),
    ...(weekday(9, 20) === 5 ? [on(year, 9, 20)] : []),
  ];
  return new Set([
    on(year, 1, 1),
    shifted(easter, -2),
    shifted(easter, -1),
    on(year, 5, 1),
    on(year, 5, 21),
    winterSolstice(year),
    toMonday(year, 6, 29),
    on(year, 7, 16),
    on(year, 8, 15),
    on(year, 9, 18),
    on(year, 9, 19),
    toMonday(year, 10, 12),
    evangelical(year),
    on(year, 11, 1),
    on(year, 12, 8),
    on(year, 12, 25),
    on(year, 12, 31),
    ...bridges,
  ]);
}

function on(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function nthMonday(year: number, month: number, nth: number): string {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return on(year, month, 1 + ((8 - first) % 7) + (nth - 1) * 7);
}

/** Of Tuesday to Thursday the Monday before, of Friday the Monday after (Ley 19.668). */
function toMonday(year: number, month: number, day: number): string {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  if (weekday >= 2 && weekday <= 4) return on(year, month, day - weekday + 1);
  return on(year, month, weekday === 5 ? day + 3 : day);
}

/** 31 October; of a Tuesday the Friday before, of a Wednesday the Friday after (Ley 20.299). */
function evangelical(year: number): string {
  const weekday = new Date(Date.UTC(year, 9, 31)).getUTCDay();
  return on(year, 10, weekday === 2 ? 27 : weekday === 3 ? 33 : 31);
}

/** The Gregorian Easter Sunday (Meeus, Jones and Butcher). */
function easterOf(year: number): string {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const correction = Math.floor((century + 8) / 25);
  const moon =
    (19 * golden + century - Math.floor(century / 4) - Math.floor((century - correction + 1) / 3) + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - (rest % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
  const march = moon + sunday - 7 * late + 114;
  return on(year, Math.floor(march / 31), (march % 31) + 1);
}

/** The day of the June solstice as Chile's clocks have it, UTC-4 in winter (Meeus, mean instant: minutes off at most). */
function winterSolstice(year: number): string {
  const y = (year - 2000) / 1000;
  const julian = 2451716.56767 + 365241.62603 * y + 0.00325 * y ** 2 + 0.00888 * y ** 3 - 0.0003 * y ** 4;
  return new Date((julian - 2440587.5) * 86_400_000 - 4 * 3_600_000).toISOString().slice(0, 10);
}
