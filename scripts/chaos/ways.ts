/**
 * npm run chaos:ways -- [--withdrawals n] [--kills n] [--seed n]
 *
 * Shows that money which leaves, leaves once or comes back: withdrawals to CLABEs, cards, phones and Chilean accounts, in
 * parts where they are large, by files and by schedules, under every fault of the local Fintoc, while workers, webs, Fintoc
 * and PostgreSQL are killed (kill -9). Then all heals, each withdrawal is compared with what Fintoc says of it, and the books
 * are proven. The last line is the verdict; the exit code is 0 or 1.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { system } from '~/lib/actor';
import { db, disconnect } from '~/lib/db';
import { syncFintoc } from '~/lib/inbox/sync';
import { log } from '~/lib/log';
import { createCustomer } from '~/lib/people/customers';
import { openWallet } from '~/lib/wallets/opening';
import { endAll, endOnSignals, isEnding } from '../lib/lifecycle.mjs';
import { PlainError, step } from '../lib/progress.mjs';
import { builtConsole } from './console.ts';
import { type Crew, hire, must, openPurses, standsStill } from './crew.ts';
import { openDatabase, type Query } from './database.ts';
import { Dice } from './dice.ts';
import { endow, readFintocOnce, syncOnce } from './endow.ts';
import type { Finding } from './evidence.ts';
import { Fintoc } from './fintoc.ts';
import { heal } from './heal.ts';
import { judge } from './judge.ts';
import { judgeProofs } from './judge-proofs.ts';
import { scaleOf } from './scale.ts';
import { Storm } from './storm.ts';
import { Asked, WAY_NAMES } from './ways-asked.ts';
import { type Count, countPayments, judgeAsked, kindsOf } from './ways-judge.ts';
import { Office } from './ways-office.ts';
import { type Member, startWorld } from './world.ts';

/** From so many withdrawals on every fault has to have met one. */
const ALL_FAULTS_FROM = 300;
/** So long the storm goes on for the faults and deaths that are missing, with something for them to meet. */
const MORE_MS = 10 * 60_000;
const MORE_EVERY_MS = 300;
const SHOWN = 30;
/** In pesos of Chile. */
const CHILEAN_FLOAT = 3_000_000_000;
const OPENING_MS = 120_000;
const WEATHER = { calmMs: [2_000, 7_000], downMs: [100, 1_500], faultMs: [50, 400] } as const;

type Options = { seed: number; withdrawals: number; kills: number };

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      withdrawals: { type: 'string', default: '500' },
      kills: { type: 'string', default: '10' },
    },
  });
  const number = (name: keyof Options, fallback: number) => {
    const value = Math.trunc(Number(values[name] ?? fallback));
    if (!Number.isFinite(value) || value <= 0) throw new PlainError(`--${name} is a number above zero.`);
    return value;
  };
  return {
    seed: number('seed', 1 + Math.floor(Math.random() * 1_000_000)),
    withdrawals: number('withdrawals', 500),
    kills: number('kills', 10),
  };
}

type Ending = { findings: Finding[]; count: Count };

async function run({ seed, withdrawals, kills }: Options): Promise<Ending> {
  console.log(`Again: npm run chaos:ways -- --seed ${seed} --withdrawals ${withdrawals} --kills ${kills}`);
  const dice = new Dice(seed);
  const scale = scaleOf({ events: withdrawals, minutes: 1 });
  const distDir = await builtConsole();
  const world = await step('Start PostgreSQL, Fintoc, 2 webs, 3 workers', () =>
    startWorld(distDir, scale.env, { withRestores: false }),
  );
  const { members } = world;
  const fintoc = new Fintoc(world.fintoc);
  const { query, close } = openDatabase(world.databaseUrl);
  const crew = await hire(scale.operators);
  const purses = await step('Open wallets', () =>
    openPurses(fintoc, crew, dice.for('purses'), scale.wallets),
  );
  const chilean = await step('Give them money', async () => {
    await endow(fintoc, crew, purses);
    const wallet = await openInChile(fintoc, crew);
    await readFintocOnce();
    return wallet;
  });
  const storm = new Storm({
    ...{ fintoc, members, dice: dice.for('storm'), postgresDeaths: 1, standsStill },
    weather: { calmMs: [...WEATHER.calmMs], downMs: [...WEATHER.downMs], faultMs: [...WEATHER.faultMs] },
  });
  const asked = new Asked({ crew, purses, chilean, dice: dice.for('asked'), withdrawals });
  const office = new Office({ crew, dice: dice.for('office') });
  const missing = () => [
    ...(killsOf(members) < kills ? [`${kills - killsOf(members)} kills`] : []),
    ...(withdrawals >= ALL_FAULTS_FROM ? storm.missing() : []),
  ];
  await step('Storm', async () => {
    const evening = new AbortController();
    const driven = asked.run().then(async () => {
      await untilNoneIsMissing(missing, asked, dice.for('more'));
      storm.end();
      evening.abort();
    });
    await Promise.all([driven, storm.rage(), office.work(evening.signal)]);
  });
  const open = await step('Heal', async () => {
    await storm.clear();
    return heal({ fintoc, query, staff: office }, { withinMs: 2 * scale.healMs, patient: false });
  });
  await step('Read Fintoc’s accounts and numbers', syncOnce);
  const left = missing();
  const ending = await step('Compare Fintoc with the books', async (): Promise<Ending> => {
    const findings = [
      ...(await judge({ fintoc, query, asked: new Map(), lapses: [] })),
      ...(await judgeProofs(query)),
      ...(await judgeAsked(asked, query)),
      ...Object.entries(open).map(([name, count]) => off(`never ended: ${count} ${name}`)),
      ...left.map((name) => off(`there was no ${name} in this run`)),
      ...members.filter(({ deaths }) => deaths > 0).map(({ name }) => off(`${name} ended by itself`)),
    ];
    return { findings, count: await countPayments(fintoc, query) };
  });
  await tell(query, asked, storm, members);
  await close();
  await disconnect();
  return ending;
}

/** An entity made in Fintoc's Dashboard, its account in Chilean pesos, and a wallet of its own on it. */
async function openInChile(fintoc: Fintoc, { operator }: Crew): Promise<{ id: string }> {
  const entity = { country_code: 'cl', holder_name: 'Completos SpA', holder_id: '76123456-0' };
  const { id: entityId } = await fintoc.post('/v2/entities', entity);
  await fintoc.control('POST', `/entities/${entityId}/status`, { status: 'operational' });
  await must(() => syncFintoc(system('setup')));
  const customer = await must(() =>
    createCustomer(operator, {
      ...{ kind: 'business', name: 'Completos SpA', country: 'cl', taxId: '76123456-0' },
      requestId: 'chaos-customer-chile',
    }),
  );
  const { id } = await must(() =>
    openWallet(operator, {
      ...{ customerId: customer.id, pattern: 'C', entityId, name: 'Pesos', asset: 'CLP' },
      requestId: 'chaos-wallet-chile',
    }),
  );
  const deadline = Date.now() + OPENING_MS;
  const until = async <Found>(look: () => Promise<Found | null>): Promise<Found> => {
    for (;;) {
      const found = await must(look);
      if (found !== null) return found;
      if (Date.now() > deadline) throw new Error('The wallet in Chile does not open.');
      await sleep(300);
    }
  };
  const numberId = await until(async () => {
    const held = await db().walletAsset.findFirst({ where: { walletId: id, state: 'open' } });
    return held?.accountNumberId ?? null;
  });
  const deposit = { account_number_id: numberId, amount: CHILEAN_FLOAT, settle: true };
  await fintoc.control('POST', '/inbound-transfers', deposit);
  await until(() =>
    db().ledgerAccount.findFirst({ where: { code: `wallet/${id}/available`, balance: { gt: 0 } } }),
  );
  return { id };
}

async function untilNoneIsMissing(missing: () => string[], asked: Asked, dice: Dice): Promise<void> {
  const end = Date.now() + MORE_MS;
  while (missing().length > 0 && Date.now() < end) {
    await asked.ask(dice, dice.pick(WAY_NAMES));
    await sleep(MORE_EVERY_MS);
  }
}

const killsOf = (members: Member[]) => members.reduce((sum, { kills }) => sum + kills, 0);
const off = (what: string): Finding => ({ verdict: 'off', what });

async function tell(query: Query, asked: Asked, storm: Storm, members: Member[]): Promise<void> {
  const ways = WAY_NAMES.map((way) => `${way} ${asked.ways[way]}`).join(', ');
  const faults = Object.entries(storm.faults).filter(([, count]) => count > 0);
  console.log(`  asked: ${ways}`);
  console.log(`  withdrawals: ${await kindsOf(query)}`);
  console.log(`  faults: ${faults.map(([name, count]) => `${name} ${count}`).join(', ')}`);
  console.log(`  killed: ${members.map(({ name, kills }) => `${name} ${kills}`).join(', ')}`);
}

function announce({ findings, count }: Ending): boolean {
  for (const { verdict, what } of findings.slice(0, SHOWN)) console.log(`  ${verdict}: ${what}`);
  if (findings.length > SHOWN) console.log(`  and ${findings.length - SHOWN} more`);
  console.log(findings.length === 0 ? 'The proof is green.' : `${findings.length} findings.`);
  const { all, paid, back, doubled, lost } = count;
  console.log(`${all} withdrawals: ${paid} paid once, ${back} given back, ${doubled} doubled, ${lost} lost`);
  return findings.length === 0 && doubled === 0 && lost === 0;
}

// What fails on the way is expected here, and told by what became of it.
log.level = 'silent';
endOnSignals({ message: 'Stopping …', exitCode: 130 });
let ending: Ending | null = null;
try {
  ending = await run(readOptions());
} catch (error) {
  if (isEnding()) await endAll().then(() => process.exit(130));
  console.error(error instanceof PlainError ? error.message : error);
}
await endAll();
process.exit(ending && announce(ending) ? 0 : 1);
