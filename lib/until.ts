/**
 * When something is over: at a moment, or so many days after it is asked for. Who lets people choose days passes the
 * days: sent again they are the same, while a moment that was reckoned from now is another one each time.
 */
export type Until = Date | { days: number };

const DAY_MS = 86_400_000;

/** The moment itself, from now. */
export function momentOf<Given extends Until | undefined>(until: Given) {
  const moment = until instanceof Date || !until ? until : new Date(Date.now() + until.days * DAY_MS);
  return moment as Given extends Until ? Date : Date | undefined;
}
