import { backoffMs } from '~/lib/backoff';
import { log } from '~/lib/log';
import type { Job } from '~/lib/worker/jobs';

const MAX_PAUSE_MS = 30_000;

/** One lane of a job. While one finds nothing to do the others rest: each would only ask the same. */
type Lane = { busySince: number | null };

let stopping = false;
const waiting = new Set<() => void>();

/** Runs a job in all its lanes, until `stopJobs`. */
export async function runJob(job: Job): Promise<void> {
  const lanes: Lane[] = Array.from({ length: job.lanes ?? 1 }, () => ({ busySince: null }));
  await Promise.all(lanes.map((lane, nth) => loop(job, lane, lanes.slice(0, nth))));
}

/** Runs until it is stopped: at once while it finds work, else after its pause, and after an error with back-off. */
async function loop(job: Job, lane: Lane, before: readonly Lane[]): Promise<void> {
  const { name, everyMs, run, retryWithinMs = MAX_PAUSE_MS } = job;
  let failures = 0;
  while (!stopping) {
    // A look that finds nothing is over sooner.
    const longAgo = Date.now() - everyMs / 2;
    if (!before.every(({ busySince }) => busySince !== null && busySince <= longAgo)) {
      await pause(everyMs);
      continue;
    }
    lane.busySince ??= Date.now();
    try {
      const done = await run();
      failures = 0;
      if (done > 0) continue;
    } catch (error) {
      failures += 1;
      log.error({ job: name, failures, err: error }, 'job failed');
    }
    // One that rests after an error keeps no other from trying.
    if (failures === 0) lane.busySince = null;
    const rule = { firstMs: Math.max(2 * everyMs, 1_000), mostMs: retryWithinMs };
    await pause(failures > 0 ? backoffMs(rule, failures) : everyMs);
  }
}

/** Retries until it has succeeded once: nothing else begins before. */
export async function untilDone({ name, run }: Job): Promise<void> {
  for (let failures = 1; !stopping; failures += 1) {
    try {
      await run();
      return;
    } catch (error) {
      log.error({ job: name, failures, err: error }, 'job failed');
      await pause(backoffMs({ firstMs: 1_000, mostMs: MAX_PAUSE_MS }, failures));
    }
  }
}

function pause(ms: number): Promise<void> {
  // A job that was running when it was stopped must not sleep first.
  if (stopping) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      waiting.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    waiting.add(wake);
  });
}

/** Finishes what is under way; all other leases run out by themselves. */
export function stopJobs(): void {
  stopping = true;
  for (const wake of [...waiting]) wake();
}
