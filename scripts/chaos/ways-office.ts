/** Who decides on what is asked to leave, and lets go on what stopped by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OperatorActor } from '~/lib/actor';
import { cancelBatch } from '~/lib/batches/batches';
import { approveBatch, declineBatch } from '~/lib/batches/decide';
import { db } from '~/lib/db';
import { approveWithdrawal, cancelWithdrawal, declineWithdrawal } from '~/lib/withdrawals/withdrawals';
import { type Crew, found, insist, letBooksGoOn, letPayoutsGoOn } from './crew.ts';
import type { Dice } from './dice.ts';

const reason = 'Caos';
const VERDICTS = { approve: 16, decline: 2, cancel: 2 };

export class Office {
  readonly #crew: Crew;
  readonly #dice: Dice;

  constructor({ crew, dice }: { crew: Crew; dice: Dice }) {
    this.#crew = crew;
    this.#dice = dice;
  }

  async work(signal: AbortSignal): Promise<void> {
    const { approver, witness } = this.#crew;
    await Promise.all([
      ...[approver, witness].map((person) => {
        const dice = this.#dice.for(person.name);
        return again(signal, () => this.#decide(dice, person));
      }),
      this.letGoOn(signal),
    ]);
  }

  async letGoOn(signal: AbortSignal): Promise<void> {
    await again(signal, async () => {
      await letBooksGoOn(this.#crew);
      await letPayoutsGoOn(this.#crew);
    });
  }

  async decideRest(): Promise<void> {
    await this.#decide(this.#dice.for('last approver'), this.#crew.approver);
  }

  /** Calls off what its account at Fintoc can't cover. */
  async giveUpHopeless(): Promise<void> {
    const where = { status: 'queued' as const, failureCode: 'insufficient_balance' };
    for (const { id: withdrawalId } of await found(() =>
      db().withdrawal.findMany({ where, select: { id: true } }),
    ))
      await insist(() => cancelWithdrawal(this.#crew.operator, { withdrawalId, reason }));
  }

  async #decide(dice: Dice, person: OperatorActor): Promise<void> {
    const { operator } = this.#crew;
    const alone = { status: 'awaiting_approval' as const, batchId: null };
    for (const { id: withdrawalId } of await found(() => db().withdrawal.findMany({ where: alone }))) {
      const verdict = dice.weighted(VERDICTS);
      if (verdict === 'approve') await insist(() => approveWithdrawal(person, { withdrawalId }));
      else if (verdict === 'decline') await insist(() => declineWithdrawal(person, { withdrawalId, reason }));
      else await insist(() => cancelWithdrawal(operator, { withdrawalId, reason }));
    }
    const waiting = { state: 'awaiting_approval' as const };
    for (const { id: batchId } of await found(() => db().withdrawalBatch.findMany({ where: waiting }))) {
      const verdict = dice.weighted(VERDICTS);
      if (verdict === 'approve') await insist(() => approveBatch(person, { batchId }));
      else if (verdict === 'decline') await insist(() => declineBatch(person, { batchId, reason }));
      else await insist(() => cancelBatch(operator, { batchId, reason }));
    }
  }
}

async function again(signal: AbortSignal, act: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    await act();
    await sleep(300);
  }
}
