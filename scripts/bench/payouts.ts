/**
 * npm run bench:payouts -- [--withdrawals 300] [--wallets 20] [--trickle 60] [--asked 200] [--checkout <path>] [--json <file>]
 *                          [--before <path> [--rounds 3]]
 *
 * How the payout queue keeps up with what Fintoc allows: withdrawals queued at once, sent by a worker as in production to
 * the local Fintoc, on a PostgreSQL of its own with durability on; then one at a time, where what takes time is ours. And
 * what the gate's question costs beside a posting. With --checkout the same against another checkout's worker and books
 * (it needs its node_modules, its Prisma client and, where its tables differ, this bench as it was then). With --before both in turns, and whether one costs more than the other.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atExit, endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { step } from '../lib/progress.mjs';
import { removeScratch, scratchDirectory } from '../lib/scratch.mjs';
import { root } from '../lib/settings.mjs';
import { percentile } from './lib/measure.ts';
import { type PayoutBooks, payoutBooks } from './lib/payout-books.ts';
import { goalsOfPair, inTurns, printPair } from './lib/payout-pair.ts';
import {
  type Burst,
  goalsOfPayouts,
  type PayoutFigures,
  printPayouts,
  type Times,
} from './lib/payout-report.ts';
import { startPayoutWorld } from './lib/payout-world.ts';
import { describeMachine, judge, printJson } from './lib/report.ts';

const TRICKLE_EVERY_MS = 400;

const { values } = parseArgs({
  options: {
    withdrawals: { type: 'string', default: '300' },
    wallets: { type: 'string', default: '20' },
    trickle: { type: 'string', default: '60' },
    asked: { type: 'string', default: '200' },
    checkout: { type: 'string' },
    before: { type: 'string' },
    rounds: { type: 'string', default: '3' },
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

async function measureHere(): Promise<number> {
  const world = await startPayoutWorld(base);
  const books = await payoutBooks(base, world);
  try {
    await step(`Open and fund ${wallets} wallets`, () => books.prepare(wallets));
    const burst = await step(`Pay ${withdrawals} queued at once`, () => payAtOnce(books, world.requests));
    const alone = await step(`Pay ${trickle} one by one`, () => payOneByOne(books));
    world.stopWorker();
    const cost = await step('Ask the gate, and post', () => books.costs(asked));
    const figures = { machine: describeMachine(), checkout: base, withdrawals, wallets, burst, alone, cost };
    printPayouts(figures);
    printJson(figures, values.json);
    return judge(goalsOfPayouts(figures));
  } finally {
    await books.close();
  }
}

/** Each run in a process of its own, as one process can hold the modules of one checkout only. */
async function measureBoth(before: string): Promise<number> {
  const directory = await scratchDirectory();
  atExit(() => removeScratch(directory));
  const pair = inTurns(Number(values.rounds), (side, round) => {
    const json = path.join(directory, `${side}-${round}.json`);
    runIn(side === 'before' ? path.resolve(before) : base, '--before=', '--json', json);
    return JSON.parse(readFileSync(json, 'utf8')) as PayoutFigures;
  });
  printPair(pair);
  printJson(pair, values.json);
  return judge(goalsOfPair(pair));
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

/**
 * Whatever is imported as ~/… is looked for from where the process stands. A checkout that has this bench is measured by its
 * own, which knows its tables.
 */
function runIn(checkout: string, ...more: string[]): number {
  const tsx = fileURLToPath(import.meta.resolve('tsx'));
  const own = path.join(checkout, 'scripts/bench/payouts.ts');
  const self = existsSync(own) ? own : fileURLToPath(import.meta.url);
  const args = ['--import', tsx, self, ...process.argv.slice(2), '--checkout', checkout, ...more];
  return spawnSync(process.execPath, args, { cwd: checkout, stdio: 'inherit' }).status ?? 1;
}

if (!values.before && process.cwd() !== base) process.exit(runIn(base));
endOnSignals({ message: 'Stopping …', exitCode: 130 });
let exitCode = 1;
try {
  exitCode = values.before ? await measureBoth(values.before) : await measureHere();
} finally {
  await endAll();
}
process.exit(exitCode);
