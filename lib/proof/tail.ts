import { db } from '~/lib/db';
import { isAsHeld, splice } from '~/lib/proof/splice';
import type { RailMovement } from '~/lib/rails/rail-says';
import { railOf } from '~/lib/rails/registry';

/**
 * Compares the newest movements of an account with those that we hold: Fintoc may take one back, list one late, behind
 * newer ones, or change the balance or amount of one that was proven. Ours take Fintoc's order, an entry whose movement is
 * gone is unmatched again, and the proof goes back to before the first change. Returns whether the page reaches back to
 * what we hold; only then was it compared.
 */
export async function alignTail(accountId: string, page: RailMovement[]): Promise<boolean> {
  const perPage = railOf(accountId).facts().movementsPerPage;
  const ours = await db().proofMovement.findMany({
    where: { accountId },
    orderBy: { position: 'desc' },
    take: 2 * perPage,
  });
  const listed = new Set(page.map(({ id }) => id));
  const isAll = page.length < perPage;
  const oldest = ours.findLast(({ id }) => listed.has(id));
  if (!oldest && !isAll) return false;
  const window = isAll ? ours : ours.filter(({ position }) => position >= (oldest?.position ?? 0n));
  const wanted = oldestFirst(page, isAll ? null : (oldest?.id ?? null));
  const same = window.reverse();
  const differs = wanted.findIndex((theirs, nth) => !isAsHeld(same[nth], theirs));
  // Only new ones after all that we hold, mostly none at all.
  if ((differs < 0 ? wanted.length : differs) >= same.length) return true;
  await splice(accountId, same, wanted);
  return true;
}

/** From the oldest that both sides have. */
function oldestFirst(page: RailMovement[], from: string | null): RailMovement[] {
  const listed = [...page].reverse();
  return from === null ? listed : listed.slice(listed.findIndex(({ id }) => id === from));
}
