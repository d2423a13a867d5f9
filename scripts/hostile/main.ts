/**
 * npm run hostile -- [--requests 3000] [--seed 1] [--failures 20]
 *
 * Bad requests at every route, page, server action and verb of the API of the built app, on a PostgreSQL and a local
 * Fintoc of its own: none may end in a failure of ours or without an answer, what is refused is refused in words, and the
 * books stay as they are. The last line is "hostile: n requests, 0 failed", or what failed. The same seed asks the same.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startWebAlone } from '../bench/lib/web-alone.ts';
import { Dice } from '../chaos/dice.ts';
import { build, isBuilt } from '../lib/build.mjs';
import { run } from '../lib/commands.mjs';
import { applyMigrations, startDatabase } from '../lib/database.mjs';
import { endAll, endOnSignals } from '../lib/lifecycle.mjs';
import { startSandbox } from '../lib/programs.mjs';
import { step } from '../lib/progress.mjs';
import { appEnvironment, root } from '../lib/settings.mjs';
import { outsideEnvironment, testSettings } from '../lib/test-app.mjs';
import { signIn } from './callers.ts';
import { type Finding, judge, send } from './judge.ts';
import { request } from './requests.ts';
import { stall } from './slow.ts';
import { targets } from './targets.ts';

const DIST_DIR = '.next-test';
const AT_ONCE = 6;
/** An action may end the session of who calls it. */
const SIGNED_IN_FOR = 60;
const logs = path.join(root, '.data', 'hostile-logs');

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    failures: { type: 'string', default: '20' },
  },
});

async function main(): Promise<number> {
  const settings = await testSettings();
  Object.assign(settings.env, { API_REQUESTS_PER_SECOND: '100000' });
  if (!isBuilt(DIST_DIR))
    await step('Build the console', () => build({ distDir: DIST_DIR, env: outsideEnvironment(), logs }));
  await step('Start PostgreSQL', () => startDatabase(settings, logs, { durable: false }));
  await applyMigrations(settings.env);
  await step('Start the local Fintoc', () => startSandbox({ settings, logs }));
  const seed = [process.execPath, '--import', 'tsx', 'prisma/seed.ts'];
  await step('Seed', () =>
    run(seed, { cwd: root, env: appEnvironment(settings.env), log: path.join(logs, 'seed.log') }),
  );
  Object.assign(process.env, settings.env);
  const books = await import('./books.ts');
  const key = await books.someKey();
  await step('Start the web', () => startWebAlone(settings, DIST_DIR, logs));
  try {
    return await attack(settings.env, key, books);
  } finally {
    await books.disconnect();
  }
}

type Books = typeof import('./books.ts');

async function attack(env: Record<string, string>, key: string, books: Books): Promise<number> {
  const origin = `http://127.0.0.1:${env.PORT}`;
  const admin = { email: 'admin@monedero.test', password: env.DEMO_PASSWORD ?? '' };
  const dice = new Dice(Number(values.seed));
  const all = targets(path.join(root, DIST_DIR));
  const before = await books.sum();
  const findings: Finding[] = [];
  const count = Number(values.requests);
  let sent = 0;
  const slow = stall(origin);
  const work = async () => {
    let cookie = '';
    for (let mine = 0; sent < count; mine += 1) {
      if (mine % SIGNED_IN_FOR === 0) cookie = await signIn(origin, admin);
      const nth = sent++;
      // Each is drawn by its number, so that it is the same whoever sends it.
      const own = dice.for(String(nth));
      const target = all[nth % all.length];
      if (!target) throw new Error('There is nothing to ask.');
      const hostile = request(target, { cookie, key, origin }, own);
      const finding = judge(nth, target, hostile, await send(origin, hostile));
      if (finding) findings.push(finding);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const stalled = await slow;
  findings.push(...stalled.findings);
  const after = await books.sum();
  if (after !== before) findings.push({ nth: -1, what: 'the books', why: `were ${before}, are ${after}` });
  return report(sent + stalled.sent, findings);
}

function report(sent: number, findings: Finding[]): number {
  for (const { nth, what, why } of findings.slice(0, Number(values.failures)))
    console.error(`#${nth} ${what}\n    ${why}`);
  console.log(`hostile: ${sent} requests, ${findings.length} failed`);
  return findings.length > 0 ? 1 : 0;
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
