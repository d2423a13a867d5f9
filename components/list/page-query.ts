/*
 * The address of a keyset page: `cursor` is where it starts, `trail` the cursors of the pages before it, so that
 * "previous" needs neither the browser's history nor a query that runs backwards.
 */
const SEPARATOR = '~';

type Query = { toString(): string };

export function nextPageQuery(search: Query, nextCursor: string): string {
  const params = new URLSearchParams(search.toString());
  const current = params.get('cursor');
  const trail = params.get('trail');
  params.delete('peek');
  if (current !== null) params.set('trail', trail ? `${trail}${SEPARATOR}${current}` : current);
  params.set('cursor', nextCursor);
  return `?${params}`;
}

/** Null on the first page. The first page's address has no cursor. */
export function previousPageQuery(search: Query): string | null {
  const params = new URLSearchParams(search.toString());
  if (!params.has('cursor')) return null;
  const trail = params.get('trail')?.split(SEPARATOR) ?? [];
  const before = trail.pop();
  params.delete('cursor');
  params.delete('trail');
  params.delete('peek');
  if (before) params.set('cursor', before);
  if (trail.length > 0) params.set('trail', trail.join(SEPARATOR));
  const query = params.toString();
  return query === '' ? '?' : `?${query}`;
}

/** Another filter is another list: it starts on its first page, with nothing beside it. */
export function withoutPage(params: URLSearchParams): URLSearchParams {
  params.delete('cursor');
  params.delete('trail');
  params.delete('peek');
  return params;
}
