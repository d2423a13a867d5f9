/**
 * npm run bench:admission -- [--seconds 20] [--wallets 20000] [--searches 200] [--sign-ins 50] [--json <file>]
 *
 * How long a webhook waits while others flood the built app: 200 slow searches and 50 wrong sign-ins at once, each begun
 * anew when it is answered. Deliveries come at a steady rate, idle and loaded in turns, each timed from when it was due.
 * Web, PostgreSQL and whoever asks share the machine; no worker runs.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { signIn } from '../hostile/callers.ts';
import { build, isBuilt } from '../lib/build.mjs';
import { applyMigrations, startDatabase } from '../lib/database.mjs';
import { ask } from '../lib/http.mjs';
import { endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { step } from '../lib/progress.mjs';
import { root } from '../lib/settings.mjs';
import { outsideEnvironment, testSettings } from '../lib/test-app.mjs';
import { SECRET, someDelivery } from './lib/deliveries.ts';
import { Client, type Load, middle } from './lib/http-load.ts';
import { describeMachine, judge, printJson } from './lib/report.ts';
import { startWebAlone } from './lib/web-alone.ts';

const DIST_DIR = '.next-test';
const PER_SECOND = 20;
const PEOPLE = 8;
const ROUNDS = 3;
const GOAL = 3;
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

/** How many of the flood were answered so. */
type Answers = Map<string, number>;

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
  const answers: Answers = new Map();
  await client.pace(PER_SECOND, 3, next);
  for (let round = 0; round < ROUNDS; round += 1) {
    idle.push(await client.pace(PER_SECOND, seconds, next));
    const over = new AbortController();
    const flooding = flood(origin, cookies, over.signal, answers);
    await sleep(1_000);
    loaded.push(await client.pace(PER_SECOND, seconds, next));
    over.abort();
    await flooding;
  }
  return { idle: middle(idle), loaded: middle(loaded), answers };
}

async function flood(origin: string, cookies: string[], over: AbortSignal, answers: Answers): Promise<void> {
  const again = async (what: string, send: () => Promise<{ status: number }>) => {
    while (!over.aborted) {
      const { status } = await send().catch(() => ({ status: 0 }));
      const key = `${what} ${status === 0 ? 'without answer' : status}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
      if (status >= 400) await sleep(250);
    }
  };
  const search = (nth: number) => () =>
    ask(`${origin}/movements?q=${encodeURIComponent(`factura ${nth} ${randomUUID().slice(0, 4)}`)}`, {
      headers: { cookie: cookies[nth % cookies.length] ?? '' },
      timeoutMs: 60_000,
    });
  const wrong = () =>
    signIn(origin, { email: `${randomUUID()}@bench.test`, password: 'wrong' }).then(
      () => ({ status: 200 }),
      () => ({ status: 401 }),
    );
  await Promise.all([
    ...Array.from({ length: Number(values.searches) }, (_, nth) => again('search', search(nth))),
    ...Array.from({ length: Number(values['sign-ins']) }, () => again('sign-in', wrong)),
  ]);
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
  for (const [what, count] of [...answers].sort()) console.log(`  ${what}: ${count}`);
  const facts = { machine: describeMachine(), idle, loaded, answers: Object.fromEntries(answers) };
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
