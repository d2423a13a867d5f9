import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { archiveSettings, walDirectory } from '~/scripts/lib/archive.mjs';
import { listBackups, pruneBackups, takeBackup } from '~/scripts/lib/backups.mjs';
import { freePort } from '~/scripts/lib/ports.mjs';
import { type RunningPostgres, startPostgres, stopOrphan } from '~/scripts/lib/postgres.mjs';
import { checkBackup, chooseBackup, restoreBackup, type Target } from '~/scripts/lib/restores.mjs';
import { removeScratch, scratchDirectory } from '~/scripts/lib/scratch.mjs';

const password = 'only of this test';
let scratch: string;
let dataDir: string;
let backups: string;
let server: RunningPostgres | null = null;

beforeAll(async () => {
  scratch = await scratchDirectory({ inMemory: true });
  dataDir = path.join(scratch, 'postgres');
  // A name that the shell and PostgreSQL would both read something into.
  backups = path.join(scratch, "it's 100%f");
});

afterAll(async () => {
  await server?.stop();
  await stopOrphan(dataDir);
  removeScratch(scratch);
});

async function start(): Promise<void> {
  const logFile = path.join(scratch, 'postgres.log');
  const settings = archiveSettings(backups);
  server = await startPostgres({
    dataDir,
    port: await freePort(),
    password,
    logFile,
    settings,
    durable: false,
  });
}

async function stop(): Promise<void> {
  await server?.stop();
  server = null;
}

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server?.url ?? '' });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Pays, and answers where the log stands after it. */
async function pay(id: number): Promise<{ lsn: string; at: Date }> {
  await query(`INSERT INTO paid VALUES (${id})`);
  const [where] = await query<{ lsn: string; at: Date }>(
    'SELECT pg_current_wal_insert_lsn()::text AS lsn, clock_timestamp() AS at',
  );
  if (!where) throw new Error('one row');
  return where;
}

const paid = async () => (await query<{ id: number }>('SELECT id FROM paid ORDER BY id')).map(({ id }) => id);
const backUp = (now?: Date) =>
  takeBackup({
    superuserUrl: server?.url ?? '',
    backups,
    secrets: path.join(scratch, 'none'),
    durable: false,
    ...(now && { now }),
  });
const archived = () => fs.readdirSync(walDirectory(backups)).filter((name) => name.endsWith('.gz'));

async function restore(target: Target, along?: number) {
  const backup = chooseBackup(backups, undefined, target, { timeline: along, dataDir });
  await checkBackup(backup, backups);
  const logFile = path.join(scratch, 'restore.log');
  const { timeline } = backup;
  return restoreBackup({ backup, backups, dataDir, password, target, timeline, logFile, durable: false });
}

it('a backup that was made while money was paid is restored to the end, to a place in the log and to a moment', async () => {
  await start();
  await query('CREATE TABLE paid (id int PRIMARY KEY)');
  await query('SELECT pg_switch_wal()');
  expect(archived()).toEqual([]);
  await pay(1);
  const { manifest } = await backUp();
  await pay(2);
  const two = await pay(3);
  const three = await pay(4);
  await expect(restore({ kind: 'latest' })).rejects.toThrow(/PostgreSQL runs on .*Stop Monedero first/);
  await stop();

  // What was not archived yet is taken from the directory that was moved aside.
  const latest = await restore({ kind: 'latest' });
  expect(latest.timeline).toBe(manifest.timeline + 1);
  await start();
  expect(await paid()).toEqual([1, 2, 3, 4]);
  await pay(5);
  await stop();

  expect(fs.existsSync(path.join(latest.aside ?? '', 'PG_VERSION'))).toBe(true);
  fs.rmSync(latest.aside ?? '', { recursive: true });
  // A commit has microseconds, and this clock has not.
  const at = new Date(three.at.getTime() + 1);
  expect((await restore({ kind: 'time', at })).timeline).toBe(manifest.timeline + 2);
  await start();
  expect(await paid()).toEqual([1, 2, 3, 4]);
  await stop();

  await restore({ kind: 'lsn', lsn: two.lsn });
  await start();
  expect(await paid()).toEqual([1, 2, 3]);
  await stop();

  await restore({ kind: 'backup' });
  await start();
  expect(await paid()).toEqual([1]);
}, 180_000);

it('no backup is taken back to before its end, and a target after all WAL leaves the data as it was', async () => {
  const [first] = listBackups(backups);
  const tooEarly = new Date(Date.parse(first?.manifest.finishedAt ?? '') - 1);
  await expect(restore({ kind: 'time', at: tooEarly })).rejects.toThrow(/never back: \S+ ended at/);
  await expect(restore({ kind: 'lsn', lsn: '0/1' })).rejects.toThrow(/never back/);
  await stop();
  const target = { kind: 'time', at: new Date('2199-01-01T00:00:00Z') } as const;
  await expect(restore(target)).rejects.toThrow(/The archive ends before that moment/);
  await start();
  expect(await paid()).toEqual([1]);
});

it('only the newest backups are kept, with the WAL that they need and none besides', async () => {
  const second = await backUp(new Date(Date.now() + 5_000));
  await pay(9);
  const gone = pruneBackups(backups, 1);
  expect(gone.backups).toHaveLength(1);
  expect(gone.segments).toBeGreaterThan(0);
  expect(listBackups(backups).map(({ manifest }) => manifest.label)).toEqual([second.manifest.label]);
  const first = second.manifest.startWal.slice(8);
  expect(archived().filter((name) => name.length > 20 && name.slice(8, 24) < first)).toEqual([]);
  await stop();
  await restore({ kind: 'latest' });
  await start();
  expect(await paid()).toEqual([1, 9]);
});

it('what a restore left behind is had along its own timeline, by its name, and is never taken for the newest', async () => {
  await pay(21);
  const { at } = await pay(22);
  await pay(23);
  const { manifest: late } = await backUp(new Date(Date.now() + 10_000));
  const lost = await pay(24);
  await pay(25);
  await stop();
  const { timeline } = await restore({ kind: 'time', at: new Date(at.getTime() + 1) });
  expect(timeline).toBe(late.timeline + 1);
  await start();
  expect(await paid()).toEqual([1, 9, 21, 22]);
  await pay(30);
  await stop();

  // The newest backup leads nowhere from here, and what was paid after it was never paid.
  const moment = { kind: 'time', at: new Date(lost.at.getTime() + 1) } as const;
  const choose = (label: string | undefined, target: Target, along?: number) =>
    chooseBackup(backups, label, target, { timeline: along, dataDir });
  expect(() => choose(undefined, moment)).toThrow(
    new RegExp(`At that moment the books were on timeline ${late.timeline}, which a restore left behind`),
  );
  expect(() => choose(late.label, { kind: 'latest' })).toThrow(/of what a restore left behind/);
  expect(() => choose(undefined, moment, 99)).toThrow(/There is no timeline 99/);
  expect(choose(late.label, { kind: 'backup' })).toMatchObject({ timeline: late.timeline });
  expect(choose(undefined, moment, late.timeline).manifest.label).toBe(late.label);
  await restore({ kind: 'latest' });
  await start();
  expect(await paid()).toEqual([1, 9, 21, 22, 30]);
  await stop();
  await restore(moment, late.timeline);
  await start();
  expect(await paid()).toEqual([1, 9, 21, 22, 23, 24]);
  await stop();
}, 180_000);

it('a backup with a file that changed, is short or is gone is refused before anything is touched', async () => {
  const [backup] = listBackups(backups);
  if (!backup) throw new Error('there is one');
  const file = path.join(backup.directory, 'data', 'global', 'pg_control');
  const whole = fs.readFileSync(file);
  const changed = Buffer.from(whole);
  changed[100] = (changed[100] ?? 0) ^ 1;
  fs.writeFileSync(file, changed);
  await expect(checkBackup(backup, backups)).rejects.toThrow(
    /damaged: global\/pg_control is not what was written/,
  );
  fs.writeFileSync(file, whole.subarray(1));
  await expect(checkBackup(backup, backups)).rejects.toThrow(/has 8191 bytes instead of 8192/);
  fs.rmSync(file);
  await expect(checkBackup(backup, backups)).rejects.toThrow(/global\/pg_control is missing/);
  fs.writeFileSync(file, whole);
  fs.rmSync(path.join(walDirectory(backups), `${backup.manifest.stopWal}.gz`));
  await expect(checkBackup(backup, backups)).rejects.toThrow(/is missing in/);
});
