import { randomUUID } from 'node:crypto';
import { checkConfiguration, checkStart } from '~/lib/boot';
import { db, disconnect } from '~/lib/db';
import { log } from '~/lib/log';
import { type Job, jobs, watch } from '~/lib/worker/jobs';
import { runJob, stopJobs, untilDone } from '~/lib/worker/lanes';

const BEAT_MS = 5_000;
const FORGOTTEN_MS = 3_600_000;
const id = randomUUID();

async function main(): Promise<void> {
  checkConfiguration();
  await checkStart();
  process.on('SIGTERM', stopJobs);
  process.on('SIGINT', stopJobs);
  const startedAt = new Date();
  log.info({ worker: id }, 'worker started');
  const beat: Job = { name: 'beat', everyMs: BEAT_MS, run: () => writeBeat(startedAt) };
  await untilDone(watch());
  await Promise.all([beat, watch(), ...jobs()].map(runJob));
  await db().workerHeartbeat.deleteMany({ where: { id } });
  await disconnect();
  log.info({ worker: id }, 'worker stopped');
}

async function writeBeat(startedAt: Date): Promise<number> {
  const beatAt = new Date();
  await db().workerHeartbeat.upsert({ where: { id }, create: { id, startedAt, beatAt }, update: { beatAt } });
  // Dead workers can't delete their own.
  await db().workerHeartbeat.deleteMany({ where: { beatAt: { lt: new Date(Date.now() - FORGOTTEN_MS) } } });
  return 0;
}

await main().catch((error) => {
  log.fatal({ err: error }, error instanceof Error ? error.message : 'worker failed');
  process.exit(1);
});
