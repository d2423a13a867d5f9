/** Keyset pages: a cursor is the sort key of the row beside it, opaque to whoever holds it. */
export const PAGE_SIZE = 50;

export type Cursor = { at: Date; id: string };
export type Page<Item> = { items: Item[]; nextCursor: string | null };

export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url');
}

/** What the ids of a list look like: one of another look never came from it, and would be refused by the database. */
const IDS = {
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
  number: /^\d{1,18}$/,
  word: /^[\w:.-]{1,64}$/,
} as const;
export type IdShape = keyof typeof IDS;
const MOMENT = /^(19|20|21)\d\d-\d\d-\d\dT[\d:.]+Z$/;

/** Null for a cursor that nobody here made: the list then starts at its beginning. */
export function decodeCursor(text: string | undefined, ids: IdShape): Cursor | null {
  if (!text) return null;
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split('|');
  const at = new Date(time);
  return MOMENT.test(time) && !Number.isNaN(at.getTime()) && IDS[ids].test(id) ? { at, id } : null;
}

/** Cuts a list that was read with one row too many, and points behind its last row. */
export function toPage<Item>(rows: Item[], size: number, cursorOf: (item: Item) => Cursor): Page<Item> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > size && last ? encodeCursor(cursorOf(last)) : null };
}
