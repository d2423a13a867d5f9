import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Sample } from './measure.ts';

const run = promisify(execFile);

/** Debian keeps it beside the server's programs; elsewhere it is on the path. Null when this machine has none. */
export function findPgbench(): string | null {
  const places = ['/usr/bin/pgbench', '/usr/local/bin/pgbench', '/opt/homebrew/bin/pgbench'];
  return places.find((place) => existsSync(place)) ?? null;
}

type Options = { program: string; url: string; clients: number; seconds: number; script?: string };

/** One pgbench run with prepared statements; its own script, or TPC-B when there is none. */
export async function pgbench({ program, url, clients, seconds, script }: Options): Promise<Sample> {
  const file = script ? ['-f', scriptFile(script)] : [];
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(clients),
    '-j',
    String(Math.min(clients, 2)),
    '-T',
    String(seconds),
    ...file,
    url,
  ];
  const { stdout } = await run(program, args, { maxBuffer: 2 ** 24 });
  const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  const mean = Number(/latency average = ([\d.]+)/.exec(stdout)?.[1]);
  // pgbench prints a mean only; the table shows it as p50 and leaves p99 to our own contestants.
  return { perSecond, p50: mean, p99: Number.NaN };
}

export async function initTpcb(program: string, url: string, scale: number): Promise<void> {
  await run(program, ['-i', '-q', '-s', String(scale), url], { maxBuffer: 2 ** 24 });
}

const scripts = new Map<string, string>();

function scriptFile(script: string): string {
  let file = scripts.get(script);
  if (!file) {
    file = `/tmp/monedero-bench-${process.pid}-${scripts.size}.sql`;
    writeFileSync(file, script);
    scripts.set(script, file);
  }
  return file;
}
