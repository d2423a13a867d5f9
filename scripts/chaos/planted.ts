/** Deposits that only a signed event tells of: somebody asks for more than there really is, and two people mend it. */

import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { DomainError } from '~/lib/errors';
import { cancelWithdrawal, requestWithdrawal } from '~/lib/withdrawals/withdrawals';
import { type Crew, found, insist, type Purse } from './crew.ts';
import { FORGED, OUR_COMMENT, PLANTED, TOP_UP_COMMENT } from './evidence.ts';
import type { Fintoc } from './fintoc.ts';

const reason = 'Caos';
/** A CLABE at another bank that takes everything. */
const THIEF = '012180000000000002';
const BAIT = 'chaos-bait-';
/** An event may be dropped, and its credit taken back by a restore. */
const FORGET_MS = 120_000;
/** What a customer pays in to make good arrives within this. */
const TOP_UP_MS = 20_000;

export class Planted {
  /** How often somebody asked for money that had never come. */
  asked = 0;
  /** And how often two people took back what had never come. */
  cured = 0;
  readonly #fintoc: Fintoc;
  readonly #crew: Crew;
  readonly #purses: Purse[];
  readonly #told = new Map<string, number>();
  readonly #toppedUp = new Map<string, number>();
  #cures = 0;

  constructor({ fintoc, crew, purses }: { fintoc: Fintoc; crew: Crew; purses: Purse[] }) {
    this.#fintoc = fintoc;
    this.#crew = crew;
    this.#purses = purses;
  }

  /** An event as Fintoc would sign it, for a transfer that Fintoc doesn't have. */
  async tell({ numberId }: Pick<Purse, 'numberId'>, trackingKey: string): Promise<void> {
    const data = { tracking_key: trackingKey, amount: PLANTED };
    const event = await this.#fintoc.control('POST', '/events', { account_number_id: numberId, data });
    this.#told.set(event.data.id, Date.now());
  }

  /** Asks for all that was really there and half of what wasn't, as soon as it is shown. */
  async tempt(): Promise<void> {
    for (const [transferId, at] of this.#told) {
      if (Date.now() - at > FORGET_MS) this.#told.delete(transferId);
      const [transfer] = await found(() =>
        db().transfer.findMany({ where: { id: transferId, state: 'succeeded', suspenseReason: null } }),
      );
      const walletId = transfer?.walletId;
      if (!walletId) continue;
      const [shown] = await found(() =>
        db().ledgerAccount.findMany({ where: { code: `wallet/${walletId}/available` } }),
      );
      const amount = (shown?.balance ?? 0n) - BigInt(PLANTED) / 2n;
      this.#told.delete(transferId);
      if (amount <= BigInt(PLANTED) / 2n - MARGIN) continue;
      const outcome = await insist(() =>
        requestWithdrawal(this.#crew.operator, {
          ...{ walletId, amount, destination: THIEF, comment: OUR_COMMENT },
          requestId: `${BAIT}${transferId}`,
        }),
      );
      if (!(outcome instanceof DomainError)) this.asked += 1;
    }
  }

  /** What the proof found to be nowhere at Fintoc is taken back by two people, and what waits for it called off. */
  async cure(): Promise<void> {
    const breaks = await found(() =>
      db().proofBreak.findMany({ where: { kind: 'missing_there', state: { in: ['open', 'released'] } } }),
    );
    for (const { id: breakId, transferId, accountId, actual } of breaks) {
      const [transfer] = await found(() => db().transfer.findMany({ where: { id: transferId ?? '' } }));
      if (!transfer?.trackingKey?.startsWith(FORGED) || !transfer.walletId) continue;
      const { walletId, suspenseReason } = transfer;
      const { operator } = this.#crew;
      if (suspenseReason !== null)
        await insist(() => assignDeposit(operator, { transferId: transfer.id, walletId, reason }));
      await this.#callOff(walletId);
      await this.#takeBack({ breakId, walletId, accountId, amount: actual });
      // Somebody may have asked meanwhile, and what is paid in to make good would let it go.
      await this.#callOff(walletId);
    }
  }

  async #callOff(walletId: string): Promise<void> {
    const status = { in: ['awaiting_approval' as const, 'queued' as const] };
    const where = { walletId, status, requestId: { startsWith: BAIT } };
    for (const { id: withdrawalId } of await found(() => db().withdrawal.findMany({ where })))
      await insist(() => cancelWithdrawal(this.#crew.operator, { withdrawalId, reason }));
  }

  async #takeBack(due: { breakId: string; walletId: string; accountId: string; amount: bigint }) {
    const { breakId, walletId, accountId, amount } = due;
    const where = { breakId, status: { in: ['awaiting_approval' as const, 'posted' as const] } };
    const standing = await found(() => db().adjustment.findMany({ where }));
    if (standing.length === 0) {
      this.#cures += 1;
      const requestId = `chaos-cure-${this.#cures}`;
      const facts = { fromWalletId: walletId, accountId, amount, breakId, reason, requestId };
      const asked = await insist(() => requestAdjustment(this.#crew.operator, facts));
      if (asked instanceof DomainError) return this.#topUp(walletId, amount);
      standing.push(asked);
    }
    for (const { id: adjustmentId, status } of standing)
      if (status === 'awaiting_approval') {
        const outcome = await insist(() => approveAdjustment(this.#crew.approver, { adjustmentId }));
        if (!(outcome instanceof DomainError)) this.cured += 1;
      }
  }

  /** Who owed something, or has asked for more than they had, pays in what is missing. */
  async #topUp(walletId: string, amount: bigint): Promise<void> {
    const last = this.#toppedUp.get(walletId) ?? 0;
    const purse = this.#purses.find(({ id }) => id === walletId);
    const [account] = await found(() =>
      db().ledgerAccount.findMany({ where: { code: `wallet/${walletId}/available` } }),
    );
    const lacking = Number(amount - (account?.balance ?? 0n));
    if (!purse || lacking <= 0 || Date.now() - last < TOP_UP_MS) return;
    this.#toppedUp.set(walletId, Date.now());
    const deposit = { account_number_id: purse.numberId, amount: lacking + FEES, comment: TOP_UP_COMMENT };
    await this.#fintoc.control('POST', '/inbound-transfers/batch', { transfers: [deposit] });
  }
}

/** In centavos: what was held or owed before. */
const MARGIN = 100_000_000n;
const FEES = 1_000;
