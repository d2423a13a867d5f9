/**
 * npm run chaos -- [--events n] [--minutes n] [--seed n] [--patient]
 *
 * Shows that nothing is lost and nothing doubled: two webs and three workers on one database, a local Fintoc, money
 * that comes and goes, and everything that can go wrong, going wrong. Then all heals, and Fintoc's side is compared
 * with ours. Without --minutes the events come as fast as they are taken in. A seed chooses the same storm again,
 * as far as the machine's own timing allows. With --patient nothing is hurried while it heals: leases of the dead and
 * pauses between two tries take the minutes that they take. The last line is the verdict; the exit code is 0 or 1.
 */
import { parseArgs } from 'node:util';
import { disconnect } from '~/lib/db';
import { log } from '~/lib/log';
import { build, isBuilt } from '../lib/build.mjs';
import { endAll, endOnSignals, isEnding } from '../lib/lifecycle.mjs';
import { PlainError, step } from '../lib/progress.mjs';
import { outsideEnvironment } from '../lib/test-app.mjs';
import { hire, openPurses } from './crew.ts';
import { openDatabase } from './database.ts';
import { Dice } from './dice.ts';
import { Driver } from './driver.ts';
import { endow } from './endow.ts';
import type { Finding } from './evidence.ts';
import { Fintoc } from './fintoc.ts';
import { heal } from './heal.ts';
import { judge } from './judge.ts';
import { judgeProofs } from './judge-proofs.ts';
import { summary } from './report.ts';
import { scaleOf } from './scale.ts';
import { Staff } from './staff.ts';
import { Storm } from './storm.ts';
import { Strangers } from './strangers.ts';
import { logs, type Member, startWorld } from './world.ts';

const DIST_DIRS = ['.next-test', '.next'];
const DEFAULT = { events: 10_000, minutes: 4 };
const MOST_MINUTES = 60;
const SHOWN = 30;
/** So much longer may what isn't hurried take to heal. */
const PATIENCE = 3;
/** So many times slower than it should be may a machine be. */
const SLOWEST = 4;
/** Of the events, in a run that its time ended. */
const ENOUGH = 0.9;
/** In a short one payouts wait for approval and proof while the time runs: it shows each kind, not their number. */
const ENOUGH_IN_SHORT = 0.2;

type Options = { seed: number; events: number; minutes: number; evenly: boolean; patient: boolean };

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      events: { type: 'string' },
      minutes: { type: 'string' },
      patient: { type: 'boolean', default: false },
    },
  });
  const number = (name: 'seed' | 'events' | 'minutes', fallback: number) => {
    const value = Number(values[name] ?? fallback);
    if (!Number.isFinite(value) || value <= 0) throw new PlainError(`--${name} is a number above zero.`);
    return value;
  };
  const isLong = values.events !== undefined && values.minutes === undefined;
  return {
    seed: Math.trunc(number('seed', 1 + Math.floor(Math.random() * 1_000_000))),
    events: number('events', DEFAULT.events),
    minutes: number('minutes', isLong ? MOST_MINUTES : DEFAULT.minutes),
    evenly: !isLong,
    patient: values.patient,
  };
}

async function run(options: Options): Promise<Finding[]> {
  const { seed, events, minutes, evenly, patient } = options;
  console.log(
    `Seed ${seed}: ${events} events, ${minutes} minutes at most. Again: npm run chaos -- --seed ${seed} --events ${events}${evenly ? ` --minutes ${minutes}` : ''}${patient ? ' --patient' : ''}`,
  );
  const dice = new Dice(seed);
  const scale = scaleOf(options);
  const distDir = await builtConsole();
  const world = await step('Start PostgreSQL, Fintoc, 2 webs, 3 workers', () =>
    startWorld(distDir, scale.env, { withRestores: minutes > 1 }),
  );
  const { members } = world;
  const fintoc = new Fintoc(world.fintoc);
  const { query, close } = openDatabase(world.databaseUrl);
  const storm = new Storm({ fintoc, members, dice: dice.for('storm'), weather: scale.weather });
  const crew = await hire();
  const purses = await step('Open wallets', () =>
    openPurses(fintoc, crew, dice.for('purses'), scale.wallets),
  );
  await step('Give the platform money of its own', () => endow(fintoc, crew, purses));
  const paceMs = minutes * 60_000;
  // A slow machine takes longer to make as many: it is given the time, and the storm goes on meanwhile.
  const limits = { events, paceMs, endsAt: Date.now() + paceMs * (evenly ? SLOWEST : 1), evenly };
  const driver = new Driver({ fintoc, crew, purses, dice: dice.for('driver'), limits });
  const staff = new Staff({ crew, purses, dice: dice.for('staff') });
  const strangers = new Strangers({
    ...{ fintoc, purses, dice: dice.for('strangers'), pauseMs: scale.strangersMs },
  });
  await step('Storm', async () => {
    const evening = new AbortController();
    const driven = driver.run().then(() => {
      storm.end();
      evening.abort();
    });
    const working = [staff.work(evening.signal), strangers.work(evening.signal)];
    await Promise.all([driven, storm.rage(), ...working]);
  });
  const open = await step('Heal', async () => {
    await storm.clear();
    return heal(
      { fintoc, query, staff },
      { withinMs: patient ? PATIENCE * scale.healMs : scale.healMs, patient },
    );
  });
  const findings = await step('Compare Fintoc with the books', async () => [
    ...(await judge({ fintoc, query, asked: driver.asked })),
    ...(await judgeProofs(query)),
  ]);
  for (const line of await summary({ fintoc, query, members, storm, strangers, driver, staff }))
    console.log(line);
  if (minutes > 1) console.log(`  PostgreSQL came back from its backup ${world.restores.count} times`);
  await close();
  await disconnect();
  return [
    ...Object.entries(open).map(neverEnded),
    ...members.flatMap(diedByItself),
    ...cutShort(driver, [...storm.missing(), ...strangers.missing()], minutes),
    ...findings,
  ];
}

/** A fair day proves nothing: what was asked for has to have happened. Of a short run not every fault is. */
function cutShort(driver: Driver, left: string[], minutes: number): Finding[] {
  const made = driver.share();
  const missing = minutes > 1 ? left : [];
  return [
    ...(made < (minutes > 1 ? ENOUGH : ENOUGH_IN_SHORT)
      ? [`only ${Math.round(made * 100)} % of the events were made in the time`]
      : []),
    ...missing.map((name) => `there was no ${name} in this run`),
  ].map((what) => ({ verdict: 'off', what }));
}

function neverEnded([name, count]: [string, number]): Finding {
  return { verdict: 'off', what: `never ended: ${count} ${name}` };
}

function diedByItself({ name, deaths }: Member): Finding[] {
  return deaths === 0 ? [] : [{ verdict: 'off', what: `${name} ended by itself, ${deaths} times` }];
}

async function builtConsole(): Promise<string> {
  const found = DIST_DIRS.find((distDir) => isBuilt(distDir));
  if (found) return found;
  const [distDir = ''] = DIST_DIRS;
  await step('Build the console', () => build({ distDir, env: outsideEnvironment(), logs }));
  return distDir;
}

function announce(findings: Finding[]): void {
  for (const { verdict, what } of findings.slice(0, SHOWN)) console.log(`  ${verdict}: ${what}`);
  if (findings.length > SHOWN) console.log(`  and ${findings.length - SHOWN} more`);
  const count = (verdict: Finding['verdict']) =>
    findings.filter((finding) => finding.verdict === verdict).length;
  console.log(`${count('lost')} lost, ${count('doubled')} doubled, ${count('off')} off`);
}

// What fails on the way is expected here, and told by what became of it.
log.level = 'silent';
endOnSignals({ message: 'Stopping …', exitCode: 130 });
let findings: Finding[] | null = null;
try {
  findings = await run(readOptions());
} catch (error) {
  if (isEnding()) await endAll().then(() => process.exit(130));
  console.error(error instanceof PlainError ? error.message : error);
}
await endAll();
if (findings) announce(findings);
process.exit(findings?.length === 0 ? 0 : 1);
