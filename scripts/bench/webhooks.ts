/**
 * npm run bench:webhooks -- [--runs 3] [--seconds 5] [--wallets 10000] [--burst 50000] [--json <file>]
 *
 * How fast signed deliveries are taken in over HTTP by the built app, beside a route of the same server that does
 * nothing, and how soon they are posted: web, worker, PostgreSQL and the sender share the machine.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, isBuilt } from '../lib/build.mjs';
import { applyMigrations, startDatabase } from '../lib/database.mjs';
import { endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { startWorker } from '../lib/programs.mjs';
import { step } from '../lib/progress.mjs';
import { root } from '../lib/settings.mjs';
import { outsideEnvironment, testSettings } from '../lib/test-app.mjs';
import { AMOUNT, doingNothing, SECRET, someDelivery } from './lib/deliveries.ts';
import { Client, type Load, middle } from './lib/http-load.ts';
import { describeMachine, type Goal, judge, printJson } from './lib/report.ts';
import { startWebAlone } from './lib/web-alone.ts';

const DIST_DIR = '.next-test';
const CLIENTS = 32;
const SHARES = [0.25, 0.5, 0.75, 0.9];
const DRAIN_TIMEOUT_MS = 300_000;
const logs = path.join(root, '.data', 'bench-logs');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    wallets: { type: 'string', default: '10000' },
    burst: { type: 'string', default: '50000' },
    json: { type: 'string' },
  },
});
const runs = Number(values.runs);
const seconds = Number(values.seconds);
const wallets = Number(values.wallets);
const burst = Number(values.burst);
const next = () => someDelivery(wallets);

type Posting = { p50: number; p95: number; p99: number; backlogMs: number };
type Step = { asked: number; answered: Load; posted: Posting };

async function main(): Promise<number> {
  const settings = await testSettings();
  // Nothing of it stands at Fintoc, and nobody answers there: receipt and posting need nobody.
  Object.assign(settings.env, { FINTOC_WEBHOOK_SECRET: SECRET, FINTOC_BASE_URL: 'http://127.0.0.1:9' });
  if (!isBuilt(DIST_DIR)) {
    await step('Build the console', () => build({ distDir: DIST_DIR, env: outsideEnvironment(), logs }));
  }
  await step('Start PostgreSQL', () => startDatabase(settings, logs));
  await applyMigrations(settings.env);
  Object.assign(process.env, settings.env);
  const books = await import('./lib/webhook-books.ts');
  await step(`Open ${wallets} wallets`, () => books.preparePlatform(wallets));
  await step('Start the web', () => startWebAlone(settings, DIST_DIR, logs));
  const client = new Client(settings.ports.web, CLIENTS * 4);
  try {
    const receipt = await receiptBesideNothing(client);
    const drained = await drainBurst(client, books, () => startWorker({ settings, logs }));
    const steps = await risingRates(client, books, receipt.ours.perSecond);
    const sustained = steps.filter(keptUp).at(-1);
    const half = await atRate(client, books, (sustained?.asked ?? 0) / 2);
    const lost = await books.unposted(AMOUNT);
    report({ receipt, drained, steps, half, lost });
    printJson({ machine: describeMachine(), receipt, drained, steps, half, lost }, values.json);
    return judge(goals(receipt, half, drained, lost));
  } finally {
    client.close();
    await books.disconnect();
  }
}

type Receipt = { ours: Load; nothing: Load };

/** Without a worker, so that both have the same machine; turn by turn, so that both have the same minute. */
async function receiptBesideNothing(client: Client): Promise<Receipt> {
  const ours: Load[] = [];
  const nothing: Load[] = [];
  await client.saturate(CLIENTS, 2, next);
  for (let run = 0; run < runs; run += 1) {
    nothing.push(await client.saturate(CLIENTS, seconds, () => doingNothing(next())));
    ours.push(await client.saturate(CLIENTS, seconds, next));
  }
  return { ours: middle(ours), nothing: middle(nothing) };
}

type Books = typeof import('./lib/webhook-books.ts');
type Drained = { events: number; perSecond: number };

/** What came while no worker ran is posted when one comes. */
async function drainBurst(
  client: Client,
  books: Books,
  startWorker: () => Promise<unknown>,
): Promise<Drained> {
  while ((await books.waiting()) < burst) await client.saturate(CLIENTS, 1, next);
  const events = await books.waiting();
  await startWorker();
  await books.untilFewerWait(events, DRAIN_TIMEOUT_MS);
  const begin = performance.now();
  const left = await books.waiting();
  await books.untilFewerWait(1, DRAIN_TIMEOUT_MS);
  return { events, perSecond: left / ((performance.now() - begin) / 1_000) };
}

async function risingRates(client: Client, books: Books, most: number): Promise<Step[]> {
  const steps: Step[] = [];
  for (const share of SHARES) {
    const taken = await atRate(client, books, Math.round(most * share));
    steps.push(taken);
    if (!keptUp(taken)) break;
  }
  return steps;
}

async function atRate(client: Client, books: Books, asked: number): Promise<Step> {
  const since = await books.now();
  const answered = await client.pace(asked, seconds * 2, next);
  const begin = performance.now();
  await books.untilFewerWait(1, DRAIN_TIMEOUT_MS);
  const backlogMs = performance.now() - begin;
  return { asked, answered, posted: { ...(await books.receivedToPosted(since)), backlogMs } };
}

/** It answered at the rate that it was asked at, and no work was left over. */
function keptUp({ asked, answered, posted }: Step): boolean {
  return answered.perSecond > asked * 0.95 && posted.backlogMs < 1_000;
}

function goals({ ours, nothing }: Receipt, half: Step, drained: Drained, lost: number): Goal[] {
  return [
    { what: 'receipt / doing nothing', ratio: ours.perSecond / nothing.perSecond, wanted: 0.6 },
    { what: '500 ms / p99 received to posted at half load', ratio: 500 / half.posted.p99, wanted: 1 },
    { what: `posted of a burst of ${drained.events}`, ratio: lost === 0 ? 1 : 0, wanted: 1 },
  ];
}

function report(facts: {
  receipt: Receipt;
  drained: Drained;
  steps: Step[];
  half: Step;
  lost: number;
}): void {
  const { receipt, drained, steps, half, lost } = facts;
  const whole = (value: number) => Math.round(value).toLocaleString('en').padStart(7);
  const ms = (value: number) => value.toFixed(1).padStart(8);
  const line = (name: string, { perSecond, p50, p95, p99 }: Load) =>
    console.log(`${name.padEnd(34)}${whole(perSecond)}${ms(p50)}${ms(p95)}${ms(p99)}`);
  console.log(
    `\n${describeMachine()}; PostgreSQL 18, fsync and synchronous_commit on; medians of ${runs} runs\n`,
  );
  console.log(
    `${'answered'.padEnd(34)}${'/s'.padStart(7)}${['p50 ms', 'p95 ms', 'p99 ms'].map((head) => head.padStart(8)).join('')}`,
  );
  line('a route that does nothing', receipt.nothing);
  line('the receipt of a delivery', receipt.ours);
  console.log(
    `\na burst of ${drained.events.toLocaleString('en')} posted at ${whole(drained.perSecond).trim()}/s, ${lost} lost\n`,
  );
  const thrice = '  p50 ms  p95 ms  p99 ms';
  console.log(
    `${'at a rate of'.padEnd(22)}${'kept up'.padStart(9)}   answered${thrice}   received to posted${thrice}`,
  );
  for (const taken of [...steps, half]) {
    const { asked, answered, posted } = taken;
    const times = ({ p50, p95, p99 }: { p50: number; p95: number; p99: number }) =>
      [p50, p95, p99].map((value) => value.toFixed(1).padStart(8)).join('');
    console.log(
      `${`${whole(asked).trim()} deliveries/s`.padEnd(22)}${(keptUp(taken) ? 'yes' : 'no').padStart(9)}${''.padEnd(11)}${times(answered)}${''.padEnd(21)}${times(posted)}`,
    );
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
