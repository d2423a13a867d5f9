import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
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
import { submitWithdrawals } from '~/lib/withdrawals/submission';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await readyWallet({ termsId: (await someTerms({ withdrawalFeeAmount: 500n })).id });
  await depositInto(fintoc, wallet, 50_000_000);
});

beforeEach(() => fintoc.calm());

afterEach(async () => {
  await fintoc.calm();
  await skipPauses();
  await settleAll(fintoc);
  await expectSoundBooks();
  await expectCashEqualsFintoc(fintoc);
});

const NO_KEY = { status: 401, code: 'missing_active_jws_public_key' };

const payoutsOf = async (id: string) =>
  (await fintoc.payouts()).filter(({ metadata }) => metadata.withdrawal_id === id);
const fault = (kind: string, facts: object = {}) =>
  fintoc.control('POST', '/faults', { kind, method: 'POST', path: '/v2/transfers', ...facts });
const faultsLeft = async (): Promise<number> => (await fintoc.control('GET', '/faults')).length;
const cancel = ({ id }: { id: string }) =>
  cancelWithdrawal(operator, { withdrawalId: id, reason: 'No longer needed' });

async function submitAgain(): Promise<void> {
  await skipPauses();
  await submitWithdrawals();
}

describe('a withdrawal that Fintoc turns away at the door', () => {
  it.each([
    ['a signature without its key', NO_KEY, 0],
    ['a wrong key', { status: 401, code: 'invalid_api_key' }, 0],
    ['too many requests', { status: 429, code: 'rate_limit_exceeded' }, 0],
    [
      'no access, which Fintoc would repeat under the same key',
      { status: 403, code: 'forbidden_account' },
      1,
    ],
  ])('(%s) is back in the queue, and can be called off', async (_what, facts, submitRound) => {
    const before = await moneyOf(wallet);
    await fault('refusal', facts);
    const withdrawal = await withdraw(operator, wallet);
    await submitWithdrawals();
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({
      status: 'queued',
      failureCode: facts.code,
      submittedAt: null,
      leaseUntil: null,
      submitRound,
    });
    await cancel(withdrawal);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'cancelled', failureCode: null });
    expect(await moneyOf(wallet)).toEqual(before);
    await submitAgain();
    expect(await payoutsOf(withdrawal.id)).toEqual([]);
  });

  it('again and again waits longer each time, and goes out once when the key is there', async () => {
    await fault('refusal', { ...NO_KEY, count: 3 });
    const { id } = await withdraw(operator, wallet);
    for (const attempt of [1, 2, 3]) {
      const askedAt = Date.now();
      await submitWithdrawals();
      const { status, submitAttempts, nextAttemptAt } = await withdrawalRow(id);
      expect({ status, submitAttempts }).toEqual({ status: 'queued', submitAttempts: attempt });
      expect(nextAttemptAt.getTime() - askedAt).toBeGreaterThan(750 * 2 ** attempt);
      expect(await submitWithdrawals()).toBe(0);
      await skipPauses();
    }
    await settleAll(fintoc);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', submitRound: 0, failureCode: null });
    expect(await payoutsOf(id)).toHaveLength(1);
    const delays = await db().auditEntry.count({ where: { subjectId: id, action: 'withdrawal.delayed' } });
    expect(delays).toBe(1);
  });

  it('called off at the same moment as it is sent is either paid or given back, never both', async () => {
    const before = await moneyOf(wallet);
    let paid = 0n;
    for (let round = 0; round < 8; round += 1) {
      if (round % 2 === 0) await fault('refusal', NO_KEY);
      const withdrawal = await withdraw(operator, wallet);
      const [, called] = await Promise.allSettled([submitWithdrawals(), cancel(withdrawal)]);
      await submitAgain();
      await settleAll(fintoc);
      const { status } = await withdrawalRow(withdrawal.id);
      expect(status).toBe(called.status === 'fulfilled' ? 'cancelled' : 'succeeded');
      expect(await payoutsOf(withdrawal.id)).toHaveLength(status === 'succeeded' ? 1 : 0);
      if (status === 'succeeded') paid += 10_500n;
      await fintoc.calm();
    }
    expect(await moneyOf(wallet)).toEqual({ ...before, available: before.available - paid });
  });
});

describe('behind an attempt without an answer', () => {
  it.each([
    ['that had made nothing', 'before_commit'],
    ['that had made it, unseen so far', 'after_commit'],
  ])('(%s) a refusal at the door lets nobody call it off', async (_what, when) => {
    await fintoc.control('POST', '/delivery-rules', { drop: true, count: 1 });
    await fault('reset', { when });
    const withdrawal = await withdraw(operator, wallet);
    await submitWithdrawals();
    const { submittedAt } = await withdrawalRow(withdrawal.id);
    expect(submittedAt).not.toBeNull();
    await fintoc.deliveriesDone();
    await fintoc.control('DELETE', '/delivery-rules');
    // As if the search came before the transfer did: what it finds of it is hidden.
    const hide = (metadata: object) =>
      fintoc.sql(`UPDATE sandbox.transfers SET metadata = $1 WHERE metadata->>$2 = $3`, [
        JSON.stringify(metadata),
        'hidden' in metadata ? 'withdrawal_id' : 'hidden',
        withdrawal.id,
      ]);
    await hide({ hidden: withdrawal.id });
    for (const refusal of [NO_KEY, { status: 429, code: 'rate_limit_exceeded' }, { status: 404 }]) {
      await fault('refusal', refusal);
      await submitAgain();
      expect(await faultsLeft()).toBe(0);
      expect(await withdrawalRow(withdrawal.id)).toMatchObject({
        status: 'submitting',
        submittedAt,
        submitRound: 0,
      });
      await expect(cancel(withdrawal)).rejects.toMatchObject({ code: 'already_decided' });
    }
    await hide({ withdrawal_id: withdrawal.id });
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(withdrawal.id)).toHaveLength(1);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'succeeded' });
  });

  it('of a worker that died or hangs, nothing is given back: its request may still arrive', async () => {
    await fault('slow', { when: 'before_commit', delay_ms: 2_000 });
    const withdrawal = await withdraw(operator, wallet);
    const hanging = submitWithdrawals();
    await eventually(async () => (await faultsLeft()) === 0);
    // Written down before the answer: this is all that a killed worker leaves.
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({
      status: 'submitting',
      submittedAt: expect.any(Date),
      failureCode: null,
    });
    await fault('refusal', NO_KEY);
    await submitAgain();
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'submitting', submitAttempts: 2 });
    await expect(cancel(withdrawal)).rejects.toMatchObject({ code: 'already_decided' });
    await hanging;
    await settleAll(fintoc);
    expect(await payoutsOf(withdrawal.id)).toHaveLength(1);
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'succeeded' });
  });

  it('a worker that died before it sent leaves nothing unanswered', async () => {
    const withdrawal = await withdraw(operator, wallet);
    await db().withdrawal.update({
      where: { id: withdrawal.id },
      data: { status: 'submitting', submitAttempts: 1, leaseUntil: new Date(0) },
    });
    await fault('refusal', NO_KEY);
    await submitAgain();
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({ status: 'queued', submitAttempts: 2 });
    await cancel(withdrawal);
  });

  it('a repeated signature is no refusal: the first of the two may have been taken', async () => {
    await fault('refusal', { status: 401, code: 'jws_nonce_already_used', when: 'after_commit' });
    const withdrawal = await withdraw(operator, wallet);
    await submitWithdrawals();
    await expect(cancel(withdrawal)).rejects.toMatchObject({ code: 'already_decided' });
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(withdrawal.id)).toHaveLength(1);
  });

  it('a search that Fintoc refuses ends nothing: the money stays apart until it is found', async () => {
    await fintoc.control('POST', '/delivery-rules', { drop: true, count: 1 });
    await fault('reset', { when: 'after_commit' });
    const before = await moneyOf(wallet);
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    for (const refusal of [{ status: 403, code: 'invalid_account' }, NO_KEY]) {
      await fault('refusal', { ...refusal, method: 'GET' });
      await submitAgain();
      expect(await withdrawalRow(id)).toMatchObject({ status: 'submitting', failureCode: refusal.code });
      expect((await moneyOf(wallet)).reserved).toBe(before.reserved + 10_500n);
    }
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
  });

  it('once a day has shown that it made nothing, a refusal at the door is a plain one', async () => {
    await fault('reset', { when: 'before_commit' });
    const withdrawal = await withdraw(operator, wallet);
    await submitWithdrawals();
    const submittedAt = new Date(Date.now() - 24 * 3_600_000);
    await db().withdrawal.update({
      where: { id: withdrawal.id },
      data: { submittedAt, sentAt: submittedAt },
    });
    await fault('refusal', NO_KEY);
    await submitAgain();
    expect(await withdrawalRow(withdrawal.id)).toMatchObject({
      status: 'queued',
      submitRound: 1,
      submittedAt: null,
    });
    await cancel(withdrawal);
    await submitAgain();
    expect(await payoutsOf(withdrawal.id)).toEqual([]);
  });
});
