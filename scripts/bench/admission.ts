/**
 * npm run bench:admission -- [--seconds 20] [--wallets 20000] [--searches 200] [--sign-ins 50] [--json <file>]
 *
 * How long a webhook waits while others flood the built app: 200 slow searches and 50 wrong sign-ins at once, each begun
 * anew when it is answered. Deliveries come at a steady rate, idle and loaded in turns, each timed from when it was due.
 * Web, PostgreSQL, the flood (a process of its own, flood.ts) and who measures share the machine; no worker runs.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { signIn } from '../hostile/callers.ts';
import { build, isBuilt } from '../lib/build.mjs';
import { applyMigrations, startDatabase } from '../lib/database.mjs';
import { atExit, endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { step } from '../lib/progress.mjs';
import { root } from '../lib/settings.mjs';
import { outsideEnvironment, testSettings } from '../lib/test-app.mjs';
import type { Answers, Flood } from './flood.ts';
import { SECRET, someDelivery } from './lib/deliveries.ts';
import { Client, type Load, middle } from './lib/http-load.ts';
import { describeMachine, judge, printJson } from './lib/report.ts';
import { startWebAlone } from './lib/web-alone.ts';

const DIST_DIR = '.next-test';
const PER_SECOND = 20;
const PEOPLE = 8;
const ROUNDS = 3;
const GOAL = 3;
/** A program starts, and the flood is all there. */
const BEGINS_MS = 3_000;
const logs = path.join(root, '.data', 'bench-logs');

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    wallets: { type: 'string', default: '20000' },
    searches: { type: 'string', default: '200' },
    'sign-ins': { type: 'string', default: '50' },
    json: { type: 'string' },
  },
});
const [seconds, wallets] = [Number(values.seconds), Number(values.wallets)];

async function main(): Promise<number> {
  const settings = await testSettings();
  Object.assign(settings.env, { FINTOC_WEBHOOK_SECRET: SECRET, FINTOC_BASE_URL: 'http://127.0.0.1:9' });
  if (!isBuilt(DIST_DIR))
    await step('Build the console', () => build({ distDir: DIST_DIR, env: outsideEnvironment(), logs }));
  await step('Start PostgreSQL', () => startDatabase(settings, logs));
  await applyMigrations(settings.env);
  Object.assign(process.env, settings.env);
  const books = await import('./lib/webhook-books.ts');
  await step(`Open ${wallets} wallets`, () => books.preparePlatform(wallets));
  const people = await somePeople();
  await step('Start the web', () => startWebAlone(settings, DIST_DIR, logs));
  const client = new Client(settings.ports.web, 64);
  const origin = `http://127.0.0.1:${settings.ports.web}`;
  try {
    const cookies: string[] = [];
    for (const { email, password } of people) cookies.push(await signIn(origin, { email, password }));
    return report(await inTurns(client, origin, cookies));
  } finally {
    client.close();
    await books.disconnect();
  }
}

async function somePeople() {
  const [{ createOperator }, { system }] = [await import('~/lib/people/access'), await import('~/lib/actor')];
  const people = Array.from({ length: PEOPLE }, (_, nth) => ({
    ...{ email: `${nth}@bench.test`, name: `Persona ${nth}`, password: randomUUID() },
  }));
  for (const person of people)
    await createOperator(system('setup'), { ...person, role: 'operator', locale: 'en' });
  return people;
}

type Figures = { idle: Load; loaded: Load; answers: Answers };

async function inTurns(client: Client, origin: string, cookies: string[]): Promise<Figures> {
  const next = () => someDelivery(wallets);
  const [idle, loaded]: [Load[], Load[]] = [[], []];
  const answers: Answers = {};
  await client.pace(PER_SECOND, 3, next);
  for (let round = 0; round < ROUNDS; round += 1) {
    idle.push(await client.pace(PER_SECOND, seconds, next));
    const end = begin({
      origin,
      cookies,
      searches: Number(values.searches),
      signIns: Number(values['sign-ins']),
    });
    await sleep(BEGINS_MS);
    loaded.push(await client.pace(PER_SECOND, seconds, next));
    for (const [what, count] of Object.entries(await end())) answers[what] = (answers[what] ?? 0) + count;
  }
  return { idle: middle(idle), loaded: middle(loaded), answers };
}

/** Begins a flood in a process of its own. Answers what ends it, and then tells how it was answered. */
function begin(asked: Flood): () => Promise<Answers> {
  const child = fork(path.join(root, 'scripts/tool.mjs'), ['scripts/bench/flood.ts']);
  const forget = atExit(async () => void child.kill());
  child.send(asked);
  return async () => {
    child.send('end');
    const [answers] = (await once(child, 'message')) as [Answers];
    forget();
    return answers;
  };
}

function report({ idle, loaded, answers }: Figures): number {
  const ms = (time: number) => time.toFixed(1).padStart(9);
  console.log(
    `\n${'a webhook, ms'.padEnd(24)}${['p50', 'p95', 'p99'].map((head) => head.padStart(9)).join('')}`,
  );
  for (const [name, { p50, p95, p99 }] of Object.entries({ idle, 'while flooded': loaded }))
    console.log(`${name.padEnd(24)}${ms(p50)}${ms(p95)}${ms(p99)}`);
  const times = [loaded.p50 / idle.p50, loaded.p95 / idle.p95, loaded.p99 / idle.p99];
  console.log(`${'times as long'.padEnd(24)}${times.map(ms).join('')}`);
  for (const [what, count] of Object.entries(answers).sort()) console.log(`  ${what}: ${count}`);
  const facts = { machine: describeMachine(), idle, loaded, answers };
  printJson(facts, values.json);
  // As a share of what was wished: 1 is three times as long as idle.
  return judge([{ what: `p99 within ${GOAL} × idle:`, ratio: (GOAL * idle.p99) / loaded.p99, wanted: 1 }]);
}

endOnSignals({ message: 'Stopping …', exitCode: 130 });
try {
  const code = await main();
  await endAll();
  process.exit(code);
} catch (error) {
  console.error(error);
  await endAll();
  process.exit(1);
}
