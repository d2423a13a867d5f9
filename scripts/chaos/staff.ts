/**
 * What operators do meanwhile: decide, explain, freeze, give suspense to its wallet, move money, call off, mend, and let
 * go on what a restore took back or what stopped by itself.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, declineAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest, declineDepositRequest } from '~/lib/deposits/requests';
import { DomainError } from '~/lib/errors';
import { explainPayout } from '~/lib/transfers/unexplained';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { approveWithdrawal, cancelWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';
import { type Crew, found, insist, letBooksGoOn, letPayoutsGoOn, type Purse } from './crew.ts';
import type { Dice } from './dice.ts';
import { OUR_COMMENT } from './evidence.ts';
import type { Planted } from './planted.ts';

const reason = 'Caos';
/** So much is decided on in one go. */
const HEAP = 50;
const MOST_HEAPS = 20;

type World = { crew: Crew; purses: Purse[]; dice: Dice; planted: Planted };

export class Staff {
  adjustments = 0;
  readonly #crew: Crew;
  readonly #purses: Purse[];
  readonly #dice: Dice;
  readonly #planted: Planted;

  constructor({ crew, purses, dice, planted }: World) {
    this.#planted = planted;
    this.#crew = crew;
    this.#purses = purses;
    this.#dice = dice;
  }

  async work(signal: AbortSignal): Promise<void> {
    await Promise.all([
      ...[this.#crew.approver, this.#crew.witness].map((person) =>
        this.#again(signal, this.#dice.for(person.name), [200, 400], (dice) => this.#decide(dice, person)),
      ),
      this.#again(signal, this.#dice.for('thief'), [200, 600], () => this.#planted.tempt()),
      this.#again(signal, this.#dice.for('menders'), [500, 1_500], () => this.#planted.cure()),
      this.#again(signal, this.#dice.for('releasers'), [1_000, 2_000], () => letBooksGoOn(this.#crew)),
      this.#again(signal, this.#dice.for('resumers'), [1_000, 4_000], () => letPayoutsGoOn(this.#crew)),
      this.#again(signal, this.#dice.for('explainers'), [300, 1_500], () => this.#explain()),
      this.#again(signal, this.#dice.for('freezer'), [500, 3_000], (dice) => this.#freeze(dice)),
      this.#again(signal, this.#dice.for('adjuster'), [300, 2_000], (dice) => this.#adjust(dice)),
    ]);
  }

  /** While all comes to rest: what stands still or stops by itself stays so no longer than in the storm. */
  async letGoOn(signal: AbortSignal): Promise<void> {
    await Promise.all([
      this.#again(signal, this.#dice.for('last releasers'), [1_000, 2_000], () => letBooksGoOn(this.#crew)),
      this.#again(signal, this.#dice.for('last resumers'), [1_000, 4_000], () => letPayoutsGoOn(this.#crew)),
    ]);
  }

  /** Decides on what still waits for a second person, and does what still waits for two. */
  async decideRest(): Promise<void> {
    // A long storm leaves thousands, and looking at all that is open between two heaps takes seconds.
    const decide = () => this.#decide(this.#dice.for('last approver'), this.#crew.approver);
    for (let heaps = 0; heaps < MOST_HEAPS && (await decide()); heaps += 1);
    await this.#explain();
    await this.#planted.cure();
    // A restore may have taken back that it was let go.
    const frozen = await found(() => db().wallet.findMany({ where: { status: 'frozen' } }));
    for (const { id: walletId } of frozen)
      await insist(() => unfreezeWallet(this.#crew.operator, { walletId, reason }));
  }

  /** Calls off what its account at Fintoc can't cover: a deposit was taken back after it had been spent. */
  async giveUpHopeless(): Promise<void> {
    const where = { status: 'queued' as const, failureCode: 'insufficient_balance' };
    for (const { id: withdrawalId } of await found(() =>
      db().withdrawal.findMany({ where, select: { id: true } }),
    ))
      await insist(() => cancelWithdrawal(this.#crew.operator, { withdrawalId, reason }));
  }

  async #again(
    signal: AbortSignal,
    dice: Dice,
    pauseMs: [number, number],
    act: (dice: Dice) => Promise<unknown>,
  ): Promise<void> {
    while (!signal.aborted) {
      await act(dice);
      await sleep(dice.int(...pauseMs));
    }
  }

  /** Answers whether there may be more. */
  async #decide(dice: Dice, approver: OperatorActor): Promise<boolean> {
    const { operator } = this.#crew;
    const where = { status: 'awaiting_approval' as const };
    const heap = { where, take: HEAP, select: { id: true } } as const;
    const payouts = await found(() => db().withdrawal.findMany(heap));
    for (const { id: withdrawalId } of payouts) {
      const verdict = dice.weighted({ approve: 16, decline: 3, cancel: 1 });
      if (verdict === 'approve') await insist(() => approveWithdrawal(approver, { withdrawalId }));
      else if (verdict === 'decline')
        await insist(() => declineWithdrawal(approver, { withdrawalId, reason }));
      else await insist(() => cancelWithdrawal(operator, { withdrawalId, reason }));
    }
    const moves = await found(() => db().adjustment.findMany(heap));
    for (const { id: adjustmentId } of moves) {
      if (dice.chance(0.8)) await insist(() => approveAdjustment(approver, { adjustmentId }));
      else await insist(() => declineAdjustment(approver, { adjustmentId, reason }));
    }
    const requests = await found(() =>
      db().depositRequest.findMany({ ...heap, where: { approval: { state: 'waiting' } } }),
    );
    for (const { id: requestId } of requests) await this.#decideRequest(dice, approver, requestId);
    return payouts.length === HEAP;
  }

  /** What the bank was quicker with, or what lost more meanwhile, can only be declined. */
  async #decideRequest(dice: Dice, approver: OperatorActor, requestId: string): Promise<void> {
    const anyway = { acceptsLoss: 2n ** 62n, acceptsNotOpen: true };
    const approve = () => approveDepositRequest(approver, { requestId, ...anyway });
    if (dice.chance(0.8) && !((await insist(approve)) instanceof DomainError)) return;
    await insist(() => declineDepositRequest(approver, { requestId, reason }));
  }

  /**
   * What left a customer's own account they got, and so they did what was theirs before a restore; the rest is the
   * platform's. Two people say so.
   */
  async #explain(): Promise<void> {
    const { approver, witness } = this.#crew;
    const payouts = await found(() =>
      db().unexplainedPayout.findMany({
        where: { explainedAt: null, transfer: { state: 'succeeded' } },
        ...{ take: 20, include: { transfer: { select: { accountId: true, amount: true, comment: true } } } },
      }),
    );
    for (const { transferId, transfer, walletId: marked } of payouts) {
      const owner = this.#purses.find(
        ({ pattern, accountId }) => pattern !== 'A' && accountId === transfer.accountId,
      );
      const walletId = owner?.id ?? (transfer.comment === OUR_COMMENT ? marked : null) ?? undefined;
      const kind = walletId ? 'wallet' : transfer.amount === 1n ? 'verification' : 'external';
      for (const person of [approver, witness])
        await insist(() => explainPayout(person, { transferId, kind, walletId, reason }));
    }
  }

  /** For a moment: what comes then waits in suspense, and an operator gives some of it to its wallet. */
  async #freeze(dice: Dice): Promise<void> {
    const { operator } = this.#crew;
    const walletId = dice.pick(this.#purses).id;
    await insist(() => freezeWallet(operator, { walletId, reason }));
    await sleep(dice.int(100, 1_500));
    await insist(() => unfreezeWallet(operator, { walletId, reason }));
    const where = { suspenseReason: 'wallet_frozen', walletId };
    const waiting = await found(() => db().transfer.findMany({ where, take: 20, select: { id: true } }));
    for (const { id: transferId } of waiting)
      if (dice.chance(0.5)) await insist(() => assignDeposit(operator, { transferId, walletId, reason }));
  }

  /** Between wallets of one account at Fintoc: elsewhere the money would be missing there when it is paid out. */
  async #adjust(dice: Dice): Promise<void> {
    const shared = this.#purses.filter(({ pattern }) => pattern === 'A');
    const [from, to] = dice.shuffled(shared);
    const amount = BigInt(dice.int(1, 50_000));
    if (!from || !to) return;
    this.adjustments += 1;
    const requestId = `chaos-adjustment-${this.adjustments}`;
    await insist(() =>
      requestAdjustment(this.#crew.operator, {
        ...{ fromWalletId: from.id, toWalletId: to.id, amount, reason, requestId },
      }),
    );
  }
}
