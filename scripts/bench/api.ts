/**
 * npm run bench:api -- [--runs 3] [--seconds 5] [--wallets 10000] [--json <file>]
 *
 * How fast the built app's API answers over HTTP: a balance, a list of wallets and a payout that is asked for, beside
 * routes of the same server that do nothing, a bare query by `pg` and one posting at a time. Web, PostgreSQL and whoever
 * asks share the machine; no worker runs.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, isBuilt } from '../lib/build.mjs';
import { applyMigrations, startDatabase } from '../lib/database.mjs';
import { endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { step } from '../lib/progress.mjs';
import { root } from '../lib/settings.mjs';
import { outsideEnvironment, testSettings } from '../lib/test-app.mjs';
import { Client, type Delivery, type Load, middle } from './lib/http-load.ts';
import { measure, median, type Sample } from './lib/measure.ts';
import { describeMachine, type Goal, judge, printJson } from './lib/report.ts';
import { startWebAlone } from './lib/web-alone.ts';

const DIST_DIR = '.next-test';
const CLIENTS = 32;
const SHARES = [0.25, 0.5, 0.75, 0.9];
const logs = path.join(root, '.data', 'bench-logs');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    wallets: { type: 'string', default: '10000' },
    json: { type: 'string' },
  },
});
const runs = Number(values.runs);
const seconds = Number(values.seconds);
const wallets = Number(values.wallets);

type Verb = 'balance' | 'list' | 'withdrawal';
const VERBS: Record<Verb, string> = {
  balance: 'GET  /wallets/{id}/balance',
  list: 'GET  /wallets, 20 of them',
  withdrawal: 'POST /withdrawals',
};
type Step = { asked: number; answered: Load };
type Figures = {
  nothing: Record<'GET' | 'POST', Load>;
  verbs: Record<Verb, { most: Load; steps: Step[]; half: Step }>;
  query: Sample;
  posting: Sample;
  withdrawals: number;
  reserved: bigint;
};

async function main(): Promise<number> {
  const settings = await testSettings();
  // Nobody answers at Fintoc, and nobody is asked: what is measured ends at our books.
  Object.assign(settings.env, { FINTOC_BASE_URL: 'http://127.0.0.1:9', API_REQUESTS_PER_SECOND: '100000' });
  if (!isBuilt(DIST_DIR))
    await step('Build the console', () => build({ distDir: DIST_DIR, env: outsideEnvironment(), logs }));
  await step('Start PostgreSQL', () => startDatabase(settings, logs));
  await applyMigrations(settings.env);
  Object.assign(process.env, settings.env);
  const books = await import('./lib/api-books.ts');
  await step(`Open ${wallets} wallets`, () => books.preparePlatform(wallets));
  const next = books.requests(await books.someKey(), wallets);
  await step('Start the web', () => startWebAlone(settings, DIST_DIR, logs));
  const client = new Client(settings.ports.web, CLIENTS * 4);
  const least = books.references(wallets, CLIENTS);
  try {
    const most = await inTurns(client, next);
    const query = await reference(least.balance);
    const posting = await reference(least.posting);
    const verbs = {
      balance: await atRates(client, next.balance, most.balance),
      list: await atRates(client, next.list, most.list),
      withdrawal: await atRates(client, next.withdrawal, most.withdrawal),
    };
    const none = { GET: most.get, POST: most.post };
    const figures: Figures = { nothing: none, verbs, query, posting, ...(await books.asked()) };
    report(figures);
    printJson({ machine: describeMachine(), ...figures, reserved: figures.reserved.toString() }, values.json);
    return judge(goals(figures));
  } finally {
    client.close();
    await least.close();
    await books.disconnect();
  }
}

const nothing = (method: 'GET' | 'POST'): Delivery => ({
  ...{ method, path: '/api/alive', headers: {}, body: '', expected: 204 },
});

/** As fast as each is answered, turn by turn, so that all have the same minutes. */
async function inTurns(client: Client, next: Record<Verb, () => Delivery>) {
  const asked = { get: () => nothing('GET'), post: () => nothing('POST'), ...next };
  const names = Object.keys(asked) as (keyof typeof asked)[];
  const loads = new Map<keyof typeof asked, Load[]>();
  for (const name of names) await client.saturate(CLIENTS, 1, asked[name]);
  for (let run = 0; run < runs; run += 1)
    for (const name of names)
      loads.set(name, [...(loads.get(name) ?? []), await client.saturate(CLIENTS, seconds, asked[name])]);
  return Object.fromEntries(names.map((name) => [name, middle(loads.get(name) ?? [])])) as Record<
    keyof typeof asked,
    Load
  >;
}

async function reference(work: () => Promise<unknown>): Promise<Sample> {
  const samples: Sample[] = [];
  for (let run = 0; run < runs; run += 1)
    samples.push(await measure(CLIENTS, seconds, () => work().then(() => 1)));
  return median(samples);
}

/** At rising rates, up to the first that it can't keep up with; then at half of the best. */
async function atRates(client: Client, next: () => Delivery, most: Load) {
  const steps: Step[] = [];
  for (const share of SHARES) {
    const asked = Math.max(1, Math.round(most.perSecond * share));
    const taken = { asked, answered: await client.pace(asked, seconds * 2, next) };
    steps.push(taken);
    if (!keptUp(taken)) break;
  }
  const sustained = steps.filter(keptUp).at(-1)?.asked ?? most.perSecond / 4;
  const asked = Math.max(1, Math.round(sustained / 2));
  return { most, steps, half: { asked, answered: await client.pace(asked, seconds * 2, next) } };
}

const keptUp = ({ asked, answered }: Step) => answered.perSecond > asked * 0.95;

function goals({ nothing: { GET }, verbs, posting, withdrawals, reserved }: Figures): Goal[] {
  const { balance, withdrawal } = verbs;
  const p99 = Math.max(...Object.values(verbs).map(({ half }) => half.answered.p99));
  return [
    { what: 'balance / doing nothing', ratio: balance.most.perSecond / GET.perSecond, wanted: 0.6 },
    {
      what: 'withdrawal / one posting at a time',
      ratio: withdrawal.most.perSecond / posting.perSecond,
      wanted: 0.8,
    },
    { what: '100 ms / p99 at half load', ratio: 100 / p99, wanted: 1 },
    {
      what: `set aside for ${withdrawals} payouts`,
      ratio: reserved === BigInt(withdrawals) ? 1 : 0,
      wanted: 1,
    },
  ];
}

function report({ nothing: none, verbs, query, posting }: Figures): void {
  const whole = (value: number) => Math.round(value).toLocaleString('en').padStart(8);
  const ms = (value: number | undefined) => (value === undefined ? '' : value.toFixed(1)).padStart(9);
  const line = (name: string, load: { perSecond: number; p50: number; p95?: number; p99: number }) =>
    console.log(`${name.padEnd(40)}${whole(load.perSecond)}${ms(load.p50)}${ms(load.p95)}${ms(load.p99)}`);
  console.log(
    `\n${describeMachine()}; PostgreSQL 18, fsync and synchronous_commit on; medians of ${runs} runs\n`,
  );
  console.log(
    `${`${CLIENTS} at once`.padEnd(40)}${'/s'.padStart(8)}${['p50 ms', 'p95 ms', 'p99 ms'].map((head) => head.padStart(9)).join('')}`,
  );
  line('GET  a route that does nothing', none.GET);
  line('POST a route that does nothing', none.POST);
  line('a balance by pg alone, in this process', query);
  line('one posting at a time, in this process', posting);
  for (const [verb, name] of Object.entries(VERBS)) line(name, verbs[verb as Verb].most);
  for (const [verb, name] of Object.entries(VERBS)) {
    const { steps, half } = verbs[verb as Verb];
    console.log(`\n${name} at a rate of`);
    for (const taken of [...steps, half])
      line(`    ${whole(taken.asked).trim()}/s${keptUp(taken) ? '' : ', not kept up with'}`, taken.answered);
  }
}

endOnSignals({ message: 'Stopping …', exitCode: 130 });
let exitCode = 1;
try {
  exitCode = await main();
} finally {
  await endAll();
}
process.exit(exitCode);
