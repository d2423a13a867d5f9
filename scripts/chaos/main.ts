/**
 * npm run chaos -- [--events n] [--minutes n] [--seed n] [--patient]
 *
 * Shows that nothing is lost and nothing doubled: two webs and three workers on one database, a local Fintoc, money
 * that comes and goes, and everything that can go wrong, going wrong. Then all heals, and Fintoc's side is compared
 * with ours. Without --minutes the events come as fast as they are taken in. A seed chooses the same storm again,
 * as far as the machine's own timing allows. With --patient nothing is hurried while it heals: leases of the dead and
 * pauses between two tries take the minutes that they take. The last line is the verdict; the exit code is 0 or 1.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { disconnect } from '~/lib/db';
import { log } from '~/lib/log';
import { endAll, endOnSignals, isEnding } from '../lib/lifecycle.mjs';
import { PlainError, step } from '../lib/progress.mjs';
import { builtConsole } from './console.ts';
import { hire, openPurses, standsStill } from './crew.ts';
import { openDatabase, type Query } from './database.ts';
import { Dice } from './dice.ts';
import { Driver } from './driver.ts';
import { endow, readFintocOnce, syncOnce } from './endow.ts';
import { type Finding, isLapsed } from './evidence.ts';
import { Fintoc } from './fintoc.ts';
import { heal, type Open } from './heal.ts';
import { judge } from './judge.ts';
import { judgeProofs } from './judge-proofs.ts';
import { forgeries } from './judge-strangers.ts';
import { judgeMistaken, Mistaken } from './mistaken.ts';
import { Planted } from './planted.ts';
import { summary } from './report.ts';
import { scaleOf } from './scale.ts';
import { Staff } from './staff.ts';
import { Storm } from './storm.ts';
import { Strangers } from './strangers.ts';
import { type Member, startWorld } from './world.ts';

const DEFAULT = { events: 10_000, minutes: 4 };
const MOST_MINUTES = 60;
const SHOWN = 30;
/** So much longer may what isn't hurried take to heal. */
const PATIENCE = 3;
/** So many times slower than it should be may a machine be: it has the time, and makes no fewer events. */
const SLOWEST = 20;
/** Of the events, in a run that its time ended. */
const ENOUGH = 0.9;
/** From so many events on every kind of what can go wrong has to go wrong. */
const ALL_KINDS_FROM = 5_000;
/** So much longer the storm goes on for those that did not come up, and so often it makes something for them to meet. */
const MORE_MS = 10 * 60_000;
const MORE_EVERY_MS = 400;
/** Longer than a restore goes back, and than a delivery takes. */
const SETTLED_MS = 60_000;
/** A postgres that dies so often comes back from its backup to the end and to an older moment. */
const POSTGRES_DEATHS = 3;

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
  const withRestores = minutes > 1;
  const world = await step('Start PostgreSQL, Fintoc, 2 webs, 3 workers', () =>
    startWorld(distDir, scale.env, { withRestores }),
  );
  const { members, restores } = world;
  const fintoc = new Fintoc(world.fintoc);
  const { query, close } = openDatabase(world.databaseUrl);
  const storm = new Storm({
    ...{ fintoc, members, dice: dice.for('storm'), weather: scale.weather },
    ...{ postgresDeaths: withRestores ? POSTGRES_DEATHS : 1, standsStill },
  });
  const crew = await hire(scale.operators);
  const purses = await step('Open wallets', () =>
    openPurses(fintoc, crew, dice.for('purses'), scale.wallets),
  );
  await step('Give wallets and the platform money', async () => {
    await endow(fintoc, crew, purses);
    await readFintocOnce();
  });
  const paceMs = minutes * 60_000;
  // A slow machine takes longer to make as many: it is given the time, and the storm goes on meanwhile.
  const limits = { events, paceMs, endsAt: Date.now() + paceMs * (evenly ? SLOWEST : 1), evenly };
  const driver = new Driver({ fintoc, crew, purses, dice: dice.for('driver'), limits });
  const planted = new Planted({ fintoc, crew, purses });
  const mistaken = new Mistaken({ fintoc, settledMs: SETTLED_MS });
  const staff = new Staff({ crew, purses, dice: dice.for('staff'), planted });
  const strangers = new Strangers({
    ...{ fintoc, purses, planted, mistaken, dice: dice.for('strangers') },
    ...{ pauseMs: scale.strangersMs, retractedMs: scale.retractedMs, pendingMs: 5_000 },
  });
  const missing = () => [
    ...storm.missing(),
    ...strangers.missing(),
    ...(withRestores ? restores.missing() : []),
  ];
  await step('Storm', async () => {
    const evening = new AbortController();
    if (withRestores) restores.begin(dice.for('restores'));
    const driven = driver.run().then(async () => {
      if (wantsAll(options)) await untilNoneIsMissing(missing, driver, dice.for('more'));
      storm.end();
      evening.abort();
    });
    const working = [staff.work(evening.signal), strangers.work(evening.signal)];
    await Promise.all([driven, storm.rage(), ...working]);
  });
  const patience = { withinMs: patient ? PATIENCE * scale.healMs : scale.healMs, patient };
  const owing = wantsAll(options) ? strangers : null;
  const open = await step('Heal', () => healed(storm, owing, { fintoc, query, staff }, patience));
  await step('Read Fintoc’s accounts and numbers', syncOnce);
  const findings = await step('Compare Fintoc with the books', async () => [
    ...(await judge({ fintoc, query, asked: driver.asked, lapses: restores.lapses })),
    ...(await judgeProofs(query)),
    ...(await judgeMistaken(mistaken, { fintoc, query, lapses: restores.lapses })),
  ]);
  const forgotten = [...driver.asked.values()].filter(({ at }) => isLapsed(restores.lapses, at)).length;
  const run = { fintoc, query, members, storm, strangers, driver, staff, planted, restores, forgotten };
  for (const line of await summary(run)) console.log(line);
  const left = wantsAll(options) ? [...missing(), ...(await unseen(query))] : [];
  await close();
  await disconnect();
  return [
    ...Object.entries(open).map(neverEnded),
    ...members.flatMap(diedByItself),
    ...cutShort(driver, left),
    ...findings,
  ];
}

/** Whatever the storm and the strangers owe comes meanwhile, where they were to have it all. */
async function healed(
  storm: Storm,
  strangers: Strangers | null,
  ...how: Parameters<typeof heal>
): Promise<Open> {
  await storm.clear();
  const rested = new AbortController();
  const { signal } = rested;
  const last = strangers && Promise.all([storm.giveUnseen(signal), strangers.puzzleAtLast(signal)]);
  try {
    return await heal(...how);
  } finally {
    rested.abort();
    await last;
    await storm.clear();
  }
}

const wantsAll = ({ events }: Options) => events >= ALL_KINDS_FROM;

/** The storm goes on, and something with it, until each kind of what can go wrong went wrong once. */
async function untilNoneIsMissing(missing: () => string[], driver: Driver, dice: Dice): Promise<void> {
  const end = Date.now() + MORE_MS;
  for (let nth = 0; missing().length > 0 && Date.now() < end; nth += 1) {
    await driver.more(dice, nth);
    await sleep(MORE_EVERY_MS);
  }
}

/** What the books have to have found by themselves in a run that had it all. */
async function unseen(query: Query): Promise<string[]> {
  const rows = await query<{ kind: string }>('SELECT DISTINCT kind::text AS kind FROM proof_breaks');
  const { settled } = await forgeries(query);
  return [
    ...(rows.some(({ kind }) => kind === 'unexplained_payout') ? [] : ['break of an unexplained payout']),
    ...(settled.size > 0 ? [] : ['break of a deposit that only an event told of']),
  ];
}

/** A fair day proves nothing: what was asked for has to have happened. */
function cutShort(driver: Driver, missing: string[]): Finding[] {
  const made = driver.share();
  return [
    ...(made < ENOUGH ? [`only ${Math.round(made * 100)} % of the events were made in the time`] : []),
    ...missing.map((name) => `there was no ${name} in this run`),
  ].map((what) => ({ verdict: 'off', what }));
}

function neverEnded([name, count]: [string, number]): Finding {
  return { verdict: 'off', what: `never ended: ${count} ${name}` };
}

function diedByItself({ name, deaths }: Member): Finding[] {
  return deaths === 0 ? [] : [{ verdict: 'off', what: `${name} ended by itself, ${deaths} times` }];
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
