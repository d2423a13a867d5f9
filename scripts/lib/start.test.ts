import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '~/scripts/lib/ports.mjs';
import { stopOrphan } from '~/scripts/lib/postgres.mjs';
import { commandOf } from '~/scripts/lib/processes.mjs';
import { removeScratch, scratchDirectory } from '~/scripts/lib/scratch.mjs';
import { readDotenv } from '~/scripts/lib/settings.mjs';
import { waitUntil } from '~/scripts/lib/wait.mjs';

const repository = path.resolve(import.meta.dirname, '../..');
// What a developer may have set must not reach these tests.
const UNSET = Object.fromEntries(
  [...fs.readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => [name, '']),
);
/** The part of scripts/start.mjs that sees to the database, in a process of its own, to be killed. */
const STARTER = `
  import { applyMigrations, assertPasswordKnown, clearAway, startDatabase } from './scripts/lib/database.mjs';
  import { assertPortsFree } from './scripts/lib/ports.mjs';
  import { keepGenerated, readSettings } from './scripts/lib/settings.mjs';
  const settings = readSettings();
  assertPasswordKnown(settings);
  await clearAway(settings);
  await assertPortsFree({ POSTGRES_PORT: settings.ports.postgres });
  keepGenerated(settings);
  await startDatabase(settings, settings.dataDir + '/logs');
  await applyMigrations(settings.env);
  console.log('up at ' + settings.env.DATABASE_OWNER_URL);
  setInterval(() => {}, 1000);
`;

let dataDir: string;
let env: NodeJS.ProcessEnv;
const starters: ChildProcess[] = [];

beforeAll(async () => {
  dataDir = await scratchDirectory();
  env = { ...process.env, ...UNSET, DATA_DIR: dataDir, POSTGRES_PORT: String(await freePort()) };
});

afterAll(async () => {
  for (const starter of starters) starter.kill('SIGKILL');
  await stopOrphan(path.join(dataDir, 'postgres'));
  removeScratch(dataDir);
});

/** What it said until its database was up, or until it ended; `url` is null then. */
async function start(): Promise<{ starter: ChildProcess; said: string; url: string | null }> {
  const starter = spawn(process.execPath, ['--input-type=module', '-e', STARTER], { cwd: repository, env });
  starters.push(starter);
  let said = '';
  for (const stream of [starter.stdout, starter.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  const url = () => said.match(/up at (\S+)/)?.[1] ?? null;
  await waitUntil(() => url() !== null || starter.exitCode !== null, 25_000, 'the database of the starter');
  return { starter, said, url: url() };
}

async function kill(starter: ChildProcess): Promise<void> {
  starter.kill('SIGKILL');
  await waitUntil(() => starter.signalCode !== null, 5_000, 'the starter to be gone');
}

async function query(url: string | null, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url ?? '' });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const postgresPid = () =>
  Number.parseInt(fs.readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);

it('a start after kill -9 has the data of the one before, whether its PostgreSQL still runs or died with it', async () => {
  const first = await start();
  await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
  const orphan = postgresPid();
  await kill(first.starter);
  expect(commandOf(orphan), 'the database outlives a killed starter').toContain('postgres');

  const second = await start();
  expect(second.said).toContain('Stopped the PostgreSQL that an earlier start left running');
  expect(second.url, 'with the address and password of before').toBe(first.url);
  expect(commandOf(orphan)).toBe('');
  await query(second.url, 'INSERT INTO kept VALUES (2)');

  await kill(second.starter);
  const killed = postgresPid();
  process.kill(killed, 'SIGKILL');
  await waitUntil(() => commandOf(killed) === '', 5_000, 'PostgreSQL to be gone');
  expect(postgresPid(), 'the lock that it left behind').toBe(killed);

  const third = await start();
  expect(third.said).not.toContain('left running');
  expect(await query(third.url, 'SELECT n FROM kept ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  await kill(third.starter);
  await stopOrphan(path.join(dataDir, 'postgres'));
});

it('a data directory of one role, as it was before there were two, has both after a start', async () => {
  const file = path.join(dataDir, 'local.env');
  const before = readDotenv(file);
  const old = before.DATABASE_OWNER_URL ?? '';
  fs.writeFileSync(file, `POSTGRES_PASSWORD="${before.POSTGRES_PASSWORD}"\nDATABASE_URL="${old}"\n`);
  const { starter, url } = await start();
  expect(url, 'the owner keeps its address').toBe(old);
  const app = readDotenv(file).DATABASE_URL ?? '';
  expect(await query(app, 'SELECT current_user AS name, count(*)::int AS wallets FROM wallets')).toEqual([
    { name: 'monedero_app', wallets: 0 },
  ]);
  await expect(query(app, 'DELETE FROM audit_entries')).rejects.toThrow('permission denied');
  await kill(starter);
  await stopOrphan(path.join(dataDir, 'postgres'));
});

it('a lock whose process number went to another program is removed, and that program left alone', async () => {
  const directory = path.join(dataDir, 'other');
  fs.mkdirSync(directory);
  fs.writeFileSync(path.join(directory, 'postmaster.pid'), `${process.pid}\n`);
  expect(await stopOrphan(directory)).toBe(false);
  expect(fs.readdirSync(directory)).toEqual([]);
});

it('lost keys beside a database end npm start with one line, and leave the data', async () => {
  const file = path.join(dataDir, 'local.env');
  fs.renameSync(file, `${file}.lost`);
  expect((await npmStart()).trim()).toBe(
    `${file} is gone, and with it the keys of the database beside it. Restore it, or remove ${dataDir}.`,
  );
  fs.renameSync(`${file}.lost`, file);
  expect(fs.existsSync(path.join(dataDir, 'postgres/PG_VERSION'))).toBe(true);
});

it.each(['PORT', 'SANDBOX_PORT', 'POSTGRES_PORT'])(
  'a taken %s ends npm start with one line that names it',
  async (variable) => {
    const taken = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as net.AddressInfo;
    const said = await npmStart({
      PORT: String(await freePort()),
      SANDBOX_PORT: String(await freePort()),
      [variable]: String(port),
    });
    expect(said.trim()).toBe(`Port ${port} is in use. Choose another: ${variable}=${port + 1} npm start`);
    taken.close();
  },
);

/** All that `npm start` says, where it ends by itself before anything long begins. */
function npmStart(more: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['scripts/start.mjs'],
      { cwd: repository, env: { ...env, ...more }, timeout: 100_000 },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
  });
}
