/** Keyset pages: a cursor is the sort key of the row beside it, opaque to whoever holds it. */
export const PAGE_SIZE = 50;

export type Cursor = { at: Date; id: string };
export type Page<Item> = { items: Item[]; nextCursor: string | null };

export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url');
}

/** Null for a cursor that nobody here made: the list then starts at its beginning. */
export function decodeCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  const at = new Date(time);
  return Number.isNaN(at.getTime()) || id === '' || id.length > 64 ? null : { at, id };
}

/** Cuts a list that was read with one row too many, and points behind its last row. */
export function toPage<Item>(rows: Item[], size: number, cursorOf: (item: Item) => Cursor): Page<Item> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > size && last ? encodeCursor(cursorOf(last)) : null };
}
