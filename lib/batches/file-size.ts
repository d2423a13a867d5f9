/** What a file of withdrawals may weigh, in bytes. What weighs more than a request may is refused before anybody reads it. */
export const MOST_BYTES = 5 * 1024 * 1024;
