/**
 * When something is over: at a moment, or so many days after it is asked for. Who lets people choose days passes the
 * days: sent again they are the same, while a moment that was reckoned from now is another one each time.
 */
export type Until = Date | { days: number };

const DAY_MS = 86_400_000;

/** The moment itself, from now. */
export function momentOf(until: Until): Date;
export function momentOf(until: Until | undefined): Date | undefined;
export function momentOf(until: Until | undefined): Date | undefined {
  if (until === undefined || until instanceof Date) return until;
  return new Date(Date.now() + until.days * DAY_MS);
}
