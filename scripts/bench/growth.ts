/**
 * npm run bench:growth -- [--sizes 10000,1000000,10000000] [--rounds 3] [--seconds 4]
 *                         [--keep <directory>] [--json <file>]
 *
 * What pages and postings cost as the movements grow, on one PostgreSQL of its own with durability on: a year of them at
 * each size, read by the console's own verbs. The machine is noisy; the ratio from the first size to the last says
 * something. Ten million take some ten minutes to write, and 25 GB of disk. With --keep they stay in a directory, which
 * the next run reads instead of writing them again; postings, which would change them, are then not measured.
 */
import { parseArgs } from 'node:util';
import { Figures, printGrowth } from './lib/figures.ts';
import { WALLETS } from './lib/growth-data.ts';
import { startBenchServer } from './lib/growth-server.ts';
import { DATABASE, Sizes } from './lib/growth-sizes.ts';
import { measure, timeCalls } from './lib/measure.ts';
import { scansOf, unwatchPlans, watchPlans } from './lib/plans.ts';
import { describeMachine, printJson } from './lib/report.ts';

const GOAL = 1.3;
/** Of the searches: what 95 of 100 take at most, at the last size. */
const SEARCH_MS = 100;
const BATCH = 100;
/** Pages that a checkpoint wrote out are logged whole when they are first touched again. */
const WARM_UP_SECONDS = 4;
const EXPORT_PAGE = 1_000;
const EXPORT_ROWS = 20_000;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000,10000000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    keep: { type: 'string' },
    json: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const largest = Math.max(...sizes);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const figures = new Figures(sizes);
const searched = new Figures(sizes, 0.95);

async function main(): Promise<number> {
  const server = await startBenchServer(values.keep);
  const scans: string[] = [];
  try {
    const books = new Sizes(server.url, sizes, disconnect);
    await books.provide();
    // A run that was cut may have left it on.
    for (const size of sizes) await books.on(size, () => unwatchPlans(server.url, DATABASE));
    await books.inRounds(rounds, measureReads);
    await books.inRounds(rounds, measureSearches);
    await books.on(largest, async () => scans.push(...(await plansOf(largest, server.url))));
    // After all reading: what it adds is of one kind and without words, and searches would walk past it.
    if (!values.keep) await books.inRounds(rounds, measurePosting);
  } finally {
    await disconnect();
    await server.stop();
  }
  report(scans);
  return judge();
}

/** Of this process, so that a database can have another name. */
async function disconnect(): Promise<void> {
  await (await import('./lib/growth-reads.ts')).disconnect();
}

async function measureReads(size: number): Promise<void> {
  const { reads, exportRows, foldAll } = await import('./lib/growth-reads.ts');
  await foldAll();
  for (const { name, run } of reads(size)) {
    process.stderr.write(`\r${size.toLocaleString('en')}: ${name}`.padEnd(79));
    figures.add({ name, unit: 'ms' }, size, await timeCalls(run));
  }
  const begin = performance.now();
  const rows = await exportRows(Math.min(EXPORT_ROWS, size), EXPORT_PAGE);
  figures.add({ name: 'export, rows', unit: '/s' }, size, [rows / ((performance.now() - begin) / 1_000)]);
  process.stderr.write('\r'.padEnd(80));
}

async function measureSearches(size: number): Promise<void> {
  const { searches } = await import('./lib/growth-searches.ts');
  for (const { name, run } of searches(size)) {
    process.stderr.write(`\r${size.toLocaleString('en')}: ${name}`.padEnd(79));
    searched.add({ name, unit: 'ms' }, size, await timeCalls(run));
  }
  process.stderr.write('\r'.padEnd(80));
}

async function measurePosting(size: number): Promise<void> {
  const { postBatch, setWalletCount } = await import('./lib/growth-reads.ts');
  setWalletCount(WALLETS);
  await measure(2, WARM_UP_SECONDS, () => postBatch(BATCH));
  const { perSecond } = await measure(2, seconds, () => postBatch(BATCH));
  figures.add({ name: 'posting, batches of 100 on two connections', unit: '/s' }, size, [perSecond]);
}

/** The reads once more at the last size, for how the server ran them. */
async function plansOf(size: number, superuserUrl: string): Promise<string[]> {
  const { reads } = await import('./lib/growth-reads.ts');
  const { searches } = await import('./lib/growth-searches.ts');
  await disconnect();
  const logFile = await watchPlans(superuserUrl, DATABASE);
  const found: string[] = [];
  for (const { name, run } of [...reads(size), ...searches(size)]) {
    const tables = await scansOf(logFile, () => run(1));
    if (tables.length > 0) found.push(`  ${name}: ${tables.join(', ')}`);
  }
  await unwatchPlans(superuserUrl, DATABASE);
  return found;
}

function report(scans: string[]): void {
  console.log(`\n${describeMachine()}; PostgreSQL 18, fsync and synchronous_commit on; medians\n`);
  printGrowth(figures);
  console.log('\nSearches and lists by name or bank, 95 of 100 in at most\n');
  printGrowth(searched);
  console.log(
    scans.length
      ? `\nRead a big table from end to end:\n${scans.join('\n')}`
      : '\nNone of these reads a big table from end to end.',
  );
  printJson(
    { machine: describeMachine(), sizes, figures: figures.all(), searches: searched.all(), scans },
    values.json,
  );
}

/** The last line of every bench. Answers the exit code. */
function judge(): number {
  const bounded = figures.all().sort((a, b) => b.growth - a.growth);
  const missed = bounded.filter(({ growth }) => growth > GOAL);
  const shown = missed.length > 0 ? missed : bounded.slice(0, 3);
  const said = shown.map(({ name, growth }) => `${name} ${growth.toFixed(2)} ×`).join(', ');
  const slowest = searched.all().sort((a, b) => (b.values.at(-1) ?? 0) - (a.values.at(-1) ?? 0));
  const slow = slowest.filter(({ values }) => (values.at(-1) ?? Number.NaN) > SEARCH_MS);
  const named = (slow.length > 0 ? slow : slowest.slice(0, 3)).map(
    ({ name, values }) => `${name} ${values.at(-1)?.toFixed(0)} ms`,
  );
  const met = missed.length === 0 && slow.length === 0;
  console.log(
    `${met ? 'goals met' : 'goals missed'}: growth at most ${GOAL} × in ${bounded.length - missed.length} of ${bounded.length}; ${said}; ` +
      `searches within ${SEARCH_MS} ms in ${slowest.length - slow.length} of ${slowest.length}; ${named.join(', ')}`,
  );
  return met ? 0 : 1;
}

process.exit(await main());
