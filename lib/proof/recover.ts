import { takeInNews } from '~/lib/inbox/sync';
import { keepUnreadable } from '~/lib/inbox/unreadable';
import { isMissing, Unreadable } from '~/lib/rails/failures';
import type { Rail } from '~/lib/rails/rail';
import type { RailTransfer } from '~/lib/rails/rail-says';

/** Transfers asked for at once; the others follow next time. */
export const MOST_AT_ONCE = 100;

/**
 * Asks a rail for transfers as they stand now and takes in what we never heard of, or not of how it ended: what a
 * lost webhook leaves behind, and what no list of transfers shows any more. Returns how many moved the books.
 */
export async function recoverTransfers(ids: string[], rail: Rail): Promise<number> {
  const wanted = [...new Set(ids)].filter((id) => rail.isTransfer(id)).slice(0, MOST_AT_ONCE);
  const found: RailTransfer[] = [];
  for (const id of wanted) {
    try {
      found.push(await rail.transfer(id));
    } catch (error) {
      if (error instanceof Unreadable) await keepUnreadable(error, rail);
      // A movement may be about something else than a transfer of ours.
      else if (!isMissing(error)) throw error;
    }
  }
  return takeInNews(found);
}
