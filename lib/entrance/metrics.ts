import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Admission } from '~/lib/entrance/admission';
import { readWork, type Work } from '~/lib/entrance/work';

/** What somebody who scrapes is told at most so often: each time costs a few queries. */
const FRESH_MS = 5_000;
const PREFIX = 'monedero_';

/**
 * Figures for Prometheus, of this web process and of the work that all share. No name, id of a person, amount or balance
 * is among them.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #answers = new Counter({
    name: `${PREFIX}requests_total`,
    help: 'Requests that came in, by kind and status.',
    labelNames: ['kind', 'status'],
    registers: [this.#registry],
  });
  readonly #times = new Histogram({
    name: `${PREFIX}request_seconds`,
    help: 'From the first byte of a request to the last of its answer.',
    labelNames: ['kind'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.#registry],
  });
  readonly #work = new Map<keyof Work, Gauge>();
  #read: { at: number; done: Promise<void> } | undefined;

  constructor(admission: Admission) {
    collectDefaultMetrics({ register: this.#registry, prefix: PREFIX });
    this.#rooms(admission);
    for (const [name, help] of Object.entries(HELP) as [keyof Work, string][])
      this.#work.set(name, new Gauge({ name: `${PREFIX}${name}`, help, registers: [this.#registry] }));
  }

  /** One request that was answered. */
  answered(kind: string, status: number, seconds: number): void {
    this.#answers.inc({ kind, status });
    this.#times.observe({ kind }, seconds);
  }

  /** How late the app's own event loop is, which it says by itself. */
  lag = new Gauge({
    name: `${PREFIX}app_eventloop_lag_seconds`,
    help: 'The worst delay of the app’s event loop in the last seconds.',
    registers: [this.#registry],
  });

  /** The figures as text, and what they are. Without the database those of the work are as they were. */
  async text(): Promise<{ type: string; text: string }> {
    if (!this.#read || Date.now() - this.#read.at > FRESH_MS)
      this.#read = { at: Date.now(), done: this.#refresh() };
    await this.#read.done;
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  async #refresh(): Promise<void> {
    const work = await readWork().catch(() => null);
    this.#work.get('database_up')?.set(work ? 1 : 0);
    for (const [name, value] of Object.entries(work ?? {}) as [keyof Work, number][])
      this.#work.get(name)?.set(value);
  }

  #rooms(admission: Admission): void {
    const gauge = (name: string, help: string, of: 'inside' | 'waiting') =>
      new Gauge({
        ...{ name: `${PREFIX}${name}`, help, labelNames: ['kind'], registers: [this.#registry] },
        collect() {
          for (const counts of admission.counts()) this.set({ kind: counts.kind }, counts[of]);
        },
      });
    gauge('places_taken', 'Requests that are worked on.', 'inside');
    gauge('places_wanted', 'Requests that wait for a place.', 'waiting');
  }
}

const HELP: Readonly<Record<keyof Work, string>> = {
  database_up: 'Whether the database answers this process.',
  inbox_waiting: 'Events of rails that are to be processed.',
  inbox_oldest_seconds: 'How long the oldest of them waits.',
  inbox_dead: 'Events that nobody tries any more.',
  payouts_waiting: 'Withdrawals that are to leave, or whose answer is not known.',
  payouts_oldest_seconds: 'How long the oldest of them waits.',
  deliveries_waiting: 'Webhooks to the platform that are to be sent.',
  deliveries_oldest_seconds: 'How long the oldest of them waits.',
  postings_total: 'The number of the newest ledger transaction.',
  proof_age_seconds: 'How long ago the account was proven that was proven longest ago.',
  proof_red: 'Accounts that part from their rail, or were long not proven.',
  breaks_open: 'Breaks that hold payouts back.',
  rail_errors: 'Reads of a rail’s transfers that failed within the last hour.',
  workers: 'Workers that beat within the last twenty seconds.',
  replica_lag_seconds: 'How far the replica is behind; NaN where there is none.',
  replica_read: 'Whether lists are read from the replica; NaN where there is none.',
};
