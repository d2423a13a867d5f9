/** The processes of a run: each can be killed, and is started again. */
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { applyMigrations, ensureDatabase } from '../lib/database.mjs';
import { atExit, endAll, isEnding } from '../lib/lifecycle.mjs';
import { freePort } from '../lib/ports.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { sandboxProgram, webProgram, workerProgram } from '../lib/programs.mjs';
import { ensureOwnedDatabase } from '../lib/roles.mjs';
import { root, type Settings } from '../lib/settings.mjs';
import { spawnLogged, stop } from '../lib/supervisor.mjs';
import { testSettings } from '../lib/test-app.mjs';
import { startThrowawayPostgres } from '../lib/throwaway.mjs';
import { waitUntil } from '../lib/wait.mjs';
import { openDoor } from './door.ts';
import { Restores } from './restores.ts';

export const KINDS = ['worker', 'web', 'sandbox', 'postgres'] as const;
export type Kind = (typeof KINDS)[number];

export const logs = path.join(root, '.data', 'chaos-logs');

/** A run without one of its processes says nothing: it ends here, with the reason. */
export async function abandon(what: string, error: unknown): Promise<never> {
  if (!isEnding()) console.error(`${what}:`, error);
  await endAll();
  process.exit(1);
}

const WEBS = 2;
const WORKERS = 3;
const READY_TIMEOUT_MS = 120_000;

/** One process, by whatever pid it has at the moment. */
export class Member {
  readonly kind: Kind;
  readonly name: string;
  /** How often it was killed, and how often it ended without having been. */
  kills = 0;
  deaths = 0;
  diedAt = new Date();
  readonly #begin: () => Promise<ChildProcess>;
  #child: ChildProcess | null = null;

  constructor(kind: Kind, name: string, begin: () => Promise<ChildProcess>) {
    this.kind = kind;
    this.name = name;
    this.#begin = begin;
  }

  get isUp(): boolean {
    return this.#child !== null;
  }

  async start(): Promise<void> {
    const child = await this.#begin();
    this.#child = child;
    child.once('close', async (code, signal) => {
      if (this.#child !== child || isEnding()) return;
      this.#child = null;
      this.deaths += 1;
      console.error(`  ${this.name} ended by itself (${code ?? signal}). Its log: ${logs}/${this.name}.log`);
      await sleep(1_000);
      if (!isEnding()) await this.start().catch((error) => abandon(`${this.name} does not come back`, error));
    });
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child?.pid) return;
    this.#child = null;
    this.kills += 1;
    this.diedAt = new Date();
    const closed = new Promise((resolve) => child.once('close', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await closed;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    if (this.kind !== 'postgres') return stop(child);
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    await closed;
  }
}

export type World = {
  members: Member[];
  databaseUrl: string;
  fintoc: { url: string; key: string };
  restores: Restores;
};

/** Starts all of it on ports and files of its own, and sets this process's environment to see what it sees. */
export async function startWorld(
  distDir: string,
  env: Record<string, string>,
  { withRestores }: { withRestores: boolean },
): Promise<World> {
  fs.rmSync(logs, { recursive: true, force: true });
  fs.mkdirSync(logs, { recursive: true, mode: 0o700 });
  const settings = await testSettings();
  Object.assign(settings.env, env);
  const databaseUrl = settings.env.DATABASE_URL ?? '';
  // Fintoc's state is elsewhere in the world: our database dies without it.
  const theirs = await startThrowawayPostgres();
  atExit(() => theirs.stop());
  settings.env.SANDBOX_DATABASE_URL = await ensureOwnedDatabase(theirs.url, {
    name: 'fintoc',
    password: randomBytes(12).toString('hex'),
  });
  Object.assign(process.env, settings.env);

  const password = settings.env.POSTGRES_PASSWORD ?? '';
  const restores = new Restores({ dataDir: settings.dataDir, password, logs });
  const { members, superuserUrl } = await makeMembers(settings, distDir, restores);
  atExit(() => Promise.all(members.filter(({ kind }) => kind !== 'postgres').map((member) => member.stop())));
  for (const kind of ['sandbox', 'worker', 'web']) {
    await Promise.all(members.filter((member) => member.kind === kind).map((member) => member.start()));
  }
  await Promise.all(members.filter(({ kind }) => kind === 'web').map(({ name }) => ready.get(name)?.()));
  const fintoc = { url: settings.env.FINTOC_BASE_URL ?? '', key: settings.env.FINTOC_SECRET_KEY ?? '' };
  if (withRestores) await restores.backUp(superuserUrl);
  return { members, databaseUrl, fintoc, restores };
}

async function makeMembers(settings: Settings, distDir: string, restores: Restores) {
  const { postgres, superuserUrl } = await ownPostgres(settings, restores);
  const sandbox = sandboxProgram(settings);
  const ports: number[] = [];
  for (let nth = 0; nth < WEBS; nth += 1) ports.push(await freePort());
  const door = await openDoor(settings.ports.web, ports);
  atExit(() => door.close());
  const webs = ports.map((port, nth) => {
    const { command, env, isReady } = webProgram(
      { ...settings, env: { ...settings.env, PORT: String(port) } },
      distDir,
    );
    const name = `web-${nth + 1}`;
    ready.set(name, () => waitUntil(isReady, READY_TIMEOUT_MS, `${name}. Its log: ${logs}/${name}.log`));
    return new Member('web', name, async () => launch(name, command, env));
  });
  const worker = workerProgram(settings);
  const workers = Array.from({ length: WORKERS }, (_, nth) => {
    const name = `worker-${nth + 1}`;
    return new Member('worker', name, async () => launch(name, worker.command, worker.env));
  });
  const fintoc = new Member('sandbox', 'sandbox', async () => {
    const child = launch('sandbox', sandbox.command, sandbox.env);
    await waitUntil(sandbox.isReady, READY_TIMEOUT_MS, `the local Fintoc. Its log: ${logs}/sandbox.log`);
    return child;
  });
  return { members: [postgres, fintoc, ...workers, ...webs], superuserUrl };
}

const ready = new Map<string, () => Promise<void>>();

function launch(name: string, command: string[], env: Record<string, string | undefined>): ChildProcess {
  return spawnLogged(command, env, path.join(logs, `${name}.log`), null);
}

/** With durability on: what it has confirmed must outlive its death. */
async function ownPostgres({ dataDir, ports, env }: Settings, restores: Restores) {
  const start = () =>
    startPostgres({
      dataDir: path.join(dataDir, 'postgres'),
      port: ports.postgres,
      password: env.POSTGRES_PASSWORD ?? '',
      logFile: path.join(logs, 'postgres.log'),
      settings: restores.settings(),
    });
  let url = '';
  const member: Member = new Member('postgres', 'postgres', async () => {
    await restores.afterDeath(member.diedAt);
    const server = await start();
    url = server.url;
    return server.child;
  });
  await member.start();
  atExit(() => member.stop());
  await ensureDatabase(url, env);
  await applyMigrations(env);
  return { postgres: member, superuserUrl: url };
}
