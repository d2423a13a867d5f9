/** Money in, money back and money out, as customers and operators would ask for it on a bad day. */
import { setTimeout as sleep } from 'node:timers/promises';
import { clabeCheckDigit } from '~/lib/clabe';
import { db } from '~/lib/db';
import { returnDeposit } from '~/lib/deposits/deposits';
import { DomainError } from '~/lib/errors';
import { requestWithdrawal } from '~/lib/withdrawals/withdrawals';
import { APPROVAL_AMOUNT, type Crew, insist, type Purse } from './crew.ts';
import type { Dice } from './dice.ts';
import { OUR_COMMENT, type Outcome } from './evidence.ts';
import { type Fintoc, ignoreRefusal } from './fintoc.ts';

/** Of a hundred events so many are payouts and returns; the rest are deposits. */
const PAYOUTS = 0.08;
const RETURNS = 0.04;
const ASKERS = 4;
const LARGEST_BATCH = 250;
/** Over so much of the time events are spread; the rest is for those that had to wait. */
const SPREAD = 0.85;
/** What is under way at once: a backlog without end would only show how long a queue can get. */
const MOST_UNDER_WAY = 3_000;
/** To look costs as much as some of them. */
const ROOM_LOOK_MS = 300;
/** Numbers by which the local Fintoc refuses, returns at once and returns late. */
const UNLUCKY = ['012969100000000013', '012969100000000039', '012969100000000042'];
/** The local Fintoc fails the return of exactly this amount. */
const UNRETURNABLE = 66_666;

export type Limits = {
  events: number;
  endsAt: number;
  /** Over this time they are spread, where the machine keeps up. */
  paceMs: number;
  /** Spreads the events over the time; else they come as fast as they are taken in. */
  evenly: boolean;
};

type Ask = { purse: Purse; amount: bigint; to: string; requestId: string; twice: boolean };
type World = { fintoc: Fintoc; crew: Crew; purses: Purse[]; dice: Dice; limits: Limits };

export class Driver {
  /** What became of each request for a withdrawal, as far as whoever asked was told. */
  readonly asked = new Map<string, Outcome>();
  readonly made = { deposits: 0, returns: 0, withdrawals: 0 };
  readonly #world: World;
  readonly #startedAt = Date.now();
  #recent: string[] = [];
  #rootNumbers: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  /** How many of the events were made before the time was up, of one. */
  share(): number {
    const { deposits, returns, withdrawals } = this.made;
    const wanted = this.#wanted(1 - PAYOUTS - RETURNS) + this.#wanted(RETURNS) + this.#wanted(PAYOUTS);
    return (deposits + returns + withdrawals) / wanted;
  }

  /** Until so many events are made, or the time is up. */
  async run(): Promise<void> {
    const { fintoc, dice } = this.#world;
    for await (const number of fintoc.list('/v2/account_numbers?limit=300'))
      if (number.is_root) this.#rootNumbers.push(number.id);
    const askers = Array.from({ length: ASKERS }, (_, nth) => this.#withdraw(dice.for(`asker ${nth}`), nth));
    await Promise.all([this.#deposit(dice.for('deposits')), this.#return(dice.for('returns')), ...askers]);
  }

  #isOver(made: number, share: number): boolean {
    return made >= this.#wanted(share) || Date.now() >= this.#world.limits.endsAt;
  }

  /** How many events a share of them is. */
  #wanted(share: number): number {
    return Math.max(1, Math.round(this.#world.limits.events * share));
  }

  /** How many of a share may have been made by now. */
  #due(share: number): number {
    const { events, paceMs, evenly } = this.#world.limits;
    if (!evenly) return this.#wanted(share);
    const spent = (Date.now() - this.#startedAt) / paceMs;
    return Math.min(this.#wanted(share), Math.ceil((spent / SPREAD) * events * share));
  }

  async #deposit(dice: Dice): Promise<void> {
    const { fintoc, purses } = this.#world;
    const share = 1 - PAYOUTS - RETURNS;
    const wanted = this.#wanted(share);
    while (!this.#isOver(this.made.deposits, share)) {
      // Drawn before anybody looks at the clock: the same seed makes the same deposits.
      const size = Math.min(dice.int(1, this.#largestBatch()), wanted - this.made.deposits);
      await this.#untilRoomFor(size, share);
      const transfers = Array.from({ length: size }, () => ({
        account_number_id: dice.chance(0.02) ? dice.pick(this.#rootNumbers) : dice.pick(purses).numberId,
        amount: dice.chance(0.03) ? UNRETURNABLE : dice.int(100, 300_000),
        comment: 'Caos 1',
      }));
      const { ids } = await fintoc.control('POST', '/inbound-transfers/batch', { transfers });
      this.made.deposits += ids.length;
      this.#recent = [...this.#recent, ...ids].slice(-1_000);
    }
  }

  /** Bursts, but not all in one. */
  #largestBatch(): number {
    return Math.max(1, Math.min(LARGEST_BATCH, Math.round(this.#world.limits.events / 20)));
  }

  async #untilRoomFor(size: number, share: number): Promise<void> {
    const isRoom = async () =>
      this.#due(share) - this.made.deposits >= size && (await this.#underWay()) <= MOST_UNDER_WAY;
    while (Date.now() < this.#world.limits.endsAt && !(await isRoom())) await sleep(ROOM_LOOK_MS);
  }

  async #underWay(): Promise<number> {
    const { transfers, deliveries } = await this.#world.fintoc.control('GET', '/waiting');
    const here = await insist(() =>
      db().inboxEvent.count({ where: { state: { in: ['received', 'retrying'] } } }),
    );
    return transfers + deliveries + (here instanceof DomainError ? 0 : here);
  }

  /** The bank takes a deposit or a payout back, or our operator sends a deposit back. */
  async #return(dice: Dice): Promise<void> {
    const { fintoc, crew } = this.#world;
    while (!this.#isOver(this.made.returns, RETURNS)) {
      if (this.#due(RETURNS) - this.made.returns < 1 || this.#recent.length === 0) {
        await sleep(100);
        continue;
      }
      const how = dice.weighted({ return: 4, reverse: 2, ours: 4, payout: 2 });
      const transferId = how === 'payout' ? await this.#somePayout(dice) : dice.pick(this.#recent);
      if (!transferId) {
        await sleep(50);
        continue;
      }
      this.made.returns += 1;
      if (how === 'ours') {
        // Whatever is lost by it: the storm wants returns of what was spent as well.
        const anyway = { acceptsLoss: 2n ** 62n, acceptsNotOpen: true };
        await insist(() => returnDeposit(crew.operator, { transferId, reason: 'Caos', ...anyway }));
        continue;
      }
      const step = how === 'payout' ? 'return' : how;
      await fintoc
        .control('POST', `/transfers/${transferId}/${step}`, { reason: 'blocked_account' })
        .catch(ignoreRefusal);
    }
  }

  async #somePayout(dice: Dice): Promise<string | undefined> {
    const paid = await insist(() =>
      db().transfer.findMany({
        where: { direction: 'outbound' },
        orderBy: { transactedAt: 'desc' },
        take: 20,
        select: { id: true },
      }),
    );
    return paid instanceof DomainError || paid.length === 0 ? undefined : dice.pick(paid).id;
  }

  async #withdraw(dice: Dice, asker: number): Promise<void> {
    const { purses } = this.#world;
    for (let nth = 0; !this.#isOver(this.made.withdrawals, PAYOUTS); nth += 1) {
      const purse = dice.pick(purses);
      const large = dice.chance(0.2);
      const amount = large ? dice.int(APPROVAL_AMOUNT, APPROVAL_AMOUNT * 2) : dice.int(100, 100_000);
      const to = this.#beneficiary(dice, purse);
      const twice = dice.chance(0.2);
      // Over as well once the others made what was left while this one waited its turn.
      while (this.#due(PAYOUTS) - this.made.withdrawals < 1) {
        if (this.#isOver(this.made.withdrawals, PAYOUTS)) return;
        await sleep(100);
      }
      if (!(await this.#has(purse, amount))) {
        await sleep(20);
        continue;
      }
      this.made.withdrawals += 1;
      await this.#ask(dice, { purse, amount: BigInt(amount), to, twice, requestId: `chaos-${asker}-${nth}` });
    }
  }

  /** A little more than was asked for: for what goes wrong with payouts to have some. */
  async more(dice: Dice, nth: number): Promise<void> {
    const purse = dice.pick(this.#world.purses);
    const amount = BigInt(dice.int(100, 20_000));
    const to = this.#beneficiary(dice, purse);
    if (!(await this.#has(purse, Number(amount)))) return;
    this.made.withdrawals += 1;
    await this.#ask(dice, { purse, amount, to, twice: false, requestId: `chaos-more-${nth}` });
  }

  /** Asking for what isn't there teaches little: most of the time it is. */
  async #has(purse: Purse, amount: number): Promise<boolean> {
    const account = await insist(() =>
      db().ledgerAccount.findFirst({
        where: { code: `wallet/${purse.id}/available` },
        select: { balance: true },
      }),
    );
    return account !== null && !(account instanceof DomainError) && account.balance >= BigInt(amount);
  }

  #beneficiary(dice: Dice, purse: Purse): string {
    const kind = dice.weighted({ outside: 14, unlucky: 3, inside: 3 });
    if (kind === 'unlucky') return dice.pick(UNLUCKY);
    if (kind === 'inside') return dice.pick(this.#world.purses.filter(({ id }) => id !== purse.id)).number;
    return someNumber(dice);
  }

  /** Under one request id until the outcome is known; some ask twice at the same moment. */
  async #ask(dice: Dice, { purse, amount, to, requestId, twice }: Ask): Promise<void> {
    const operator = dice.pick(this.#world.crew.operators);
    const ask = () =>
      insist(() =>
        requestWithdrawal(operator, {
          ...{ walletId: purse.id, amount, destination: to, requestId, comment: OUR_COMMENT },
        }),
      );
    const outcomes = await Promise.all(twice ? [ask(), ask()] : [ask()]);
    const accepted = outcomes.some((outcome) => !(outcome instanceof DomainError));
    this.asked.set(requestId, { verdict: accepted ? 'accepted' : 'refused', at: new Date() });
  }
}

/** A CLABE at another bank that takes everything. */
export function someNumber(dice: Dice): string {
  const first17 = `012180${String(dice.int(0, 999_999_999)).padStart(11, '0')}`;
  return first17 + clabeCheckDigit(first17);
}
