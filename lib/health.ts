import { readdirSync } from 'node:fs';
import path from 'node:path';
import { db } from '~/lib/db';
import { isReachable } from '~/lib/fintoc/gateway';
import { type Light, proofLight } from '~/lib/proof/read';

type Check = 'up' | 'down';
export type Health = {
  status: 'ok' | 'down';
  checks: Record<'database' | 'migrations' | 'worker' | 'fintoc', Check>;
  /** Whether the books equal Fintoc's. For people to look at: red says nothing against serving requests. */
  proof: Light | null;
};

const WORKER_SILENT_MS = 20_000;
const FINTOC_FOR_MS = 10_000;
let fintocSeen: { at: number; up: boolean } | undefined;

/** Whether everything that money needs is there. Fintoc is asked at most every ten seconds. */
export async function checkHealth(): Promise<Health> {
  const database = await passes(async () => (await db().$queryRaw<object[]>`SELECT 1 AS one`).length === 1);
  const checks = {
    database,
    migrations: database === 'up' ? await passes(migrationsApplied) : 'down',
    worker: database === 'up' ? await passes(workerBeats) : 'down',
    fintoc: await passes(fintocAnswers),
  } satisfies Health['checks'];
  const proof = checks.migrations === 'up' ? await proofLight().catch(() => null) : null;
  return { status: Object.values(checks).every((check) => check === 'up') ? 'ok' : 'down', checks, proof };
}

async function passes(check: () => Promise<boolean>): Promise<Check> {
  return (await check().catch(() => false)) ? 'up' : 'down';
}

async function migrationsApplied(): Promise<boolean> {
  const folder = path.join(process.cwd(), 'prisma/migrations');
  const wanted = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rows = await db().$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL`;
  const applied = new Set(rows.map(({ migration_name }) => migration_name));
  return wanted.every(({ name }) => applied.has(name));
}

async function workerBeats(): Promise<boolean> {
  const since = new Date(Date.now() - WORKER_SILENT_MS);
  return (await db().workerHeartbeat.findFirst({ where: { beatAt: { gt: since } } })) !== null;
}

async function fintocAnswers(): Promise<boolean> {
  if (!fintocSeen || Date.now() - fintocSeen.at > FINTOC_FOR_MS) {
    fintocSeen = { at: Date.now(), up: await isReachable() };
    // A bad answer isn't kept: recovery should show at once.
    if (!fintocSeen.up) {
      fintocSeen = undefined;
      return false;
    }
  }
  return fintocSeen.up;
}
