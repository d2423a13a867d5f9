import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { tail } from './commands.mjs';
import { atExit, isEnding } from './lifecycle.mjs';
import { PlainError } from './progress.mjs';
import { root } from './settings.mjs';

const STOP_TIMEOUT_MS = 15_000;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
/** One that ran this long was well: the next delay is the first again. */
const WELL_AFTER_MS = 60_000;
const LOG_LIMIT_BYTES = 20_000_000;

/**
 * Runs a program and starts it again, ever later, when it dies. Before `ready()` has been called a death is
 * final, since a restart would only hide a wrong configuration.
 *
 * @param {{ name: string, command: string[], env: Record<string, string | undefined>, logs: string, echo?: boolean }} options
 */
export function supervise({ name, command, env, logs, echo = false }) {
  const log = path.join(logs, `${name}.log`);
  rotate(log);
  /** @type {import('node:child_process').ChildProcess} */
  let child;
  let isReady = false;
  let delayMs = FIRST_DELAY_MS;
  /** @type {string | null} */
  let death = null;
  let isOver = false;

  const begin = () => {
    const startedAt = Date.now();
    child = spawnLogged(command, env, log, echo ? name : null);
    child.once('close', (code, signal) => {
      if (isEnding() || isOver) return;
      const how = `${name} ended (${code ?? signal})`;
      if (!isReady) {
        death = how;
        return;
      }
      if (Date.now() - startedAt > WELL_AFTER_MS) delayMs = FIRST_DELAY_MS;
      console.error(
        `${how}, starting it again in ${delayMs / 1000} s. Its last words, from ${log}:\n${tail(log, 10)}`,
      );
      setTimeout(() => isEnding() || isOver || begin(), delayMs);
      delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
    });
  };
  begin();
  const forget = atExit(() => stop(child));

  return {
    /** From now on a death is repaired. */
    ready() {
      isReady = true;
    },
    /** Throws if the program has died before it was ready. */
    assertAlive() {
      if (death) throw new PlainError(`${tail(log)}\n${death} instead of starting. Its log: ${log}`);
    },
    /** Stops it for good. */
    async end() {
      isOver = true;
      forget();
      await stop(child);
    },
  };
}

/**
 * Starts a program as the head of a process group, with its output in `log`, tethered to this process.
 *
 * @param {string[]} command
 * @param {Record<string, string | undefined>} env
 * @param {string} log
 * @param {string | null} prefix  shows the output as well, under this name
 */
export function spawnLogged([file, ...args], env, log, prefix) {
  const sink = prefix ? 'pipe' : fs.openSync(log, 'a');
  // A group of its own, so that Ctrl-C in the terminal reaches the starter alone, which then stops all in order.
  const child = spawn(file, args, { cwd: root, env, detached: true, stdio: ['pipe', sink, sink] });
  // The pipe is the tether; nobody writes to it.
  child.stdin?.on('error', () => {});
  if (typeof sink === 'number') fs.closeSync(sink);
  for (const stream of prefix ? [child.stdout, child.stderr] : []) {
    stream?.setEncoding('utf8').on('data', (text) => {
      fs.appendFileSync(log, text);
      process.stdout.write(text.replace(/^(?=.)/gm, `${prefix} │ `));
    });
  }
  return child;
}

/** In order, and by force when that takes too long. @param {import('node:child_process').ChildProcess} child */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const group = -child.pid;
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => process.kill(group, 'SIGKILL'), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
}

function rotate(log) {
  fs.mkdirSync(path.dirname(log), { recursive: true, mode: 0o700 });
  if (fs.existsSync(log) && fs.statSync(log).size > LOG_LIMIT_BYTES) fs.renameSync(log, `${log}.1`);
}
