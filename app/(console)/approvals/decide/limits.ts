/** So much can be chosen at once across the pages of the inbox. */
export const MOST_CHOSEN = 1_000;
