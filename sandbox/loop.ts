/**
 * Runs `work` again and again: at once while it reports more to do, else after `idleMs` or a nudge, whichever is first.
 * An error is reported and the loop goes on, because what it works through is kept in the database.
 */
export class Loop {
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  readonly #name: string;
  readonly #work: () => Promise<boolean>;
  readonly #idleMs: number;

  constructor(name: string, work: () => Promise<boolean>, idleMs: number) {
    this.#name = name;
    this.#work = work;
    this.#idleMs = idleMs;
  }

  start(): void {
    this.nudge(0);
  }

  /** Asks for a round in `delayMs`, or sooner when one is already planned. */
  nudge(delayMs = 0): void {
    if (this.#stopped) return;
    if (this.#running) {
      if (delayMs <= 0) this.#again = true;
      return;
    }
    const at = performance.now() + Math.max(delayMs, 0);
    if (at >= this.#wakeAt) return;
    clearTimeout(this.#timer);
    this.#wakeAt = at;
    this.#timer = setTimeout(() => this.#round(), Math.max(delayMs, 0));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #round(): void {
    this.#wakeAt = Number.POSITIVE_INFINITY;
    this.#again = false;
    this.#running = this.#work()
      .catch((error: unknown) => {
        if (!this.#stopped) process.stderr.write(`sandbox: ${this.#name}: ${String(error)}\n`);
        return false;
      })
      .then((more) => {
        this.#running = undefined;
        this.nudge(more || this.#again ? 0 : this.#idleMs);
      });
  }
}
