/**
 * npm run bench:growth -- [--sizes 10000,1000000,10000000] [--rounds 3] [--seconds 4] [--json <file>]
 *
 * What pages and postings cost as the movements grow, on one PostgreSQL of its own with durability on: a year of them at
 * each size, read by the console's own verbs. The machine is noisy; the ratio from the first size to the last says
 * something. Ten million take some ten minutes to write, and 25 GB of disk.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { migrate } from '../lib/migrations.mjs';
import { ensureOwnedDatabase } from '../lib/roles.mjs';
import { startThrowawayPostgres } from '../lib/throwaway.mjs';
import { Figures, printGrowth } from './lib/figures.ts';
import { generate, WALLETS } from './lib/growth-data.ts';
import { measure, timeCalls } from './lib/measure.ts';
import { scansOf, watchPlans } from './lib/plans.ts';
import { describeMachine, printJson } from './lib/report.ts';

const DATABASE = 'monedero';
const GOAL = 1.3;
const BATCH = 100;
const EXPORT_PAGE = 1_000;
const EXPORT_ROWS = 20_000;
const SERVER = {
  shared_buffers: '4GB',
  max_wal_size: '16GB',
  checkpoint_timeout: '30min',
  random_page_cost: '1.1',
  effective_cache_size: '12GB',
};

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000,10000000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    json: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const password = randomBytes(12).toString('hex');
const figures = new Figures(sizes);

async function main(): Promise<number> {
  const server = await startThrowawayPostgres({ durable: true, settings: SERVER });
  const scans: string[] = [];
  try {
    for (const size of sizes) {
      const begin = Date.now();
      await generate(await freshDatabase(server.url), size);
      await rename(server.url, DATABASE, stored(size));
      console.log(
        `${size.toLocaleString('en')} movements written in ${Math.round((Date.now() - begin) / 1_000)} s`,
      );
    }
    // Every size takes part in every round, so that a slow minute of the machine is everybody's.
    for (let round = 1; round <= rounds; round += 1) {
      for (const size of sizes) {
        await rename(server.url, stored(size), DATABASE);
        await measureAll(size);
        if (round === rounds && size === sizes.at(-1)) scans.push(...(await plansOf(size, server.url)));
        await rename(server.url, DATABASE, stored(size));
      }
    }
  } finally {
    await (await import('./lib/growth-reads.ts')).disconnect();
    await server.stop();
  }
  report(scans);
  return judge();
}

const stored = (size: number) => `growth_${size}`;

/** Empty and migrated, under the one address that this process reads. Answers a superuser's address of it. */
async function freshDatabase(superuserUrl: string): Promise<string> {
  const url = await ensureOwnedDatabase(superuserUrl, { name: DATABASE, password });
  await migrate(url);
  process.env.DATABASE_URL = url;
  const ownerUrl = new URL(superuserUrl);
  ownerUrl.pathname = `/${DATABASE}`;
  return ownerUrl.href;
}

async function rename(superuserUrl: string, from: string, to: string): Promise<void> {
  await (await import('./lib/growth-reads.ts')).disconnect();
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [from]);
  await client.query(`ALTER DATABASE ${from} RENAME TO ${to}`);
  await client.end();
}

async function measureAll(size: number): Promise<void> {
  const { reads, exportRows, foldAll, postBatch, setWalletCount } = await import('./lib/growth-reads.ts');
  setWalletCount(WALLETS);
  await foldAll();
  for (const { name, run } of reads(size)) {
    process.stderr.write(`\r${size.toLocaleString('en')}: ${name}`.padEnd(79));
    figures.add({ name, unit: 'ms' }, size, await timeCalls(run));
  }
  const begin = performance.now();
  const rows = await exportRows(Math.min(EXPORT_ROWS, size), EXPORT_PAGE);
  figures.add({ name: 'export, rows', unit: '/s' }, size, [rows / ((performance.now() - begin) / 1_000)]);
  // Last, because it adds movements.
  await measure(2, 1, () => postBatch(BATCH));
  const { perSecond } = await measure(2, seconds, () => postBatch(BATCH));
  figures.add({ name: 'posting, batches of 100 on two connections', unit: '/s' }, size, [perSecond]);
  process.stderr.write('\r'.padEnd(80));
}

/** The reads once more at the last size, for how the server ran them. */
async function plansOf(size: number, superuserUrl: string): Promise<string[]> {
  const { reads, disconnect } = await import('./lib/growth-reads.ts');
  await disconnect();
  const logFile = await watchPlans(superuserUrl, DATABASE);
  const found: string[] = [];
  for (const { name, run } of reads(size)) {
    const tables = await scansOf(logFile, () => run(1));
    if (tables.length > 0) found.push(`  ${name}: ${tables.join(', ')}`);
  }
  return found;
}

function report(scans: string[]): void {
  console.log(`\n${describeMachine()}; PostgreSQL 18, fsync and synchronous_commit on; medians\n`);
  printGrowth(figures);
  console.log(
    scans.length
      ? `\nRead a big table from end to end:\n${scans.join('\n')}`
      : '\nNone of these reads a big table from end to end.',
  );
  printJson({ machine: describeMachine(), sizes, figures: figures.all(), scans }, values.json);
}

/** The last line of every bench. Answers the exit code. */
function judge(): number {
  const bounded = figures.all().sort((a, b) => b.growth - a.growth);
  const missed = bounded.filter(({ growth }) => growth > GOAL);
  const shown = missed.length > 0 ? missed : bounded.slice(0, 3);
  const said = shown.map(({ name, growth }) => `${name} ${growth.toFixed(2)} ×`).join(', ');
  console.log(
    `${missed.length === 0 ? 'goals met' : 'goals missed'}: growth at most ${GOAL} × in ${bounded.length - missed.length} of ${bounded.length}; ${said}`,
  );
  return missed.length === 0 ? 0 : 1;
}

process.exit(await main());
