import type { Hit } from '~/components/layout/find/hits';

const NAME = 'monedero.found';
const MOST = 8;

/** What somebody opened from the finder last in this browser, as `wallet:01890a5d-…`: what each is the server says again, to who may know. */
export function recentRefs(operatorId: string | null): string[] {
  try {
    const { of, refs } = JSON.parse(localStorage.getItem(NAME) ?? '{}') as { of?: string; refs?: unknown };
    return operatorId !== null && of === operatorId && Array.isArray(refs) ? refs.map(String) : [];
  } catch {
    return [];
  }
}

export function refOf({ kind, id }: Pick<Hit, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

export function remember(operatorId: string | null, hit: Hit): void {
  const ref = refOf(hit);
  const others = recentRefs(operatorId).filter((each) => each !== ref);
  localStorage.setItem(NAME, JSON.stringify({ of: operatorId, refs: [ref, ...others].slice(0, MOST) }));
}

export function forgetRecent(): void {
  localStorage.removeItem(NAME);
}
