import { takeInNews } from '~/lib/inbox/sync';
import { keepUnreadable } from '~/lib/inbox/unreadable';
import { isMissing } from '~/lib/rails/fintoc/answers';
import { getTransfer } from '~/lib/rails/fintoc/gateway';
import type { FintocTransfer } from '~/lib/rails/fintoc/translate';
import { Unreadable } from '~/lib/rails/fintoc/unreadable';

/** So many transfers are asked for in one go; the others the next time. */
export const MOST_AT_ONCE = 100;

/**
 * Asks Fintoc for transfers as they stand now and takes in what we never heard of, or not of how it ended: what a
 * lost webhook leaves behind, and what no list of transfers shows any more. Answers how many moved the books.
 */
export async function recoverTransfers(ids: string[]): Promise<number> {
  const wanted = [...new Set(ids)].filter((id) => id.startsWith('tr_')).slice(0, MOST_AT_ONCE);
  const found: FintocTransfer[] = [];
  for (const id of wanted) {
    try {
      found.push(await getTransfer(id));
    } catch (error) {
      if (error instanceof Unreadable) await keepUnreadable(error);
      // A movement may be about something else than a transfer of ours.
      else if (!isMissing(error)) throw error;
    }
  }
  return takeInNews(found);
}
