/** So many rows of a list are shown at once. */
export const PAGE_SIZE = 50;

/** A part of a list, and the cursor of what follows it; null at the list's end. */
export type Page<Item> = { items: Item[]; nextCursor: string | null };
