/** Counts requests of the last second per key: a sliding window, so a burst at the turn of a second is caught too. */
export class RateLimit {
  readonly #taken = new Map<string, number[]>();

  /** False when this request is over the limit. A limit of 0 means none. */
  take(key: string, perSecond: number): boolean {
    if (perSecond === 0) return true;
    const now = performance.now();
    const recent = (this.#taken.get(key) ?? []).filter((at) => at > now - 1_000);
    this.#taken.set(key, recent);
    if (recent.length >= perSecond) return false;
    recent.push(now);
    return true;
  }
}
