/** Puts a backup in the place of our PostgreSQL's data, and replays the archived WAL over it to a moment. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { archiveSettings, restoreCommand, walDirectory } from './archive.mjs';
import { listBackups } from './backups.mjs';
import { tail } from './commands.mjs';
import { freePort } from './ports.mjs';
import {
  giveToPostgres,
  lendDirectory,
  postgresVersion,
  servingProcess,
  startPostgres,
} from './postgres.mjs';
import { PlainError } from './progress.mjs';
import { isOnWay, leftBehind, lsnOf, lsnText, readTimelines, wayTo } from './timelines.mjs';

const RECOVERY_TIMEOUT_MS = 24 * 3_600_000;
const RESTORED = /^([0-9A-F]{24}|[0-9A-F]{8}\.history)$/;

/** @typedef {import('./backups.mjs').Manifest} Manifest */
/** @typedef {{ kind: 'latest' } | { kind: 'backup' } | { kind: 'time', at: Date } | { kind: 'lsn', lsn: string }} Target */
/** @typedef {{ directory: string, manifest: Manifest }} Backup */

/** @param {string} dataDir  of PostgreSQL */
export function assertStopped(dataDir) {
  const pid = servingProcess(dataDir);
  if (pid === 0) return;
  throw new PlainError(
    `PostgreSQL runs on ${dataDir} (process ${pid}). Stop Monedero first; if it was killed, end what it left: kill -INT ${pid}`,
  );
}

/**
 * The backup that was named, or else the newest that ended before the target, and the timeline along which it is taken
 * there: the newest, unless an older one is named. After a restore the log goes on along a new timeline, and what the old
 * one had besides is left behind: backups of that lead nowhere, and what the books were at a moment of it is had only along
 * the old timeline, by its name.
 *
 * @param {string} backups
 * @param {string | undefined} label
 * @param {Target} target
 * @param {{ timeline?: number | undefined, dataDir?: string | undefined }} [options]  timeline: of the restore; dataDir: of PostgreSQL
 * @returns {Backup & { timeline: number | undefined }}
 */
export function chooseBackup(backups, label, target, { timeline, dataDir } = {}) {
  const all = listBackups(backups);
  const names = all.map(({ manifest }) => manifest.label).join(', ');
  if (all.length === 0)
    throw new PlainError(`No backup is in ${backups}. Make one while Monedero runs: npm run backup`);
  const named = label === undefined ? undefined : all.find(({ manifest }) => manifest.label === label);
  if (label !== undefined && !named)
    throw new PlainError(`No backup is called ${label}. There are: ${names}`);
  // A backup's own end is on its own timeline.
  if (named && target.kind === 'backup') return { ...named, timeline: named.manifest.timeline };
  const timelines = readTimelines(backups, dataDir);
  const way = wayTo(timelines, timeline);
  const early = all.filter(({ manifest }) => isBefore(manifest, target));
  if (early.length === 0 || (named && !early.includes(named))) {
    const ended = (named ?? all[0])?.manifest;
    throw new PlainError(
      `A backup can be taken forward from its end, never back: ${ended?.label} ended at ${ended?.finishedAt}, LSN ${ended?.stopLsn}. There are: ${names}`,
    );
  }
  if (target.kind === 'time') requireOnWay(way, timelines, target.at);
  const fitting = early.filter(({ manifest }) => isOnWay(way, manifest));
  const chosen = named ?? fitting.at(-1);
  if (!chosen || !fitting.includes(chosen)) {
    const lost = (chosen ?? all[0])?.manifest;
    throw new PlainError(
      `${lost?.label} is of what a restore left behind on timeline ${lost?.timeline}: timeline ${way?.id} doesn’t come from it. Add --timeline ${lost?.timeline}, or take another. There are: ${names}`,
    );
  }
  const along = target.kind === 'backup' ? chosen.manifest.timeline : way?.id;
  return { ...chosen, timeline: along };
}

/** @param {import('./timelines.mjs').Timeline | null} way @param {Map<number, import('./timelines.mjs').Timeline>} timelines @param {Date} at */
function requireOnWay(way, timelines, at) {
  const left = leftBehind(way, timelines, at);
  if (!left) return;
  const { fork, to } = left;
  throw new PlainError(
    `At that moment the books were on timeline ${fork.from}, which a restore left behind at LSN ${lsnText(fork.lsn)} (${fork.reason}) for timeline ${to.id}, at ${to.beganAt.toISOString()}. ` +
      `To have them as they were then: --timeline ${fork.from} --to-time ${at.toISOString()}. To have what that restore went back to: --to-lsn ${lsnText(fork.lsn)}`,
  );
}

/** @param {Manifest} manifest @param {Target} target */
function isBefore({ finishedAt, stopLsn }, target) {
  if (target.kind === 'time') return new Date(finishedAt) <= target.at;
  if (target.kind === 'lsn') return lsnOf(stopLsn) <= lsnOf(target.lsn);
  return true;
}

/**
 * Compares every file with what the manifest says of it, and looks whether the WAL is there without which it is of no
 * moment at all.
 *
 * @param {Backup} backup
 * @param {string} backups
 */
export async function checkBackup({ directory, manifest }, backups) {
  if (manifest.version !== 1) throw new PlainError(`${directory} was made by a newer Monedero.`);
  const binaries = postgresVersion();
  if (manifest.postgres !== binaries)
    throw new PlainError(`${manifest.label} is of PostgreSQL ${manifest.postgres}, and this is ${binaries}.`);
  for (const { path: name, bytes, sha256 } of manifest.files) {
    const file = path.join(directory, 'data', name);
    if (!fs.existsSync(file)) throw new PlainError(`${manifest.label} is damaged: ${name} is missing.`);
    const found = fs.statSync(file).size;
    if (found !== bytes)
      throw new PlainError(`${manifest.label} is damaged: ${name} has ${found} bytes instead of ${bytes}.`);
    if ((await hashOf(file)) !== sha256)
      throw new PlainError(`${manifest.label} is damaged: ${name} is not what was written.`);
  }
  for (const segment of [manifest.startWal, manifest.stopWal])
    if (!fs.existsSync(path.join(walDirectory(backups), `${segment}.gz`)))
      throw new PlainError(
        `${manifest.label} can’t be restored: ${segment} is missing in ${walDirectory(backups)}.`,
      );
}

async function hashOf(file) {
  const hash = createHash('sha256');
  for await (const chunk of fs.createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * The data directory as it was is moved aside, and comes back if this fails. The server runs meanwhile on a port that
 * nobody knows, and is stopped at the end.
 *
 * @param {object} options
 * @param {Backup} options.backup
 * @param {string} options.backups
 * @param {string} options.dataDir  of PostgreSQL
 * @param {string} options.password  of its superuser
 * @param {Target} options.target
 * @param {number | undefined} [options.timeline]  as chooseBackup says; else the newest
 * @param {string} options.logFile
 * @param {boolean} [options.durable]  false in tests only
 * @param {(line: string) => void} [options.note]
 */
export async function restoreBackup(options) {
  const { backup, backups, dataDir, password, target, timeline, logFile, durable, note } = options;
  assertStopped(dataDir);
  const aside = moveAside(dataDir);
  try {
    const data = lendDirectory(dataDir, note);
    for (const name of fs.readdirSync(path.join(backup.directory, 'data')))
      fs.cpSync(path.join(backup.directory, 'data', name), path.join(data, name), { recursive: true });
    if (aside) takeOverWal(aside, data);
    fs.writeFileSync(path.join(data, 'recovery.signal'), '', { mode: 0o600 });
    giveToPostgres(data);
    const reached = await recover({ data, backups, password, target, timeline, logFile, durable, note });
    return { aside, ...reached };
  } catch (error) {
    remove(dataDir);
    if (aside) fs.renameSync(aside, dataDir);
    throw error;
  }
}

function moveAside(dataDir) {
  if (!fs.existsSync(dataDir)) return null;
  const aside = `${dataDir}.before-${new Date()
    .toISOString()
    .replaceAll(':', '-')
    .replace(/\.\d+Z$/, 'Z')}`;
  fs.renameSync(dataDir, aside);
  return aside;
}

/** Also where it is a link. */
function remove(dataDir) {
  if (!fs.existsSync(dataDir)) return;
  const real = fs.realpathSync(dataDir);
  fs.rmSync(dataDir, { recursive: true, force: true });
  fs.rmSync(real, { recursive: true, force: true });
}

/** What the old server had not archived yet when it ended; recovery takes it after the archive's last. */
function takeOverWal(aside, data) {
  const from = path.join(aside, 'pg_wal');
  if (!fs.existsSync(from)) return;
  for (const name of fs.readdirSync(from).filter((each) => RESTORED.test(each)))
    fs.copyFileSync(path.join(from, name), path.join(data, 'pg_wal', name));
}

async function recover({ data, backups, password, target, timeline, logFile, durable, note }) {
  const before = fs.existsSync(logFile) ? fs.statSync(logFile).size : 0;
  const start = startPostgres({
    dataDir: data,
    port: await freePort(),
    password,
    logFile,
    durable,
    settings: {
      ...archiveSettings(backups, note),
      restore_command: restoreCommand(backups),
      // So that it counts as ready when it has recovered, and not before.
      hot_standby: 'off',
      ...targetSettings(target, timeline),
    },
    note,
    readyTimeoutMs: RECOVERY_TIMEOUT_MS,
  });
  const server = await start.catch((error) => {
    const said = fs.readFileSync(logFile, 'utf8').slice(before);
    if (/recovery ended before configured recovery target was reached/.test(said))
      throw new PlainError(
        'The archive ends before that moment. Leave the target out to restore to its end.',
      );
    throw new PlainError(`PostgreSQL could not recover:\n${tail(logFile, 15)}`, { cause: error });
  });
  try {
    return await whereItStands(server.url);
  } finally {
    await server.stop();
  }
}

/** @param {Target} target @param {number | undefined} timeline */
function targetSettings(target, timeline) {
  const along = timeline === undefined ? {} : { recovery_target_timeline: String(timeline) };
  if (target.kind === 'latest') return along;
  const to = {
    backup: () => ({ recovery_target: 'immediate' }),
    time: () => ({ recovery_target_time: target.at.toISOString().replace('T', ' ').replace('Z', '+00') }),
    lsn: () => ({ recovery_target_lsn: target.lsn }),
  };
  return { ...along, ...to[target.kind](), recovery_target_action: 'promote' };
}

async function whereItStands(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('CHECKPOINT');
    const { rows } = await client.query(`
      SELECT pg_last_wal_replay_lsn()::text AS lsn, pg_last_xact_replay_timestamp() AS "lastCommitAt",
             (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline`);
    return rows[0];
  } finally {
    await client.end();
  }
}
