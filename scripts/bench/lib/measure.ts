import { performance } from 'node:perf_hooks';

/** pgbench tells no p95. */
export type Sample = { perSecond: number; p50: number; p95?: number; p99: number };

/** Runs `work` on `clients` loops for a while. `work` answers how many operations it did; times are per call, in ms. */
export async function measure(
  clients: number,
  seconds: number,
  work: (client: number) => Promise<number>,
): Promise<Sample> {
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  const times: number[] = [];
  let operations = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        const from = performance.now();
        // Read after the wait: `operations += await …` would add to what it was before, and lose the others' share.
        const done = await work(client);
        operations += done;
        times.push(performance.now() - from);
      }
    }),
  );
  const elapsed = (performance.now() - begin) / 1_000;
  const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((share) => percentile(times, share));
  return { perSecond: operations / elapsed, p50, p95, p99 };
}

/** The run in the middle by rate: the machine's noise makes a mean say nothing. */
export function median(samples: Sample[]): Sample {
  const sorted = [...samples].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('Nothing was measured.');
  return middle;
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const WARM_UP = 3;
const CALLS = 9;

/** Times of single calls, in ms, one at a time and warm. */
export async function timeCalls(work: (nth: number) => Promise<unknown>): Promise<number[]> {
  for (let nth = 0; nth < WARM_UP; nth += 1) await work(nth);
  const times: number[] = [];
  for (let nth = 0; nth < CALLS; nth += 1) {
    const from = performance.now();
    await work(nth);
    times.push(performance.now() - from);
  }
  return times;
}
