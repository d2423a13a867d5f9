import { BUSINESS_ZONE, type HolidayCountry, isHoliday } from '~/lib/holidays';

/** When people work: on the business days of a country, from one clock time to another in its own zone. */
export type Hours = { country: HolidayCountry; from: string; to: string };

/** Whether a moment falls outside: at night, on a weekend or on a holiday, by the clocks of the country. */
export function isOutside({ country, from, to }: Hours, at: Date): boolean {
  const { day, time, weekday } = localOf(at, BUSINESS_ZONE[country]);
  return weekday === 'Sat' || weekday === 'Sun' || time < from || time >= to || isHoliday(country, day);
}

function localOf(at: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', weekday: 'short', year: 'numeric' },
    ...{ month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    weekday: part('weekday'),
  };
}
