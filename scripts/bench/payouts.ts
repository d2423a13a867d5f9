/**
 * npm run bench:payouts -- [--withdrawals 300] [--wallets 20] [--trickle 60] [--asked 200] [--checkout <path>] [--json <file>]
 *
 * How the payout queue keeps up with what Fintoc allows: withdrawals queued at once, sent by a worker as in production to
 * the local Fintoc, on a PostgreSQL of its own with durability on; then one at a time, where what takes time is ours. And
 * what the gate's question costs beside a posting. With --checkout the same against another checkout's worker and books.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { step } from '../lib/progress.mjs';
import { root } from '../lib/settings.mjs';
import { percentile } from './lib/measure.ts';
import { type PayoutBooks, payoutBooks } from './lib/payout-books.ts';
import { startPayoutWorld } from './lib/payout-world.ts';
import { describeMachine, type Goal, judge, printJson } from './lib/report.ts';

/** What Fintoc allows, and the worker takes. */
const PER_SECOND = 10;
const TRICKLE_EVERY_MS = 400;

const { values } = parseArgs({
  options: {
    withdrawals: { type: 'string', default: '300' },
    wallets: { type: 'string', default: '20' },
    trickle: { type: 'string', default: '60' },
    asked: { type: 'string', default: '200' },
    checkout: { type: 'string' },
    json: { type: 'string' },
  },
});
const base = path.resolve(values.checkout ?? root);
const [withdrawals, wallets, trickle, asked] = [
  values.withdrawals,
  values.wallets,
  values.trickle,
  values.asked,
].map(Number) as [number, number, number, number];

type Times = { p50: number; p95: number };
type Burst = Times & { requestsPerSecond: number; sentPerSecond: number; seconds: number };

async function main(): Promise<number> {
  const world = await startPayoutWorld(base);
  const books = await payoutBooks(base, world);
  try {
    await step(`Open and fund ${wallets} wallets`, () => books.prepare(wallets));
    const burst = await step(`Pay ${withdrawals} queued at once`, () => payAtOnce(books, world.requests));
    const alone = await step(`Pay ${trickle} one by one`, () => payOneByOne(books));
    world.stopWorker();
    const cost = await step('Ask the gate, and post', () => books.costs(asked));
    report(burst, alone, cost);
    const facts = { machine: describeMachine(), checkout: base, withdrawals, wallets, burst, alone, cost };
    printJson(facts, values.json);
    return judge(goalsOf(burst, cost));
  } finally {
    await books.close();
  }
}

/** From the first request to the last: what one before the first and after the last waits for is no part of the rate. */
async function payAtOnce(books: PayoutBooks, requests: () => number[]): Promise<Burst> {
  const ids = await books.queue(withdrawals, 8);
  const sent = await books.untilSent(ids);
  const times = sent.map(({ sentAt }) => sentAt.getTime());
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const seconds = (last - first) / 1_000;
  const asked = requests().filter((at) => at >= first && at <= last).length;
  return {
    ...timesOf(sent),
    requestsPerSecond: (asked - 1) / seconds,
    sentPerSecond: (sent.length - 1) / seconds,
    seconds,
  };
}

async function payOneByOne(books: PayoutBooks): Promise<Times> {
  const ids: string[] = [];
  for (let nth = 0; nth < trickle; nth += 1) {
    ids.push(...(await books.queue(1, 1)));
    await new Promise((resolve) => setTimeout(resolve, TRICKLE_EVERY_MS));
  }
  return timesOf(await books.untilSent(ids));
}

function timesOf(sent: { queuedAt: Date; sentAt: Date }[]): Times {
  const times = sent.map(({ queuedAt, sentAt }) => sentAt.getTime() - queuedAt.getTime());
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

type Costs = Awaited<ReturnType<PayoutBooks['costs']>>;

function report(burst: Burst, alone: Times, { gate, posting, payout, postings }: Costs): void {
  const ms = ({ p50, p95 }: Times) => `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`;
  console.log(`\n${describeMachine()}; PostgreSQL 18, fsync and synchronous_commit on; ${base}\n`);
  console.log(
    `${withdrawals} queued at once      ${burst.requestsPerSecond.toFixed(2)} requests/s, ${burst.sentPerSecond.toFixed(2)} payouts/s over ${burst.seconds.toFixed(1)} s`,
  );
  console.log(`  queued to sent        ${ms(burst)}`);
  console.log(`one by one, to sent     ${ms(alone)}`);
  console.log(`the gate's question     ${gate ? ms(gate) : 'is not asked here'}`);
  console.log(`one posting             ${ms(posting)}`);
  console.log(`a payout, sent to booked, without waiting for its turn   ${ms(payout)}`);
  if (postings)
    console.log(
      `postings/s              ${postings.alone.toFixed(0)} alone, ${postings.asked.toFixed(0)} with the gate's question before each`,
    );
}

/** Where no gate is, nothing of it costs anything. */
function goalsOf(burst: Burst, { gate, payout }: Costs): Goal[] {
  return [
    { what: 'requests/s of those allowed', ratio: burst.requestsPerSecond / PER_SECOND, wanted: 0.95 },
    { what: 'requests/s allowed of those made', ratio: PER_SECOND / burst.requestsPerSecond, wanted: 0.95 },
    {
      what: 'a tenth of a payout / the gate’s question',
      ratio: gate ? payout.p50 / 10 / gate.p50 : 1,
      wanted: 1,
    },
  ];
}

/** Whatever is imported as ~/… is looked for from where the process stands. */
function runThere(): number {
  const tsx = fileURLToPath(import.meta.resolve('tsx'));
  const self = fileURLToPath(import.meta.url);
  const args = ['--import', tsx, self, ...process.argv.slice(2), '--checkout', base];
  return spawnSync(process.execPath, args, { cwd: base, stdio: 'inherit' }).status ?? 1;
}

if (process.cwd() !== base) process.exit(runThere());
endOnSignals({ message: 'Stopping …', exitCode: 130 });
let exitCode = 1;
try {
  exitCode = await main();
} finally {
  await endAll();
}
process.exit(exitCode);
