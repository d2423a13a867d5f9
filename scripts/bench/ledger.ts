/**
 * npm run bench:ledger -- [--pgledger <checkout>] [--runs 5] [--seconds 4] [--wallets 100000] [--only <words>] [--json <file>]
 *
 * How fast we post, beside pgbench's TPC-B and pgledger's transfers, on one PostgreSQL of its own with durability on.
 * The machine is noisy: the ratios in one run say something, the rates alone do not. `--only single` runs those alone whose
 * names have these words.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { migrate } from '../lib/migrations.mjs';
import { ensureOwnedDatabase, ensureRuntimeRole, grantRuntime } from '../lib/roles.mjs';
import { startThrowawayPostgres } from '../lib/throwaway.mjs';
import { measure, median, type Sample } from './lib/measure.ts';
import { findPgbench, initTpcb, pgbench } from './lib/pgbench.ts';
import { describeMachine, judge, printJson, printTable, type Row } from './lib/report.ts';

const CLIENTS = [1, 8, 32];
const MOST_CLIENTS = 32;
/**
 * For everybody alike: tables in memory, and neither a checkpoint nor the vacuum of what one contestant left that hits
 * another's seconds. Each is vacuumed before it runs.
 */
const SERVER = {
  shared_buffers: '4GB',
  max_wal_size: '16GB',
  checkpoint_timeout: '60min',
  autovacuum: 'off',
};
const BATCH = 100;
/** More events than can be posted in the time are stored before it begins. */
const EVENTS_PER_SECOND = 15_000;
const EVENT_TO_MOVEMENT = 'ours, stored event to posted movement';
const LANE_RESTS_MS = 150;
const TPCB_SCALE = 50;
const PGLEDGER_ACCOUNTS = 100_000;

const { values } = parseArgs({
  options: {
    pgledger: { type: 'string' },
    runs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    wallets: { type: 'string', default: '100000' },
    only: { type: 'string', default: '' },
    json: { type: 'string' },
  },
});
const runs = Number(values.runs);
const seconds = Number(values.seconds);
const wallets = Number(values.wallets);

type Contestant = {
  name: string;
  /** Its database. */
  url: string;
  prepare?: () => Promise<unknown>;
  run: (clients: number) => Promise<Sample>;
};

async function main(): Promise<number> {
  const server = await startThrowawayPostgres({ durable: true, settings: SERVER });
  try {
    const all = [
      ...(await ourselves(server.url)),
      ...(await tpcb(server.url)),
      ...(await pgledger(server.url)),
    ];
    const rows = await compete(all.filter(({ name }) => name.includes(values.only)));
    console.log(
      `\n${describeMachine()}; PostgreSQL 18, fsync and synchronous_commit on; medians of ${runs} runs of ${seconds} s\n`,
    );
    printTable(rows, CLIENTS);
    printJson(asJson(rows), values.json);
    return judge(goalsOf(rows));
  } finally {
    await (await import('~/lib/db')).disconnect();
    await server.stop();
  }
}

async function compete(contestants: Contestant[]): Promise<Row[]> {
  const samples = new Map<string, Map<number, Sample[]>>();
  // Everybody takes part in every round, so that a slow minute of the machine is everybody's.
  for (let round = 1; round <= runs; round += 1) {
    for (const clients of CLIENTS) {
      for (const { name, url, prepare, run } of contestants) {
        process.stdout.write(`\rrun ${round} of ${runs}, ${clients} clients: ${name}`.padEnd(79));
        await prepare?.();
        await query(url, 'VACUUM ANALYZE');
        const byClients = samples.get(name) ?? new Map<number, Sample[]>();
        byClients.set(clients, [...(byClients.get(clients) ?? []), await run(clients)]);
        samples.set(name, byClients);
      }
    }
  }
  process.stdout.write('\r'.padEnd(80));
  return contestants.map(({ name }) => ({
    name,
    byClients: new Map([...(samples.get(name) ?? [])].map(([clients, all]) => [clients, median(all)])),
  }));
}

async function query(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function ourselves(superuserUrl: string): Promise<Contestant[]> {
  const url = await ensureOwnedDatabase(superuserUrl, {
    name: 'monedero',
    password: randomBytes(12).toString('hex'),
  });
  await migrate(url);
  process.env.DATABASE_OWNER_URL = url;
  process.env.DATABASE_URL = await ensureRuntimeRole(superuserUrl, {
    name: 'monedero_app',
    password: randomBytes(12).toString('hex'),
    database: 'monedero',
  });
  await grantRuntime(url, process.env.DATABASE_URL);
  const { preparePlatform, storeDeposits, hotPosting, limitedPosting, spreadPosting } = await import(
    './lib/platform.ts'
  );
  const { postTransactions } = await import('~/lib/ledger/post');
  const { processEvents } = await import('~/lib/inbox/process');
  const { db, retried } = await import('~/lib/db');
  await preparePlatform(wallets);
  // As a worker's lane does where nothing is due, or as many batches are under way as may be.
  const rest = () => sleep(LANE_RESTS_MS, 0);
  const post = (count: number, make: () => ReturnType<typeof hotPosting>) =>
    retried(() => postTransactions(db(), Array.from({ length: count }, make))).then(({ length }) => length);
  return [
    {
      name: EVENT_TO_MOVEMENT,
      url,
      prepare: () => storeDeposits(seconds * EVENTS_PER_SECOND),
      run: (clients) => measure(clients, seconds, async () => (await processEvents()) || rest()),
    },
    {
      name: 'ours, batched, spread',
      url,
      run: (clients) => measure(clients, seconds, () => post(BATCH, spreadPosting)),
    },
    {
      name: 'ours, batched, one hot cash account',
      url,
      run: (clients) => measure(clients, seconds, () => post(BATCH, hotPosting)),
    },
    {
      name: 'ours, single, spread',
      url,
      run: (clients) => measure(clients, seconds, () => post(1, spreadPosting)),
    },
    {
      name: 'ours, single, spread, with limits',
      url,
      run: (clients) => measure(clients, seconds, () => post(1, limitedPosting)),
    },
  ];
}

async function tpcb(superuserUrl: string): Promise<Contestant[]> {
  const program = findPgbench();
  if (!program) {
    console.log('No pgbench on this machine: its row is left out.');
    return [];
  }
  const url = await ensureOwnedDatabase(superuserUrl, {
    name: 'tpcb',
    password: randomBytes(12).toString('hex'),
  });
  await initTpcb(program, url, TPCB_SCALE);
  return [{ name: 'pgbench TPC-B', url, run: (clients) => pgbench({ program, url, clients, seconds }) }];
}

async function pgledger(superuserUrl: string): Promise<Contestant[]> {
  const program = findPgbench();
  if (!values.pgledger || !program) {
    console.log('pgledger is left out: pass the path of a checkout with --pgledger, and have pgbench.');
    return [];
  }
  const url = await ensureOwnedDatabase(superuserUrl, {
    name: 'pgledger',
    password: randomBytes(12).toString('hex'),
  });
  // Its ids are ULIDs, by functions that it vendors.
  const checkout = values.pgledger;
  const files = [
    'vendor/scoville-pgsql-ulid/ulid-to-uuid.sql',
    'vendor/scoville-pgsql-ulid/uuid-to-ulid.sql',
    'pgledger.sql',
  ].map((file) => readFileSync(path.join(checkout, file), 'utf8'));
  await query(
    url,
    ...files,
    // Ids of pgledger are opaque: numbered here, so that pgbench can draw them.
    `CREATE TABLE bench_accounts AS
      SELECT n, (pgledger_create_account('account ' || n, 'MXN')).id FROM generate_series(0, ${PGLEDGER_ACCOUNTS}) n`,
    'ALTER TABLE bench_accounts ADD PRIMARY KEY (n)',
  );
  const transfer = (from: string) => `\\set a random(1, ${PGLEDGER_ACCOUNTS / 2})
\\set b random(${PGLEDGER_ACCOUNTS / 2 + 1}, ${PGLEDGER_ACCOUNTS})
SELECT pgledger_create_transfer((SELECT id FROM bench_accounts WHERE n = ${from}), (SELECT id FROM bench_accounts WHERE n = :b), 1.00);`;
  return [
    {
      name: 'pgledger, spread',
      url,
      run: (clients) => pgbench({ program, url, clients, seconds, script: transfer(':a') }),
    },
    {
      name: 'pgledger, one hot account',
      url,
      run: (clients) => pgbench({ program, url, clients, seconds, script: transfer('0') }),
    },
  ];
}

/**
 * The whole way from stored event to posted movement, spread over all wallets and through one hot cash account, against
 * the best that each peer does at any number of clients, and at the most clients against its own best; single posting
 * at eight clients.
 */
function goalsOf(rows: Row[]) {
  const at = (name: string, clients: number) =>
    rows.find((row) => row.name === name)?.byClients.get(clients)?.perSecond ?? 0;
  const best = (name: string) => Math.max(...CLIENTS.map((clients) => at(name, clients)));
  const ours = best(EVENT_TO_MOVEMENT);
  return [
    { what: 'whole way / pgledger spread', ratio: ours / best('pgledger, spread'), wanted: 2.5 },
    { what: 'whole way / pgledger hot', ratio: ours / best('pgledger, one hot account'), wanted: 6 },
    { what: 'whole way / TPC-B', ratio: ours / best('pgbench TPC-B'), wanted: 1.5 },
    {
      what: `whole way at ${MOST_CLIENTS} / at its best`,
      ratio: at(EVENT_TO_MOVEMENT, MOST_CLIENTS) / ours,
      wanted: 0.8,
    },
    {
      what: 'single / pgledger spread at 8',
      ratio: at('ours, single, spread', 8) / at('pgledger, spread', 8),
      wanted: 1,
    },
    {
      what: 'single with limits / without, at 8',
      ratio: at('ours, single, spread, with limits', 8) / at('ours, single, spread', 8),
      wanted: 0.9,
    },
  ];
}

function asJson(rows: Row[]) {
  return {
    machine: describeMachine(),
    runs,
    seconds,
    rows: rows.map(({ name, byClients }) => ({ name, clients: Object.fromEntries(byClients) })),
  };
}

process.exit(await main());
