import { db } from '~/lib/db';
import { scopeInForce } from '~/lib/scope';

/**
 * What Fintoc gives an organisation by default (docs.fintoc.com, account numbers: `account_number_limit_reached` beyond),
 * and how many of it are in use. A number that was deleted counts no more.
 */
export const NUMBER_QUOTA = 1_000_000;

/** Of so many, one more or less says nothing of the quota, and counting them takes as long as the page. */
const MANY = 10_000;
const MANY_STAND_MS = 60_000;
const manyLive = new Map<string, { count: number; until: number }>();

/** How many there are; more than MANY as of the last minute. */
export async function countLiveNumbers(): Promise<number> {
  const seenBy = scopeInForce() ?? '';
  const known = manyLive.get(seenBy);
  if (known && known.until > Date.now()) return known.count;
  const count = await db().accountNumber.count({ where: { status: { not: 'deleted' } } });
  if (count > MANY) manyLive.set(seenBy, { count, until: Date.now() + MANY_STAND_MS });
  else manyLive.delete(seenBy);
  return count;
}
