import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { atExit } from './lifecycle.mjs';
import { PlainError } from './progress.mjs';

const TAIL_LINES = 40;

/**
 * Runs a command to its end with its output in `log`; when it fails, the error carries the tail of that.
 * Returns what it wrote to standard output.
 *
 * @param {string[]} command
 * @param {{ cwd: string, env?: Record<string, string | undefined>, log: string, echo?: boolean, tailLines?: number }} options
 * @returns {Promise<string>}
 */
export async function run([file, ...args], { cwd, env = process.env, log, echo = false, tailLines }) {
  fs.mkdirSync(path.dirname(log), { recursive: true, mode: 0o700 });
  const output = fs.createWriteStream(log);
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const forget = atExit(() => child.kill('SIGTERM'));
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    output.write(text);
    if (echo) process.stdout.write(text);
  });
  child.stderr.pipe(output, { end: false });
  if (echo) child.stderr.pipe(process.stderr, { end: false });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
  }).finally(forget);
  await new Promise((resolve) => output.end(resolve));
  if (code !== 0)
    throw new PlainError(
      `${echo ? '' : `${tail(log, tailLines)}\n`}${[path.basename(file), ...args].join(' ')} ended with ${code}. All of it: ${log}`,
    );
  return stdout;
}

/**
 * The last lines of a log, indented.
 *
 * @param {string} file
 */
export function tail(file, lines = TAIL_LINES) {
  if (!fs.existsSync(file)) return '';
  const text = fs.readFileSync(file, 'utf8').trimEnd();
  return text
    .split('\n')
    .slice(-lines)
    .map((line) => `    ${line}`)
    .join('\n');
}
