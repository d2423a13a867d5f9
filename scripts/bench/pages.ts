/**
 * npm run bench:pages -- [--sizes 10000,1000000,10000000] [--rounds 3] [--visits 12] [--keep <directory>] [--json <file>]
 *
 * What each page costs as the movements grow, up to ten million of a million customers: how many queries it asks, and how
 * long the built app takes to send it whole, over HTTP on one machine. The books are those of bench:growth, and with
 * --keep the same directory serves both. `--sizes 10000` alone says in minutes whether every page answers.
 */
import { statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build, isBuilt } from '../lib/build.mjs';
import { endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { step } from '../lib/progress.mjs';
import { root } from '../lib/settings.mjs';
import { outsideEnvironment, testSettings } from '../lib/test-app.mjs';
import { Figures } from './lib/figures.ts';
import { startBenchServer } from './lib/growth-server.ts';
import { DATABASE, Sizes } from './lib/growth-sizes.ts';
import { readFrom } from './lib/plans.ts';
import { describeMachine, printJson } from './lib/report.ts';
import { VAULT_KEYS } from './lib/vault-keys.ts';
import { startWebAlone } from './lib/web-alone.ts';

const DIST_DIR = '.next-test';
const GOAL = 1.3;
/** What 95 of 100 visits of a page take at most, at the last size. */
const PAGE_MS = 100;
/** So often each page is opened first: a web that just began compiles what it runs, one that serves has done so. */
const WARM_UP = 10;
const logs = path.join(root, '.data', 'bench-logs');

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000,10000000' },
    rounds: { type: 'string', default: '3' },
    visits: { type: 'string', default: '12' },
    keep: { type: 'string' },
    json: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const [rounds, times] = [Number(values.rounds), Number(values.visits)];
const medians = new Figures(sizes);
const worst = new Figures(sizes, 0.95);
/** Of each page at the last size that was counted. */
const queries = new Map<string, number[]>();

const disconnect = async () => (await import('./lib/page-visits.ts')).disconnect();

async function main(): Promise<number> {
  if (!isBuilt(DIST_DIR))
    await step('Build the console', () => build({ distDir: DIST_DIR, env: outsideEnvironment(), logs }));
  const settings = await testSettings();
  // Nobody answers at Fintoc, and nobody is asked; the books of a bench have one role for all.
  const here = { FINTOC_BASE_URL: 'http://127.0.0.1:9', ALLOW_OWNER_DATABASE_ROLE: '1', VAULT_KEYS };
  Object.assign(settings.env, here);
  Object.assign(process.env, settings.env);
  const server = await startBenchServer(values.keep);
  try {
    const books = new Sizes(server.url, sizes, disconnect);
    await books.provide();
    const address = settings.env.NEXTAUTH_URL ?? `http://127.0.0.1:${settings.ports.web}`;
    const opened = async (work: (cookie: string) => Promise<void>) => {
      Object.assign(settings.env, { DATABASE_URL: process.env.DATABASE_URL });
      const stop = await startWebAlone(settings, DIST_DIR, logs);
      try {
        await work(await (await import('./lib/page-visits.ts')).signIn(address));
      } finally {
        await stop();
      }
    };
    await books.inRounds(rounds, (size) => opened((cookie) => measurePages(size, address, cookie)));
    const log = await logEveryQuery(server.url);
    for (const size of sizes)
      await books.on(size, async () => {
        await onDatabase(server.url, `ALTER DATABASE ${DATABASE} SET log_min_duration_statement = 0`);
        await opened((cookie) => countQueries(size, address, cookie, log));
        await onDatabase(server.url, `ALTER DATABASE ${DATABASE} RESET log_min_duration_statement`);
      });
  } finally {
    await disconnect();
    await server.stop();
  }
  report();
  return judge();
}

async function measurePages(size: number, address: string, cookie: string): Promise<void> {
  const { visit, visits } = await import('./lib/page-visits.ts');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const open = (path: string) => visit(agent, new URL(path, address).href, cookie);
  for (let nth = 0; nth < WARM_UP; nth += 1) for (const { path } of visits(size)) await open(path(nth));
  for (const { name, path } of visits(size)) {
    process.stderr.write(`\r${size.toLocaleString('en')}: ${name}`.padEnd(79));
    const took: number[] = [];
    for (let nth = WARM_UP; nth < WARM_UP + times; nth += 1) took.push(await open(path(nth)));
    medians.add({ name, unit: 'ms' }, size, took);
    worst.add({ name, unit: 'ms' }, size, took);
  }
  agent.destroy();
  process.stderr.write('\r'.padEnd(80));
}

/** Of one visit of each, as the server wrote them down. */
async function countQueries(size: number, address: string, cookie: string, log: string): Promise<void> {
  const { visit, visits } = await import('./lib/page-visits.ts');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (const { name, path: page } of visits(size)) {
    const from = statSync(log).size;
    await visit(agent, new URL(page(0), address).href, cookie);
    const asked = readFrom(log, from).match(/duration: [\d.]+ ms {2}(?:execute|statement)/g) ?? [];
    queries.set(name, [...(queries.get(name) ?? []), asked.length]);
  }
  agent.destroy();
}

async function logEveryQuery(superuserUrl: string): Promise<string> {
  const [{ data_directory: directory = '' } = {}] = await onDatabase(superuserUrl, 'SHOW data_directory');
  return path.join(path.dirname(directory), 'postgres.log');
}

async function onDatabase(superuserUrl: string, sql: string): Promise<{ data_directory?: string }[]> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function report(): void {
  console.log(`\n${describeMachine()}; PostgreSQL 18, fsync and synchronous_commit on; p50 / p95 in ms\n`);
  const rows = medians.all();
  const late = new Map(worst.all().map((row) => [row.name, row]));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const head = ['queries', ...sizes.map((size) => size.toLocaleString('en')), 'growth'];
  console.log(`${''.padEnd(width)}${head.map((cell) => cell.padStart(15)).join('')}`);
  for (const { name, values: half, growth } of rows) {
    const counted = [...new Set(queries.get(name) ?? [])].join('–');
    const cells = half.map(
      (value, at) => `${value.toFixed(1)} / ${(late.get(name)?.values[at] ?? 0).toFixed(1)}`,
    );
    console.log(
      `${name.padEnd(width)}${[counted, ...cells].map((cell) => cell.padStart(15)).join('')}${growth.toFixed(2).padStart(13)} ×`,
    );
  }
  const facts = { machine: describeMachine(), sizes, medians: rows, p95: worst.all() };
  printJson({ ...facts, queries: Object.fromEntries(queries) }, values.json);
}

/** The last line of every bench. Answers the exit code. */
function judge(): number {
  const grown = medians.all().filter(({ growth }) => growth > GOAL);
  const slow = worst.all().filter(({ values: all }) => (all.at(-1) ?? Number.NaN) > PAGE_MS);
  const more = [...queries].filter(([, counts]) => (counts.at(-1) ?? 0) > (counts[0] ?? 0) * GOAL);
  const met = grown.length + slow.length + more.length === 0;
  const all = medians.all().length;
  const named = [
    ...grown.map(({ name, growth }) => `${name} ${growth.toFixed(2)} ×`),
    ...slow.map(({ name, values: each }) => `${name} ${each.at(-1)?.toFixed(0)} ms`),
    ...more.map(([name, counts]) => `${name} ${counts.join(' → ')} queries`),
  ].join(', ');
  console.log(
    `${met ? 'goals met' : 'goals missed'}: growth at most ${GOAL} × in ${all - grown.length} of ${all}, ` +
      `95 of 100 within ${PAGE_MS} ms in ${all - slow.length} of ${all}${named ? `; ${named}` : ''}`,
  );
  return met ? 0 : 1;
}

endOnSignals({ message: 'Stopping …', exitCode: 130 });
let exitCode = 1;
try {
  exitCode = await main();
} finally {
  await endAll();
}
process.exit(exitCode);
