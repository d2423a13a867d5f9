import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { requestExchange } from '~/lib/adjustments/exchange';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { confirmBatch } from '~/lib/batches/batches';
import { approveBatch } from '~/lib/batches/decide';
import { db, transaction } from '~/lib/db';
import { heldBack } from '~/lib/gate/gate';
import { captureHold, placeHold } from '~/lib/holds/holds';
import { runSchedules } from '~/lib/schedules/run';
import { planSchedule } from '~/lib/schedules/schedules';
import { resumePayouts, stopPayouts } from '~/lib/stops/stops';
import { upload, workOffBatches } from '~/lib/testing/batches';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { tamper } from '~/lib/testing/tampering';
import type { FreezeDirection } from '~/lib/wallets/frozen';
import { enableAsset } from '~/lib/wallets/opening';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import type { Withdrawal } from '~/prisma/generated/client';

withTestDatabase();

let operator: OperatorActor;
let people: OperatorActor[];
let wallet: OpenWallet;

beforeAll(async () => {
  people = [await someOperator('approver'), await someOperator('approver')];
});

beforeEach(async () => {
  operator = await someOperator();
  wallet = await someWallet();
  await fundWallet(wallet, 100_000n);
});

afterEach(expectSoundBooks);

const [reason, destination] = ['Revisado y en orden', someClabe('012')];
const approver = () => people[0] ?? operator;
const only = () => db().withdrawal.findFirstOrThrow({ where: { walletId: wallet.id } });

async function byBatch(): Promise<Withdrawal> {
  const { id: batchId } = await upload(operator, wallet, [[destination, '100.00', 'Ana', 'Nómina']]);
  await confirmBatch(operator, { batchId, paysRepeats: false });
  await workOffBatches();
  await approveBatch(approver(), { batchId });
  await workOffBatches();
  return only();
}

async function bySchedule(): Promise<Withdrawal> {
  const { id } = await planSchedule(operator, {
    ...{ walletId: wallet.id, asset: 'MXN', amount: 10_000n, destination },
    ...{ every: 'once', startsOn: '2099-01-31', requestId: randomUUID() },
  });
  await db().schedule.update({ where: { id }, data: { nextAt: new Date(Date.now() - 1_000) } });
  await runSchedules();
  return only();
}

const freeze = (direction: FreezeDirection) =>
  freezeWallet(system('setup'), { walletId: wallet.id, reason, direction });
const thaw = () => unfreezeWallet(system('setup'), { walletId: wallet.id, reason });

async function stopAndGoOn(accountId: string | undefined, then: () => Promise<void>): Promise<void> {
  const { id: stopId } = await stopPayouts(operator, { accountId, reason });
  await then();
  for (const person of people) await resumePayouts(person, { stopId, reason });
}

describe.each([
  ['asked for alone', () => withdraw(operator, wallet, { destination })],
  ['of a file', byBatch],
  ['of a schedule', bySchedule],
])('a withdrawal %s', (_how, make) => {
  it('is asked about like any other: its wallet, its beneficiary, its account and the books', async () => {
    const { id } = await make();
    const why = () => transaction((tx) => heldBack(tx, id));
    // Nobody proves anything here, which is asked last.
    expect(await why()).toBe('proof_late');
    for (const direction of ['debits', 'both'] as const) {
      await freeze(direction);
      expect(await why()).toBe('wallet_frozen');
      await thaw();
    }
    await freeze('credits');
    expect(await why()).toBe('proof_late');
    await thaw();
    for (const accountId of [wallet.accountId, undefined])
      await stopAndGoOn(accountId, async () => expect(await why()).toBe('payouts_stopped'));
    await stopAndGoOn((await someWallet()).accountId, async () => expect(await why()).toBe('proof_late'));
    await blockBeneficiary(approver(), { number: destination, reason });
    expect(await why()).toBe('beneficiary_blocked');
    const still = await db().standstill.create({ data: { kind: 'books_older', facts: {} } });
    expect(await why()).toBe('books_older');
    await tamper(`DELETE FROM standstills WHERE id = $1::uuid`, [still.id]);
    await tamper('DELETE FROM blocked_beneficiaries');
  });
});

describe('what a frozen wallet gives to another it gives by no way', () => {
  const asked = () => ({ reason: 'Se entrega', requestId: randomUUID() });

  it('not by a capture, an exchange or a reversal, when it is asked for and when it is approved', async () => {
    const other = await someWallet();
    await enableAsset(system('setup'), { walletId: wallet.id, asset: 'USD', requestId: randomUUID() });
    const { id: holdId } = await placeHold(operator, {
      ...{ ...asked(), walletId: wallet.id, asset: 'MXN', amount: 5_000n },
      expiresAt: new Date(Date.now() + 86_400_000),
    });
    const given = { fromWalletId: other.id, toWalletId: wallet.id, amount: 1_000n };
    await fundWallet(other, 2_000n);
    const posted = async () => {
      const { id: adjustmentId } = await requestAdjustment(operator, { ...given, ...asked() });
      await approveAdjustment(approver(), { adjustmentId });
      return adjustmentId;
    };
    const capture = () => captureHold(operator, { ...asked(), holdId, toWalletId: other.id, amount: 100n });
    const exchange = async () => {
      const sides = { walletId: wallet.id, fromAsset: 'MXN', toAsset: 'USD', amount: 170n };
      const { id } = await requestExchange(operator, { ...asked(), ...sides, rate: '0.0587' });
      return db().adjustment.findFirstOrThrow({ where: { exchangeId: id } });
    };
    const reverse = (adjustmentId: string) => reverseAdjustment(operator, { ...asked(), adjustmentId });
    const [first, second] = [await posted(), await posted()];
    const waiting = [await capture(), await exchange(), await reverse(first)];
    await freeze('debits');
    for (const way of [capture, exchange, () => reverse(second)])
      await expect(way()).rejects.toMatchObject({ code: 'wallet_not_open' });
    for (const { id: adjustmentId } of waiting)
      await expect(approveAdjustment(approver(), { adjustmentId })).rejects.toMatchObject({
        code: 'wallet_not_open',
      });
  });
});
