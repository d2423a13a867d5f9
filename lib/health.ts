import { readdirSync } from 'node:fs';
import path from 'node:path';
import { db } from '~/lib/db';
import { lastLedgerCheck } from '~/lib/proof/ledger-check';
import { type Light, ledgerLight, lightOver, listAccountProofs, proofSummaries } from '~/lib/proof/read';
import { mainRail } from '~/lib/rails/registry';

type Check = 'up' | 'down';
export type Readiness = {
  status: 'ok' | 'down';
  checks: Record<'database' | 'migrations' | 'worker' | 'fintoc', Check>;
};

/** What is red: an account at Fintoc, a rule of the ledger's, or that nobody knows. */
export type Red = { what: 'account' | 'ledger' | 'proof'; id: string };
export type Health = {
  /** down: something doesn't answer. red: everything does, and the books don't hold. */
  status: 'ok' | 'down' | 'red';
  checks: Readiness['checks'];
  /** Whether the books equal Fintoc's and keep their own promises. */
  proof: Light | null;
  red: Red[];
};

const WORKER_SILENT_MS = 20_000;
const FINTOC_FOR_MS = 10_000;
let fintocSeen: { at: number; up: boolean } | undefined;

/**
 * Whether everything that money needs is there. Fintoc is asked at most every ten seconds. A red proof is no reason to
 * keep people from the console that shows it, so this says nothing of the books.
 */
export async function checkReadiness(): Promise<Readiness> {
  const database = await passes(async () => (await db().$queryRaw<object[]>`SELECT 1 AS one`).length === 1);
  const checks = {
    database,
    migrations: database === 'up' ? await passes(migrationsApplied) : 'down',
    worker: database === 'up' ? await passes(workerBeats) : 'down',
    fintoc: await passes(fintocAnswers),
  } satisfies Readiness['checks'];
  return { status: Object.values(checks).every((check) => check === 'up') ? 'ok' : 'down', checks };
}

/** The same, and whether the books hold: what somebody should be called for. */
export async function checkHealth(): Promise<Health> {
  const { status, checks } = await checkReadiness();
  if (checks.migrations === 'down') return { status: 'down', checks, proof: null, red: [] };
  const books = await lookAtBooks().catch(() => ({ proof: null, red: [UNKNOWN] }));
  return { status: status === 'ok' && books.red.length > 0 ? 'red' : status, checks, ...books };
}

const UNKNOWN: Red = { what: 'proof', id: 'unknown' };
const MOST_RED = 20;

async function lookAtBooks(): Promise<Pick<Health, 'proof' | 'red'>> {
  const [summaries, check] = await Promise.all([proofSummaries(), lastLedgerCheck()]);
  const isRed = summaries.some(({ light }) => light === 'red');
  const accounts = isRed ? (await listAccountProofs({ lights: ['red'] })).items : [];
  const rules = [...new Set(check.faults.map(({ rule }) => rule))];
  if (rules.length === 0 && ledgerLight(check) === 'red') rules.push('not_checked');
  const red = [
    ...rules.map((id): Red => ({ what: 'ledger', id })),
    ...accounts.map(({ id }): Red => ({ what: 'account', id })),
  ];
  return { proof: lightOver(summaries, check), red: red.slice(0, MOST_RED) };
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
    fintocSeen = { at: Date.now(), up: await mainRail().isReachable() };
    // A bad answer isn't kept: recovery should show at once.
    if (!fintocSeen.up) {
      fintocSeen = undefined;
      return false;
    }
  }
  return fintocSeen.up;
}
