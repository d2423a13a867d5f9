/** Physical backups of our own PostgreSQL, by SQL and file copies: no tool of PostgreSQL's own is needed. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { WANTED, walDirectory } from './archive.mjs';
import { PlainError } from './progress.mjs';

export const MANIFEST = 'manifest.json';
const UNFINISHED = '.unfinished';
const STOP_TIMEOUT_MS = 120_000;
const ABANDONED_MS = 24 * 3_600_000;
/** What PostgreSQL makes anew, and what would make the copy take itself for the running server. */
const LEFT_OUT = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'current_logfiles',
  'recovery.signal',
  'standby.signal',
]);
const EMPTIED = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const LEFT_OUT_ANYWHERE = /^(pgsql_tmp.*|pg_internal\.init(\..*)?)$/;

/** @typedef {{ path: string, bytes: number, sha256: string }} BackedUpFile */
/**
 * @typedef {object} Manifest
 * @property {1} version
 * @property {string} label
 * @property {string} postgres  its major version
 * @property {string} system  of the cluster, which all its copies share
 * @property {number} timeline
 * @property {string} startLsn
 * @property {string} stopLsn
 * @property {string} startWal  the first segment that a restore needs
 * @property {string} stopWal  and the last, without which the copy is of no moment at all
 * @property {string} startedAt
 * @property {string} finishedAt
 * @property {BackedUpFile[]} files
 */

/**
 * Has the database know of it, for the page that says what an installation still lacks.
 *
 * @param {string} superuserUrl
 * @param {string} database
 * @param {{ finishedAt: string }} made
 */
export async function noteBackup(superuserUrl, database, { finishedAt }) {
  const url = Object.assign(new URL(superuserUrl), { pathname: `/${database}` });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO settings (key, value, updated_at) VALUES ('backupMade', jsonb_build_object('at', $1::text), now())
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
      [finishedAt],
    );
  } finally {
    await client.end();
  }
}

/**
 * Copies the running server's files while it goes on working. The copy is of the moment at which it ends, once the WAL
 * of its time is replayed over it.
 *
 * @param {{ superuserUrl: string, backups: string, secrets: string, now?: Date, durable?: boolean }} options  secrets: the file of them; durable: false in tests only
 */
export async function takeBackup({ superuserUrl, backups, secrets, now = new Date(), durable = true }) {
  const label = now
    .toISOString()
    .replaceAll(':', '-')
    .replace(/\.\d+Z$/, 'Z');
  const finished = path.join(backups, label);
  const copy = `${finished}${UNFINISHED}`;
  if (fs.existsSync(finished)) throw new PlainError(`${finished} is there already: wait a second.`);
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const server = await about(client);
    fs.writeFileSync(path.join(walDirectory(backups), WANTED), '');
    fs.mkdirSync(path.join(copy, 'data'), { recursive: true, mode: 0o700 });
    const { rows } = await client.query('SELECT pg_backup_start($1, true)::text AS lsn', [label]);
    const startLsn = rows[0].lsn;
    const files = await copyData(server.directory, path.join(copy, 'data'), durable);
    const stopped = await stopBackup(client);
    files.push(write(path.join(copy, 'data'), 'backup_label', stopped.labelfile));
    if (stopped.spcmapfile.trim())
      throw new PlainError('A database with tablespaces can’t be backed up by this.');
    if (fs.existsSync(secrets)) fs.copyFileSync(secrets, path.join(copy, 'local.env'));
    const names = await client.query(
      'SELECT pg_walfile_name($1::pg_lsn) AS first, pg_walfile_name($2::pg_lsn) AS last',
      [startLsn, stopped.lsn],
    );
    /** @type {Manifest} */
    const manifest = {
      version: 1,
      label,
      postgres: server.postgres,
      system: server.system,
      timeline: Number.parseInt(names.rows[0].first.slice(0, 8), 16),
      startLsn,
      stopLsn: stopped.lsn,
      startWal: names.rows[0].first,
      stopWal: names.rows[0].last,
      startedAt: now.toISOString(),
      finishedAt: stopped.at.toISOString(),
      files,
    };
    write(copy, MANIFEST, JSON.stringify(manifest, null, 1));
    fs.renameSync(copy, finished);
    return { directory: finished, manifest };
  } catch (error) {
    fs.rmSync(copy, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function about(client) {
  const { rows } = await client.query(`
    SELECT current_setting('data_directory') AS directory, current_setting('archive_mode') AS archiving,
           (current_setting('server_version_num')::int / 10000)::text AS postgres,
           (SELECT system_identifier::text FROM pg_control_system()) AS system`);
  if (rows[0].archiving !== 'on') {
    throw new PlainError(
      'PostgreSQL runs without archiving its WAL: start Monedero anew with `npm start`, then back up.',
    );
  }
  return rows[0];
}

/** Waits until the WAL that the copy needs is in the archive. */
async function stopBackup(client) {
  await client.query(`SET statement_timeout = ${STOP_TIMEOUT_MS}`);
  try {
    const { rows } = await client.query(
      'SELECT lsn::text, labelfile, spcmapfile, clock_timestamp() AS at FROM pg_backup_stop(true)',
    );
    return rows[0];
  } catch (error) {
    if (error.code !== '57014') throw error;
    throw new PlainError(
      'The WAL was not archived within two minutes. The log of PostgreSQL says why: is the disk of the backups full?',
    );
  }
}

/** The control file last: it then tells of nothing that the copy lacks. */
export async function copyData(from, to, durable) {
  const files = [];
  const walk = async (below) => {
    for (const entry of fs.readdirSync(path.join(from, below), { withFileTypes: true })) {
      const name = path.join(below, entry.name);
      if (LEFT_OUT.has(name) || LEFT_OUT_ANYWHERE.test(entry.name) || name === CONTROL) continue;
      if (entry.isDirectory()) {
        fs.mkdirSync(path.join(to, name), { mode: 0o700 });
        if (name === 'pg_wal') fs.mkdirSync(path.join(to, name, 'archive_status'), { mode: 0o700 });
        if (!EMPTIED.has(name)) await walk(name);
      } else if (entry.isFile()) {
        const copied = await copyFile(from, to, name, durable);
        if (copied) files.push(copied);
      }
    }
  };
  await walk('');
  const control = await copyFile(from, to, CONTROL, durable);
  if (!control) throw new Error(`${from} has no ${CONTROL}.`);
  return [...files, control];
}

const CONTROL = path.join('global', 'pg_control');

/** Null: it was dropped meanwhile, which the WAL knows as well. */
async function copyFile(from, to, name, durable) {
  const source = await fs.promises.open(path.join(from, name), 'r').catch((error) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!source) return null;
  const target = await fs.promises.open(path.join(to, name), 'wx', 0o600);
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(1 << 20);
  let bytes = 0;
  try {
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      await target.write(chunk);
      bytes += bytesRead;
    }
    if (durable) await target.sync();
  } finally {
    await source.close();
    await target.close();
  }
  return { path: name, bytes, sha256: hash.digest('hex') };
}

function write(directory, name, text) {
  const file = fs.openSync(path.join(directory, name), 'w', 0o600);
  fs.writeSync(file, text);
  fs.fsyncSync(file);
  fs.closeSync(file);
  return {
    path: name,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

/**
 * The finished backups, oldest first.
 *
 * @param {string} backups
 * @returns {{ directory: string, manifest: Manifest }[]}
 */
export function listBackups(backups) {
  if (!fs.existsSync(backups)) return [];
  return fs
    .readdirSync(backups)
    .sort()
    .map((name) => path.join(backups, name))
    .filter((directory) => !directory.endsWith(UNFINISHED) && fs.existsSync(path.join(directory, MANIFEST)))
    .map((directory) => ({
      directory,
      manifest: JSON.parse(fs.readFileSync(path.join(directory, MANIFEST), 'utf8')),
    }));
}

/**
 * Removes all but the newest backups, and the WAL that none of those needs. Answers what went.
 *
 * @param {string} backups
 * @param {number} keep
 */
export function pruneBackups(backups, keep) {
  const all = listBackups(backups);
  const gone = all.slice(0, Math.max(0, all.length - keep));
  for (const { directory } of gone) fs.rmSync(directory, { recursive: true });
  for (const name of fs.readdirSync(backups).filter((each) => each.endsWith(UNFINISHED))) {
    const abandoned = Date.now() - fs.statSync(path.join(backups, name)).mtimeMs > ABANDONED_MS;
    if (abandoned) fs.rmSync(path.join(backups, name), { recursive: true });
  }
  const oldest = all[gone.length];
  const segments = oldest ? segmentsBefore(walDirectory(backups), oldest.manifest.startWal) : [];
  for (const name of segments) fs.rmSync(path.join(walDirectory(backups), name));
  return { backups: gone.map(({ manifest }) => manifest.label), segments: segments.length };
}

/** By their place in the log whatever their timeline, as a later restore may cross from one to the next. */
function segmentsBefore(directory, first) {
  return fs
    .readdirSync(directory)
    .filter((name) => /^[0-9A-F]{24}.*\.gz$/.test(name) && name.slice(8, 24) < first.slice(8));
}
