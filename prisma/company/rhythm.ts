/** How busy a company's days and hours are, in Mexico's central zone, which has had no summer time since 2022. */
export const ZONE_HOURS = -6;
const DAY_MS = 86_400_000;

/** A moment of the day of the zone, `minutes` after its midnight. */
export function momentOf(day: Date, minutes: number): Date {
  const midnight = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  return new Date(midnight - ZONE_HOURS * 3_600_000 + minutes * 60_000);
}

/** The days of the zone that end with that of `now`, each at noon UTC. */
export function daysUntil(now: Date, count: number): Date[] {
  const local = new Date(now.getTime() + ZONE_HOURS * 3_600_000);
  const today = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), 12);
  return Array.from({ length: count }, (_, nth) => new Date(today - (count - 1 - nth) * DAY_MS));
}

/** Wages come on the 15th and on the last of the month, or on the Friday before where that is a weekend. */
export function isPayday(day: Date): boolean {
  const paid = (date: number) => {
    const at = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date));
    return date - ([2, 0, 0, 0, 0, 0, 1][at.getUTCDay()] ?? 0);
  };
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  return day.getUTCDate() === paid(15) || day.getUTCDate() === paid(last);
}

// Sunday first.
const BY_WEEKDAY = [0.35, 1, 0.9, 0.95, 1.05, 1.3, 0.7];

/** How much goes on in a day, 1 being a plain Monday. */
export function weightOf(day: Date): number {
  return (BY_WEEKDAY[day.getUTCDay()] ?? 1) * (isPayday(day) ? 1.6 : 1);
}

// By hour of the day: what little there is at night, the morning, lunch, and the evening when people are at home.
const BY_HOUR = [1, 1, 0, 0, 0, 1, 2, 4, 7, 10, 12, 12, 11, 9, 8, 9, 10, 10, 9, 8, 7, 5, 3, 2];

/** When in a day something arrives: so many moments, in minutes after midnight, in their order. */
export function momentsOf(count: number, random: (below: number) => number): number[] {
  const total = BY_HOUR.reduce((sum, weight) => sum + weight, 0);
  const some = () => {
    let left = random(total);
    const hour = BY_HOUR.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return hour * 60 + random(60);
  };
  return [...new Set(Array.from({ length: count }, some))].sort((one, other) => one - other);
}
