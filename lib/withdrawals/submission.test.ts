import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { db } from '~/lib/db';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator, someTerms } from '~/lib/testing/factories';
import {
  depositInto,
  expectCashEqualsFintoc,
  type ReadyWallet,
  readyWallet,
  settleAll,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { tamper } from '~/lib/testing/tampering';
import { houseWallets } from '~/lib/wallets/house';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
const fintoc = withLocalFintoc();

/** Fintoc's documented number whose payouts fail for lack of funds, and ours for one that comes back late. */
const FAILS = '012969100000000013';
const RETURNED = '012969100000000039';
const RETURNED_LATE = '012969100000000042';

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator();
  const terms = await someTerms({ withdrawalFeeAmount: 500n });
  wallet = await readyWallet({ termsId: terms.id });
  await depositInto(fintoc, wallet, 50_000_000);
});

beforeEach(() => fintoc.calm());

afterEach(async () => {
  await skipPauses();
  await settleAll(fintoc);
  await expectSoundBooks();
  await expectCashEqualsFintoc(fintoc);
});

const payoutsOf = async (id: string) =>
  (await fintoc.payouts()).filter(({ metadata }) => metadata.withdrawal_id === id);
const fault = (kind: string, facts: object = {}) =>
  fintoc.control('POST', '/faults', { kind, method: 'POST', path: '/v2/transfers', ...facts });

describe('a withdrawal goes out', () => {
  it('and arrives: paid once, with tracking key and CEP link, fee earned', async () => {
    const before = { ...(await moneyOf(wallet)), fees: await balanceOf('house/fees') };
    const { id } = await withdraw(operator, wallet, { comment: 'Factura 10451', referenceId: '150195' });
    await settleAll(fintoc);
    const row = await db().withdrawal.findUniqueOrThrow({ where: { id }, include: { transfer: true } });
    expect(row).toMatchObject({ status: 'succeeded', failureCode: null, leaseUntil: null });
    expect(row.transfer?.trackingKey).toMatch(/^\d{8}90735\d{17}$/);
    expect(row.transfer?.receiptUrl).toContain('/receipt');
    expect(row.transfer).toMatchObject({
      comment: 'Factura 10451',
      referenceId: '150195',
      walletId: wallet.id,
    });
    expect(await payoutsOf(id)).toHaveLength(1);
    expect(await moneyOf(wallet)).toEqual({
      available: before.available - 10_500n,
      reserved: before.reserved,
    });
    expect(await balanceOf('house/fees')).toBe(before.fees + 500n);
  });

  it.each([
    ['fails', FAILS, 'failed'],
    ['is sent back by the bank', RETURNED, 'returned'],
    ['is sent back after it had arrived', RETURNED_LATE, 'returned'],
  ])('and %s: the money is back in the wallet, fee and all', async (_how, destination, status) => {
    const before = await moneyOf(wallet);
    const { id } = await withdraw(operator, wallet, { destination });
    await settleAll(fintoc);
    const row = await withdrawalRow(id);
    expect(row).toMatchObject({ status });
    expect(row.failureCode).toBeTruthy();
    expect(await moneyOf(wallet)).toEqual(before);
  });

  it('and is refused for good by Fintoc: the money is back, with the reason', async () => {
    const before = await moneyOf(wallet);
    const { id } = await withdraw(operator, wallet);
    // A CLABE that Fintoc refuses and we would not have taken, sealed as if it had been asked for.
    await tamper(`UPDATE withdrawals SET destination = '012180000000000008' WHERE id = $1`, [id]);
    await tamper('UPDATE withdrawals w SET request_hash = withdrawal_hash(w) WHERE id = $1', [id]);
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'failed', failureCode: 'invalid_clabe' });
    expect(await moneyOf(wallet)).toEqual(before);
  });

  it('waits while its account at Fintoc lacks funds, can be called off, and goes later under a new key', async () => {
    const poor = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, poor, 30_000);
    // Somebody spends from the same account beside us.
    await fintoc.control('POST', '/daily-settlement', { account_id: poor.accountId });
    const [kept, calledOff] = [await withdraw(operator, poor), await withdraw(operator, poor)];
    await submitWithdrawals();
    for (const { id } of [kept, calledOff]) {
      expect(await withdrawalRow(id)).toMatchObject({
        status: 'queued',
        failureCode: 'insufficient_balance',
        submitRound: 1,
        submittedAt: null,
      });
    }
    await cancelWithdrawal(operator, { withdrawalId: calledOff.id, reason: 'No longer needed' });
    expect((await moneyOf(poor)).reserved).toBe(10_000n);
    await fintoc.fund(poor.accountId, 40_000);
    await skipPauses();
    await settleAll(fintoc);
    expect(await withdrawalRow(kept.id)).toMatchObject({ status: 'succeeded', submitRound: 1 });
    expect(await payoutsOf(kept.id)).toHaveLength(1);
    expect(await payoutsOf(calledOff.id)).toHaveLength(0);
  });

  it('waits while its account at Fintoc is blocked, and goes as soon as it is not', async () => {
    const own = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, own, 30_000);
    await fintoc.control('POST', `/accounts/${own.accountId}/block`);
    const { id } = await withdraw(operator, own);
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({ status: 'queued', failureCode: 'account_not_active' });
    await fintoc.control('POST', `/accounts/${own.accountId}/unblock`);
    await skipPauses();
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
  });

  it('from the platform’s own wallet too, and never below what it has', async () => {
    const { operating: house } = await houseWallets(db(), 'MXN');
    await fintoc.fund(house.accountId ?? '', 20_000);
    await settleAll(fintoc);
    const before = await balanceOf('house/operating');
    await expect(withdraw(operator, house, { amount: before + 1n })).rejects.toMatchObject({
      code: 'insufficient_funds',
    });
    const { id } = await withdraw(operator, house, { amount: 20_000n });
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', feeAmount: 0n });
    expect(await balanceOf('house/operating')).toBe(before - 20_000n);
    expect(await moneyOf(house)).toMatchObject({ reserved: 0n });
  });

  it('not while its wallet is frozen', async () => {
    const frozen = await readyWallet();
    await depositInto(fintoc, frozen, 20_000);
    const { id } = await withdraw(operator, frozen);
    await freezeWallet(system('setup'), { walletId: frozen.id, reason: 'test' });
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({ status: 'queued', heldReason: 'wallet_frozen' });
    expect(await payoutsOf(id)).toEqual([]);
    await unfreezeWallet(system('setup'), { walletId: frozen.id, reason: 'test' });
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
  });
});

describe('whatever goes wrong on the way, it is paid exactly once', () => {
  it.each([
    ['no answer, before Fintoc did anything', 'reset', { when: 'before_commit' }, 'submitting'],
    ['no answer, after Fintoc had made it', 'reset', { when: 'after_commit' }, 'submitting'],
    ['an answer that comes too late', 'slow', { when: 'after_commit', delay_ms: 15_000 }, 'submitting'],
    ['a web page for an answer, before', 'html_500', { when: 'before_commit' }, 'submitting'],
    ['a web page for an answer, after', 'html_500', { when: 'after_commit' }, 'submitting'],
    ['an empty 503, before', 'empty_503', { when: 'before_commit' }, 'submitting'],
    ['an empty 503, after', 'empty_503', { when: 'after_commit' }, 'submitting'],
    ['too many requests', 'rate_limit', { when: 'before_commit' }, 'queued'],
  ])('%s', async (_what, kind, facts, status) => {
    const before = await moneyOf(wallet);
    await fault(kind, facts);
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({ status });
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toMatchObject([{ status: 'succeeded', amount: '10000' }]);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
    expect(await moneyOf(wallet)).toEqual({ ...before, available: before.available - 10_500n });
  });

  it('three resets after commit in a row', async () => {
    await fault('reset', { when: 'after_commit', count: 3 });
    const { id } = await withdraw(operator, wallet);
    for (let time = 0; time < 4; time += 1) {
      await submitWithdrawals();
      await skipPauses();
    }
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
  });

  it('a server error that Fintoc keeps under the key: a new key, once absence is proven', async () => {
    await fault('api_error');
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    await skipPauses();
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({ status: 'submitting', submitRound: 0 });
    const longAgo = new Date(Date.now() - 16 * 60_000);
    await db().withdrawal.update({
      where: { id },
      data: { submittedAt: longAgo, sentAt: longAgo },
    });
    await skipPauses();
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', submitRound: 1 });
    expect(await payoutsOf(id)).toHaveLength(1);
  });

  it('the webhook is faster than the answer', async () => {
    await fault('slow', { when: 'after_commit', delay_ms: 2_500 });
    const { id } = await withdraw(operator, wallet);
    const submitting = submitWithdrawals();
    await eventually(async () => (await payoutsOf(id)).length === 1);
    await fintoc.deliveriesDone();
    await drain();
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
    await submitting;
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
    expect(await payoutsOf(id)).toHaveLength(1);
  });

  it('the worker dies between the answer and our record of it', async () => {
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    await fault('reset', { when: 'after_commit' });
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    // What a killed worker leaves: its transfer at Fintoc, and here the claim alone.
    const leaseUntil = new Date(Date.now() + 120_000);
    await db().withdrawal.update({
      where: { id },
      data: { status: 'submitting', leaseUntil, failureCode: null },
    });
    expect(await submitWithdrawals()).toBe(0);
    await db().withdrawal.update({
      where: { id },
      data: { leaseUntil: new Date(0), nextAttemptAt: new Date(0) },
    });
    const claims = await Promise.all([submitWithdrawals(), submitWithdrawals(), submitWithdrawals()]);
    expect(claims.reduce((sum, claimed) => sum + claimed)).toBe(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'pending', submitAttempts: 2, submitRound: 0 });
    await fintoc.control('POST', '/settlement-mode', { mode: 'auto' });
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
  });

  it('Fintoc has forgotten the key when the worker comes back a day later: the transfer is found by its mark', async () => {
    await fault('reset', { when: 'after_commit' });
    await fintoc.control('POST', '/delivery-rules', { drop: true, count: 1 });
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    await fintoc.deliveriesDone();
    await fintoc.sql('DELETE FROM sandbox.idempotency_keys');
    await db()
      .$executeRaw`UPDATE withdrawals SET submitted_at = now() - interval '24 hours' WHERE id = ${id}::uuid`;
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', submitRound: 0 });
  });

  it('ten withdrawals, four workers at once, and a Fintoc that fails every other way', async () => {
    const before = await moneyOf(wallet);
    for (const kind of ['reset', 'html_500', 'rate_limit', 'empty_503'])
      await fault(kind, { when: 'after_commit' });
    await fault('reset', { when: 'before_commit', count: 2 });
    const made = await Promise.all(
      Array.from({ length: 10 }, () => withdraw(operator, wallet, { amount: 1_000n })),
    );
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([1, 2, 3, 4].map(() => submitWithdrawals()));
      await skipPauses();
    }
    await settleAll(fintoc);
    for (const { id } of made) {
      expect(await payoutsOf(id)).toHaveLength(1);
      expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
    }
    expect(await moneyOf(wallet)).toEqual({ ...before, available: before.available - 15_000n });
  });
});
