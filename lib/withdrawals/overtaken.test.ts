import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  type ReadyWallet,
  readyWallet,
  settleAll,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { eventually, withLocalFintoc } from '~/lib/testing/sandbox';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  operator = await someOperator();
  wallet = await readyWallet();
  await depositInto(fintoc, wallet, 50_000_000);
});
beforeEach(() => fintoc.calm());

const payoutsOf = async (id: string) =>
  (await fintoc.payouts()).filter(({ metadata }) => metadata.withdrawal_id === id);

/** A worker that is held up in the middle of a try, until its lease has run out and another took over. */
async function heldUp(id: string, fault: object, meanwhile: () => Promise<void>): Promise<void> {
  await fintoc.control('POST', '/faults', { kind: 'slow', when: 'after_commit', delay_ms: 1_500, ...fault });
  const { submitAttempts } = await withdrawalRow(id);
  const slow = submitWithdrawals();
  await eventually(async () => (await withdrawalRow(id)).submitAttempts > submitAttempts);
  await eventually(async () => (await fintoc.control('GET', '/faults')).length === 0);
  await skipPauses();
  await meanwhile();
  await slow;
}

describe('a worker that was overtaken', () => {
  it('while it searched under an old key sends nothing more: the withdrawal is paid once', async () => {
    await fintoc.control('POST', '/faults', { kind: 'api_error', method: 'POST', path: '/v2/transfers' });
    const { id } = await withdraw(operator, wallet);
    await submitWithdrawals();
    // Long enough ago that absence at Fintoc lets a new key be used.
    const longAgo = new Date(Date.now() - 16 * 60_000);
    await db().withdrawal.update({ where: { id }, data: { submittedAt: longAgo, sentAt: longAgo } });
    await skipPauses();
    await heldUp(id, { method: 'GET', path: '/v2/transfers' }, async () => {
      await submitWithdrawals();
      expect(await payoutsOf(id)).toHaveLength(1);
    });
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded', submitRound: 1 });
  });

  it('while it waited for a refusal does not undo what the other one did', async () => {
    const poor = await readyWallet({ pattern: 'B' });
    await depositInto(fintoc, poor, 30_000);
    await fintoc.control('POST', '/daily-settlement', { account_id: poor.accountId });
    const { id } = await withdraw(operator, poor, { amount: 20_000n });
    await heldUp(id, { method: 'POST', path: '/v2/transfers' }, async () => {
      await submitWithdrawals();
      // The first request may still be on its way: until it is surely absent, the refusal of the second ends nothing.
      expect(await withdrawalRow(id)).toMatchObject({
        status: 'submitting',
        submitRound: 0,
        failureCode: 'insufficient_balance',
      });
      const longAgo = new Date(Date.now() - 16 * 60_000);
      await db().withdrawal.update({ where: { id }, data: { submittedAt: longAgo, sentAt: longAgo } });
      await skipPauses();
      await submitWithdrawals();
      expect(await withdrawalRow(id)).toMatchObject({ status: 'queued', submitRound: 1 });
      await fintoc.fund(poor.accountId, 40_000);
      await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
      await fintoc.control('POST', '/faults', { kind: 'reset', when: 'after_commit', method: 'POST' });
      await skipPauses();
      await submitWithdrawals();
      expect(await withdrawalRow(id)).toMatchObject({ status: 'submitting', submitRound: 1 });
    });
    expect(await withdrawalRow(id)).toMatchObject({ status: 'submitting', submitRound: 1 });
    await fintoc.calm();
    await skipPauses();
    await settleAll(fintoc);
    expect(await payoutsOf(id)).toHaveLength(1);
    expect(await withdrawalRow(id)).toMatchObject({ status: 'succeeded' });
  });
});
