import type { Hit } from './hits';

const NAME = 'monedero.found';
const MOST = 5;

/** What was opened from the finder last, in this tab alone: a shared machine forgets it with the session. */
export function recentHits(): Hit[] {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? '[]') as Hit[];
  } catch {
    return [];
  }
}

export function remember(hit: Hit): void {
  // What it had and how it stood is of then; the page says how it is.
  const kept: Hit = { ...hit, money: [], status: null };
  const others = recentHits().filter(({ kind, id }) => kind !== hit.kind || id !== hit.id);
  sessionStorage.setItem(NAME, JSON.stringify([kept, ...others].slice(0, MOST)));
}

export function forgetRecent(): void {
  sessionStorage.removeItem(NAME);
}
