/** What others do at Fintoc in our name, and what Fintoc does to its own lists: none of it was asked for here. */
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '~/lib/db';
import { DomainError } from '~/lib/errors';
import { insist, type Purse } from './crew.ts';
import type { Dice } from './dice.ts';
import { someNumber } from './driver.ts';
import { OWN_FUNDS } from './endow.ts';
import { FORGED, SETTLEMENT_COMMENT, STRANGE_COMMENT } from './evidence.ts';
import { type Fintoc, ignoreRefusal, type Json, Refusal } from './fintoc.ts';

const WEIGHTS = {
  ...{ payout: 3, marked: 3, settlement: 1, verification: 1 },
  ...{ flicker: 3, late: 3, forged: 2, puzzle: 3 },
};
type Act = keyof typeof WEIGHTS;
const ACTS = Object.keys(WEIGHTS) as Act[];
/** In centavos. Of an account that is one customer's own only a little is taken: it is theirs. */
const MOST_SHARED = 20_000;
const MOST_OWN = 500;
/** Of a retracted movement: it comes back within this, behind so many others. */
const GONE_MS: [number, number] = [300, 2_000];
const BEHIND = 5;
const COMEBACK_MS = 60_000;
/** Final statuses that nobody knows. */
const PUZZLES = ['expired', 'blocked', 'seized'];
/** A payout is pending for a moment only. */
const PENDING_WITHIN_MS = 3_000;
const UNDER_WAY = ['awaiting_approval', 'queued', 'submitting', 'pending'] as const;

export class Strangers {
  readonly made: Record<Act, number> = {
    ...{ payout: 0, marked: 0, settlement: 0, verification: 0, flicker: 0, late: 0, forged: 0, puzzle: 0 },
  };
  readonly #fintoc: Fintoc;
  readonly #purses: Purse[];
  readonly #dice: Dice;
  readonly #pauseMs: [number, number];
  #taken = 0;

  constructor(world: { fintoc: Fintoc; purses: Purse[]; dice: Dice; pauseMs: [number, number] }) {
    this.#fintoc = world.fintoc;
    this.#purses = world.purses;
    this.#dice = world.dice;
    this.#pauseMs = world.pauseMs;
  }

  /** What this run did not have of them. */
  missing(): string[] {
    return ACTS.filter((act) => this.made[act] === 0);
  }

  async work(signal: AbortSignal): Promise<void> {
    const first = this.#dice.shuffled(ACTS);
    while (!signal.aborted) {
      await sleep(this.#dice.int(...this.#pauseMs));
      const act = first.shift() ?? this.#dice.weighted(WEIGHTS);
      if (await this.#do(act)) this.made[act] += 1;
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
        return this.#flicker(purse);
      case 'late':
        return this.#ask('/inbound-transfers', {
          ...{ account_number_id: purse.numberId, amount: dice.int(100, 50_000), comment: 'Caos 1' },
          behind: dice.int(1, BEHIND),
        });
      case 'forged':
        return this.#forge(purse);
      case 'puzzle':
        return this.#puzzle(dice);
    }
  }

  #most({ pattern }: Purse): number {
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
    const ended = await insist(() =>
      db().withdrawal.findMany({
        where: { status: { notIn: [...UNDER_WAY] }, amount: { lte: BigInt(MOST_SHARED) } },
        ...{ orderBy: { createdAt: 'desc' }, take: 20 },
      }),
    );
    const how = dice.weighted({ same: 3, amount: 1, beneficiary: 1 });
    const other = { amount: dice.int(1, MOST_OWN), number: someNumber(dice) };
    if (ended instanceof DomainError || ended.length === 0) return false;
    const { id, walletId, accountId, amount, beneficiaryNumber } = dice.pick(ended);
    return this.#pay(
      { accountId },
      {
        amount: how === 'amount' ? other.amount : Number(amount),
        counterparty: { account_number: how === 'beneficiary' ? other.number : beneficiaryNumber },
        metadata: { withdrawal_id: id, wallet_id: walletId },
      },
    );
  }

  /** A movement is gone from the list for a moment, and comes back behind newer ones. */
  async #flicker({ accountId }: Purse): Promise<boolean> {
    const path = `/accounts/${accountId}/movements`;
    const newest: Json[] = await this.#fintoc.control('GET', path);
    const movement = newest[this.#dice.int(0, 9)];
    const stated = this.#dice.chance(0.5);
    const [goneMs, behind] = [this.#dice.int(...GONE_MS), this.#dice.int(1, BEHIND)];
    if (!movement) return false;
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
    for (let nth = behind, end = Date.now() + COMEBACK_MS; ; nth = Math.max(1, nth - 1)) {
      await this.#fintoc.control('POST', `${path}/late`, { ...facts, behind: nth }).catch(ignoreRefusal);
      const listed: Json[] = await this.#fintoc.control('GET', path);
      if (listed.some((one) => one.id === id)) return true;
      if (Date.now() > end) throw new Error(`Movement ${id} does not come back.`);
      await sleep(200);
    }
  }

  /** A payout of ours ends as nobody knows, with or without a word, and a moment later as somebody does. */
  async #puzzle(dice: Dice): Promise<boolean> {
    const status = dice.pick(PUZZLES);
    const event = dice.chance(0.5) ? `transfer.outbound.${status}` : null;
    const [ms, outcome] = [dice.int(...GONE_MS), dice.weighted({ succeeded: 2, failed: 1 })];
    for (const end = Date.now() + PENDING_WITHIN_MS; Date.now() < end; await sleep(50)) {
      const pending = await insist(() =>
        db().withdrawal.findFirst({
          where: { status: 'pending', transferId: { not: null } },
          orderBy: { submittedAt: 'desc' },
        }),
      );
      if (!pending || pending instanceof DomainError) continue;
      const path = `/transfers/${pending.transferId}/end`;
      if (await this.#ask(path, { status, event, from: 'pending' })) await sleep(ms);
      // Also where it was refused: then it is over, or was done before by an answer that got lost.
      const ending = { status: outcome, refund: outcome === 'failed', event: `transfer.outbound.${outcome}` };
      if (await this.#ask(path, { ...ending, from: status })) return true;
    }
    return false;
  }

  /** A signed event, for an account that does not exist, or in another currency than the account's. */
  #forge({ numberId }: Purse): Promise<boolean> {
    const data = { tracking_key: `${FORGED}${this.#dice.int(0, 999_999_999)}` };
    return this.#ask(
      '/events',
      this.#dice.chance(0.5) ? { data } : { account_number_id: numberId, data: { ...data, currency: 'USD' } },
    );
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
