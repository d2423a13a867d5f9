import { system } from '~/lib/actor';
import { changePayoutConditions } from '~/lib/approvals/versions';
import { expireApprovals } from '~/lib/deciding/registry';
import { registerEndpoint } from '~/lib/inbox/endpoints';
import { pollTransfers, syncFintoc } from '~/lib/inbox/sync';
import { watchBooks } from '~/lib/standstill/watch';
import type { Company, Staff } from '~/prisma/company/company';
import { happenings } from '~/prisma/company/happenings';
import { deposit, payOut, prove, someArrival, somePayout, someWage } from '~/prisma/company/money';
import { signUp } from '~/prisma/company/onboarding';
import { isPayday, momentOf, momentsOf, weightOf } from '~/prisma/company/rhythm';
import type { World } from '~/prisma/company/world';
import { demoOperator, seedDemo } from '~/prisma/demo';
import { Dice } from '~/scripts/chaos/dice';

export type Plan = { customers: number; days: Date[]; now: Date; seed: number; password: string };

/** In centavos: from here on a second person decides. */
const APPROVED_FROM = '4000000';
/** Of all customers, those that came over on the first day; the others sign up one by one. */
const ON_FIRST_DAY = 0.42;
const SIGN_UP_AT = 9 * 60 + 40;
const PAYOUTS_AT = [10 * 60 + 5, 13 * 60 + 20, 17 * 60 + 30];
const WAGES_FROM = 6 * 60 + 10;
const DAY_ENDS = 23 * 60 + 55;
/** Per customer and plain Monday. */
const DEPOSITS = 0.046;
const PAYOUTS = 0.0023;
const MOMENTS = 15;
const PAID_HERE = 0.16;
const WAGES_AT_ONCE = 60;

type Act = { minute: number; does: () => Promise<unknown> };

/** Three months, day by day, by the verbs that people, the worker and Fintoc would have called. */
export async function tellStory(world: World, plan: Plan): Promise<void> {
  const company = await found(world, plan);
  const dice = company.dice.for('days');
  const happens = happenings(company, plan.days.length);
  for (const [nth, day] of plan.days.entries()) {
    const acts = actsOf(company, plan, nth, dice);
    for (const act of happens(nth)) acts.push(act);
    acts.sort((one, other) => one.minute - other.minute);
    for (const { minute, does } of acts) {
      const at = momentOf(day, minute);
      if (at >= plan.now) break;
      await world.clock.goTo(at);
      await does();
    }
    tell(company, plan, nth);
  }
  await world.clock.goTo(plan.now);
  await syncFintoc(system('sync'));
  // The first of all, so that it is one: every later one goes on from where it ended, hour by hour.
  await pollTransfers();
  await prove(company.purses);
}

/** The staff, the first reading of Fintoc, and what is decided before the first customer. */
async function found(world: World, { password, seed }: Plan): Promise<Company> {
  await seedDemo(password);
  await watchBooks();
  await registerEndpoint(system('endpoints'));
  await syncFintoc(system('sync'));
  const value = { MXN: APPROVED_FROM, CLP: null };
  await changePayoutConditions(system('setup'), { amount: value, firstPayment: value });
  const roles = ['admin', 'operator', 'approver', 'support'] as const;
  const staff = Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await demoOperator(role)])),
  ) as Staff;
  const said = { customers: 0, deposits: 0, withdrawals: 0 };
  return { world, dice: new Dice(seed), staff, purses: [], said };
}

function actsOf(company: Company, { customers, days }: Plan, nth: number, dice: Dice): Act[] {
  const day = days[nth] as Date;
  const weight = weightOf(day);
  const isFirst = nth === 0;
  const first = Math.round(customers * ON_FIRST_DAY);
  const soFar = (count: number) => Math.round(((customers - first) * count) / Math.max(1, days.length - 1));
  const acts: Act[] = [
    { minute: SIGN_UP_AT, does: () => signUp(company, isFirst ? first : soFar(nth) - soFar(nth - 1)) },
    { minute: DAY_ENDS, does: expireApprovals },
    // Those that pay nothing out are proven as well, if not as often.
    ...(nth % 7 === 6 ? [{ minute: DAY_ENDS + 1, does: () => prove(company.purses) }] : []),
  ];
  const moments = momentsOf(Math.max(4, Math.round(MOMENTS * weight)), (below) => dice.int(0, below - 1));
  const perMoment = (customers * DEPOSITS * weight) / moments.length;
  for (const minute of moments) acts.push({ minute, does: () => someArrive(company, dice, perMoment) });
  const rounds = [[], PAYOUTS_AT, PAYOUTS_AT, PAYOUTS_AT, PAYOUTS_AT, PAYOUTS_AT, PAYOUTS_AT.slice(0, 1)];
  for (const minute of rounds[day.getUTCDay()] ?? [])
    acts.push({ minute, does: () => someLeave(company, dice, customers * PAYOUTS * weight) });
  if (isPayday(day)) acts.push(...wages(company, dice, day));
  return acts;
}

/** Few early customers have most of what moves. */
function somePurse({ purses }: Company, dice: Dice) {
  const open = purses.filter(({ asset }) => asset === 'MXN');
  return open[Math.floor((dice.int(0, 9_999) / 10_000) ** 1.7 * open.length)];
}

function someArrive(company: Company, dice: Dice, about: number): Promise<void> {
  const count = Math.floor(about * (0.6 + dice.int(0, 80) / 100) + dice.int(0, 99) / 100);
  const purses = Array.from({ length: count }, () => somePurse(company, dice));
  return deposit(
    company,
    purses.flatMap((purse) => (purse ? [someArrival(dice, purse)] : [])),
  );
}

function someLeave(company: Company, dice: Dice, about: number): Promise<string[]> {
  const count = Math.floor(about * (0.6 + dice.int(0, 80) / 100) + dice.int(0, 99) / 100);
  const purses = Array.from({ length: count }, () => somePurse(company, dice));
  return payOut(
    company,
    purses.flatMap((purse) => (purse && somePayout(dice, purse)) ?? []),
  );
}

function wages(company: Company, dice: Dice, day: Date): Act[] {
  const half = day.getUTCDate() <= 15 ? day.getUTCMonth() * 2 + 1 : day.getUTCMonth() * 2 + 2;
  const paid = company.purses.filter(
    ({ kind, asset }, nth) => kind === 'individual' && asset === 'MXN' && (nth * 37) % 100 < PAID_HERE * 100,
  );
  const runs = Math.ceil(paid.length / WAGES_AT_ONCE);
  return Array.from({ length: runs }, (_, nth) => ({
    minute: WAGES_FROM + nth * 13,
    does: () => {
      const some = paid.slice(nth * WAGES_AT_ONCE, (nth + 1) * WAGES_AT_ONCE);
      return deposit(
        company,
        some.map((purse) => someWage(dice, purse, half)),
      );
    },
  }));
}

function tell({ said, world }: Company, { days }: Plan, nth: number): void {
  const share = Math.round((100 * (nth + 1)) / days.length);
  world.show({ share });
  if (nth % 7 !== 6 && nth !== days.length - 1) return;
  const { customers, deposits, withdrawals } = said;
  const day = (days[nth] as Date).toISOString().slice(0, 10);
  process.stdout.write(
    `  ${day}  ${share} %  ${customers} customers, ${deposits} deposits, ${withdrawals} withdrawals\n`,
  );
}
