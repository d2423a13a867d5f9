/** What others do at Fintoc in our name, and what Fintoc does to its own lists: none of it was asked for here. */
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { found, insist, type Purse } from './crew.ts';
import type { Dice } from './dice.ts';
import { someNumber } from './driver.ts';
import { OWN_FUNDS } from './endow.ts';
import { FORGED, OUR_COMMENT, SETTLEMENT_COMMENT, STRANGE_COMMENT } from './evidence.ts';
import { type Fintoc, ignoreRefusal, type Json, Refusal } from './fintoc.ts';
import type { Mistaken } from './mistaken.ts';
import type { Planted } from './planted.ts';

/**
 * `elsewhere`, `currency`, `planted`: a signed event for an account of others, in another currency, and as if it were
 * so. `misplaced`: a mark of ours on a payout of another account.
 */
const WEIGHTS = {
  ...{ payout: 3, marked: 3, settlement: 1, verification: 1 },
  ...{ flicker: 3, retracted: 2, late: 3, elsewhere: 1, currency: 1, planted: 2, puzzle: 3 },
  ...{ misplaced: 1, contradicted: 1, reissued: 1 },
};
export type Act = keyof typeof WEIGHTS;
const ACTS = Object.keys(WEIGHTS) as Act[];
/** In centavos. Of an account that is one customer's own only a little is taken: it is theirs. */
const MOST_SHARED = 20_000;
const MOST_OWN = 500;
/** A movement that flickers comes back within this, behind so many others; and so long is a puzzle one. */
const GONE_MS: [number, number] = [300, 2_000];
const BEHIND = 5;
const COMEBACK_MS = 300_000;
/** What went out and is gone is spent by others within a moment: refused so often, it needs money to come back to. */
const SPENT_AFTER = 20;
/** Final statuses that nobody knows. */
const PUZZLES = ['expired', 'blocked', 'seized'];
/** What couldn't be is tried again after this. */
const AGAIN_MS = 30_000;
const UNDER_WAY = ['awaiting_approval', 'queued', 'submitting', 'pending'] as const;

type World = {
  fintoc: Fintoc;
  purses: Purse[];
  dice: Dice;
  planted: Planted;
  mistaken: Mistaken;
  pauseMs: [number, number];
  /** So long a movement is gone that isn't gone for a moment only. */
  retractedMs: [number, number];
  /** A payout is on its way for a moment only: so long one is waited for. */
  pendingMs: number;
};

export class Strangers {
  readonly made = Object.fromEntries(ACTS.map((act) => [act, 0])) as Record<Act, number>;
  readonly #fintoc: Fintoc;
  readonly #purses: Purse[];
  readonly #dice: Dice;
  readonly #pauseMs: [number, number];
  readonly #retractedMs: [number, number];
  readonly #pendingMs: number;
  readonly #planted: Planted;
  readonly #mistaken: Mistaken;
  #taken = 0;
  #away: Promise<void>[] = [];

  constructor(world: World) {
    this.#fintoc = world.fintoc;
    this.#purses = world.purses;
    this.#dice = world.dice;
    this.#pauseMs = world.pauseMs;
    this.#retractedMs = world.retractedMs;
    this.#pendingMs = world.pendingMs;
    this.#planted = world.planted;
    this.#mistaken = world.mistaken;
  }

  /** What this run did not have of them. */
  missing(): Act[] {
    const isMade = (act: Act) => this.made[act] > 0 && (act !== 'planted' || this.#planted.cured > 0);
    return ACTS.filter((act) => !isMade(act));
  }

  async work(signal: AbortSignal): Promise<void> {
    let first = this.#dice.shuffled(ACTS);
    let lastRound = Date.now();
    while (!signal.aborted) {
      await sleep(this.#dice.int(...this.#pauseMs));
      // What couldn't be, or wasn't heard of, has its turn again after a while.
      if (first.length === 0 && Date.now() - lastRound > AGAIN_MS) {
        first = this.missing();
        lastRound = Date.now();
      }
      const act = first.shift() ?? this.#dice.weighted(WEIGHTS);
      if (await this.#do(act)) this.made[act] += 1;
    }
    await Promise.all(this.#away);
  }

  /** After the storm: a puzzle needs a payout on its way, and while books catch up with the world none is. */
  async puzzleAtLast(signal: AbortSignal): Promise<void> {
    const dice = this.#dice.for('last puzzle');
    while (!signal.aborted && this.made.puzzle === 0) {
      this.#count(await this.#puzzle(dice), 'puzzle');
      await sleep(100);
    }
  }

  /** Whether it came to pass. */
  async #do(act: Act): Promise<boolean> {
    const dice = this.#dice;
    const purse = dice.pick(this.#purses);
    switch (act) {
      case 'payout':
        return this.#pay(purse, { amount: dice.int(1, this.#most(purse)) });
      case 'settlement':
        return this.#pay(purse, { amount: dice.int(1, this.#most(purse)), comment: SETTLEMENT_COMMENT });
      case 'marked':
        return this.#payUnderMark(dice);
      case 'verification':
        return this.#ask('/account-verifications', { account_number: someNumber(dice) });
      case 'flicker':
        return this.#vanish(purse, GONE_MS);
      case 'retracted':
        // It is gone for longer than anything may be late, and the others go on meanwhile.
        this.#away.push(this.#vanish(purse, this.#retractedMs).then((done) => this.#count(done, act)));
        return false;
      case 'late':
        return this.#ask('/inbound-transfers', {
          ...{ account_number_id: purse.numberId, amount: dice.int(100, 50_000), comment: 'Caos 1' },
          behind: dice.int(1, BEHIND),
        });
      case 'elsewhere':
        return this.#ask('/events', { data: { tracking_key: forgedKey(dice) } });
      case 'currency':
        return this.#ask('/events', {
          account_number_id: purse.numberId,
          data: { tracking_key: forgedKey(dice), currency: 'USD' },
        });
      case 'planted':
        return this.#plant();
      case 'puzzle':
        return this.#puzzle(dice);
      case 'misplaced':
        return this.#payElsewhere(purse);
      case 'contradicted':
        return this.#mistaken.contradict(dice);
      case 'reissued':
        return this.#mistaken.reissue(purse, dice);
    }
  }

  #count(done: boolean, act: Act): void {
    if (done) this.made[act] += 1;
  }

  #most({ pattern }: Pick<Purse, 'pattern'>): number {
    return pattern === 'A' ? MOST_SHARED : MOST_OWN;
  }

  #pay({ accountId }: { accountId: string }, facts: { amount: number } & Json): Promise<boolean> {
    if (this.#taken + facts.amount > OWN_FUNDS / 2) return Promise.resolve(false);
    this.#taken += facts.amount;
    return this.#ask('/dashboard-payouts', {
      counterparty: { account_number: someNumber(this.#dice) },
      ...{ account_id: accountId, comment: STRANGE_COMMENT, ...facts },
    });
  }

  /** Under the mark of a withdrawal that has ended: as it was, of another amount, or to somebody else. */
  async #payUnderMark(dice: Dice): Promise<boolean> {
    const neverSent = dice.chance(0.05);
    const ended = await insist(() =>
      db().withdrawal.findMany({
        where: {
          ...{ status: { notIn: [...UNDER_WAY] }, amount: { lte: BigInt(MOST_SHARED) } },
          // Under the mark of one that was never sent, the books have to seem older than the world: all stands still.
          submitAttempts: neverSent ? 0 : { gt: 0 },
        },
        ...{ orderBy: { createdAt: 'desc' }, take: 20 },
      }),
    );
    const how = dice.weighted({ same: 3, amount: 1, beneficiary: 1 });
    const other = { amount: dice.int(1, MOST_OWN), number: someNumber(dice) };
    if (ended instanceof DomainError || ended.length === 0) return false;
    const { id, walletId, accountId, amount, destination } = dice.pick(ended);
    return this.#pay(
      { accountId },
      {
        amount: how === 'amount' ? other.amount : Number(amount),
        counterparty: { account_number: how === 'beneficiary' ? other.number : destination },
        metadata: { withdrawal_id: id, wallet_id: walletId },
      },
    );
  }

  /** Under the mark of a withdrawal that was sent, whatever became of it, out of an account that is not its own. */
  async #payElsewhere({ accountId, pattern }: Purse): Promise<boolean> {
    const [amount, most] = [this.#dice.int(1, MOST_OWN), this.#most({ pattern })];
    const sent = await found(() =>
      db().withdrawal.findMany({
        where: { accountId: { not: accountId }, submitAttempts: { gt: 0 } },
        ...{ orderBy: { createdAt: 'desc' }, take: 20 },
      }),
    );
    if (sent.length === 0) return false;
    const { id, walletId } = this.#dice.pick(sent);
    const metadata = { withdrawal_id: id, wallet_id: walletId };
    return this.#pay({ accountId }, { amount: Math.min(amount, most), metadata });
  }

  /** A movement is gone from the list for a while, and comes back behind newer ones. */
  async #vanish({ accountId, numberId }: Purse, [least, most]: [number, number]): Promise<boolean> {
    const path = `/accounts/${accountId}/movements`;
    const [nth, stated] = [this.#dice.int(0, 9), this.#dice.chance(0.5)];
    const [goneMs, behind] = [this.#dice.int(least, most), this.#dice.int(1, BEHIND)];
    const newest: Json[] = await this.#fintoc.control('GET', path);
    const movement = newest[nth];
    // What went out and is gone could be paid out again, and then not come back.
    if (!movement || (most > GONE_MS[1] && movement.direction === 'outbound')) return false;
    const { id, direction, amount, type, resource_id } = movement;
    try {
      await this.#fintoc.control('POST', `/movements/${id}/retract`, { stated });
    } catch (error) {
      // Of what was spent it can't be. One that is not found was retracted by an answer that got lost.
      if (!(error instanceof Refusal)) throw error;
      if (!error.message.includes(' answered 404')) return false;
    }
    await sleep(goneMs);
    const facts = { id, direction, amount, type, resource_id, stated };
    const end = Date.now() + COMEBACK_MS;
    for (let tries = 0; Date.now() < end; tries += 1) {
      const late = { ...facts, behind: Math.max(1, behind - tries) };
      await this.#ask(`${path}/late`, late);
      const listed: Json[] = await this.#fintoc.control('GET', path);
      if (listed.some((one) => one.id === id)) return true;
      const money = { account_number_id: numberId, amount, comment: 'Caos 1' };
      if (tries % SPENT_AFTER === SPENT_AFTER - 1) await this.#ask('/inbound-transfers', money);
      await sleep(200);
    }
    throw new Error(`Movement ${id} does not come back.`);
  }

  /** A payout of ours ends as nobody knows, with or without a word, and a moment later as somebody does. */
  async #puzzle(dice: Dice): Promise<boolean> {
    const status = dice.pick(PUZZLES);
    const event = dice.chance(0.5) ? `transfer.outbound.${status}` : null;
    const [ms, outcome] = [dice.int(...GONE_MS), dice.weighted({ succeeded: 2, failed: 1 })];
    const ours = `/pending-payouts?comment=${encodeURIComponent(OUR_COMMENT)}`;
    for (const end = Date.now() + this.#pendingMs; Date.now() < end; await sleep(50)) {
      const { ids }: { ids: string[] } = await this.#fintoc.control('GET', ours);
      const [id] = ids;
      if (!id) continue;
      const path = `/transfers/${id}/end`;
      if (await this.#ask(path, { status, event, from: 'pending' })) await sleep(ms);
      // Also where it was refused: then it is over, or was done before by an answer that got lost.
      const ending = { status: outcome, refund: outcome === 'failed', event: `transfer.outbound.${outcome}` };
      if (await this.#ask(path, { ...ending, from: status })) return true;
    }
    return false;
  }

  /** Mostly in an account that is one customer's own: until it is cured nothing leaves the account. */
  async #plant(): Promise<boolean> {
    const own = this.#purses.filter(({ pattern }) => pattern !== 'A');
    const purses = own.length === 0 || this.#dice.chance(0.1) ? this.#purses : own;
    await this.#planted.tell(this.#dice.pick(purses), forgedKey(this.#dice));
    return true;
  }

  /** False where Fintoc refuses. */
  async #ask(path: string, body: object): Promise<boolean> {
    try {
      await this.#fintoc.control('POST', path, body);
      return true;
    } catch (error) {
      ignoreRefusal(error);
      return false;
    }
  }
}

function forgedKey(dice: Dice): string {
  return `${FORGED}${dice.int(0, 999_999_999)}`;
}
