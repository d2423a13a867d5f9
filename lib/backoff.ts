/** How long to wait between two tries. */
export type Backoff = {
  /** After the first failure; each further one doubles it. */
  firstMs: number;
  mostMs: number;
  /** Which part of the wait is left to chance, so that what failed together isn't tried together: a quarter unless said. */
  spread?: number;
};

/** The wait after so many failures in a row, one or more: never longer than `mostMs`, whatever chance does. */
export function backoffMs(rule: Backoff, failures: number, random: () => number = Math.random): number {
  const { firstMs, mostMs, spread = 0.25 } = rule;
  return Math.min(firstMs * 2 ** (failures - 1), mostMs) * (1 - spread * random());
}
