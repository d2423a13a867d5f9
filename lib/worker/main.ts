import { randomUUID } from 'node:crypto';
import { checkConfiguration, checkDatabaseRole } from '~/lib/boot';
import { db, disconnect } from '~/lib/db';
import { log } from '~/lib/log';
import { type Job, jobs, watch } from '~/lib/worker/jobs';

const BEAT_MS = 5_000;
const FORGOTTEN_MS = 3_600_000;
const MAX_PAUSE_MS = 30_000;
const id = randomUUID();
let stopping = false;

async function main(): Promise<void> {
  checkConfiguration();
  await checkDatabaseRole();
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const startedAt = new Date();
  log.info({ worker: id }, 'worker started');
  const beat: Job = { name: 'beat', everyMs: BEAT_MS, run: () => writeBeat(startedAt) };
  await untilDone(watch());
  await Promise.all(
    [beat, watch(), ...jobs()].flatMap((job) => Array.from({ length: job.lanes ?? 1 }, () => loop(job))),
  );
  await db().workerHeartbeat.deleteMany({ where: { id } });
  await disconnect();
  log.info({ worker: id }, 'worker stopped');
}

/** Once, however long it takes until it can be done: nothing else begins before. */
async function untilDone({ name, run }: Job): Promise<void> {
  for (let failures = 1; !stopping; failures += 1) {
    try {
      await run();
      return;
    } catch (error) {
      log.error({ job: name, failures, err: error }, 'job failed');
      await pause(Math.min(500 * 2 ** failures, MAX_PAUSE_MS));
    }
  }
}

/** Runs a job for ever: at once again while it finds work, else after its pause; after an error with back-off. */
async function loop({ name, everyMs, run, retryWithinMs = MAX_PAUSE_MS }: Job): Promise<void> {
  let failures = 0;
  while (!stopping) {
    try {
      const done = await run();
      failures = 0;
      if (done > 0) continue;
    } catch (error) {
      failures += 1;
      log.error({ job: name, failures, err: error }, 'job failed');
    }
    await pause(failures > 0 ? Math.min(Math.max(everyMs, 500) * 2 ** failures, retryWithinMs) : everyMs);
  }
}

async function writeBeat(startedAt: Date): Promise<number> {
  const beatAt = new Date();
  await db().workerHeartbeat.upsert({ where: { id }, create: { id, startedAt, beatAt }, update: { beatAt } });
  // The dead can't do it themselves.
  await db().workerHeartbeat.deleteMany({ where: { beatAt: { lt: new Date(Date.now() - FORGOTTEN_MS) } } });
  return 0;
}

const waiting = new Set<() => void>();

function pause(ms: number): Promise<void> {
  // A job that was running when the stop came must not sleep first.
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

/** Finishes what is under way; the leases of anything else run out by themselves. */
function stop(): void {
  stopping = true;
  for (const wake of [...waiting]) wake();
}

await main().catch((error) => {
  log.fatal({ err: error }, error instanceof Error ? error.message : 'worker failed');
  process.exit(1);
});
