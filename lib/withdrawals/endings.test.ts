import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { pollTransfers } from '~/lib/inbox/sync';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { cutBeforeItsEnd } from '~/lib/testing/cuts';
import { withTestDatabase } from '~/lib/testing/database';
import { drain } from '~/lib/testing/deliveries';
import { someOperator } from '~/lib/testing/factories';
import {
  depositInto,
  proveAll,
  type ReadyWallet,
  readyWallet,
  settleAll,
  skipPauses,
  withdraw,
  withdrawalRow,
} from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { endByHand } from '~/lib/withdrawals/endings';
import { submitWithdrawals } from '~/lib/withdrawals/submission';

withTestDatabase();
const fintoc = withLocalFintoc();

let admin: OperatorActor;
let approver: OperatorActor;
let wallet: ReadyWallet;

beforeAll(async () => {
  admin = await someOperator('admin');
  approver = await someOperator('approver');
  await pollTransfers();
  await fintoc.fund((await fintoc.rootAccount()).id, 10_000_000);
});

beforeEach(async () => {
  await fintoc.calm();
  wallet = await readyWallet({ pattern: 'B' });
  await depositInto(fintoc, wallet, 100_000);
});

const end = (actor: OperatorActor, withdrawalId: string, outcome: 'not_paid' | 'paid' | 'came_back') =>
  endByHand(actor, { withdrawalId, outcome, reason: 'Asked Fintoc by phone' });

describe('a withdrawal that is being sent for good', () => {
  /** As it is when a quarter of an hour has gone by, and the worker has searched for it since. */
  async function timeGoesBy(id: string): Promise<void> {
    const longAgo = new Date(Date.now() - 16 * 60_000);
    await db().withdrawal.update({ where: { id }, data: { sentAt: longAgo, submittedAt: longAgo } });
    await proveAll();
    await skipPauses();
    await submitWithdrawals();
    expect((await withdrawalRow(id)).sentAt).toEqual(longAgo);
  }

  /** Fintoc says that it is a duplicate, of which nothing stands there. */
  async function stuck(): Promise<string> {
    await fintoc.control('POST', '/faults', {
      kind: 'refusal',
      method: 'POST',
      path: '/v2/transfers',
      status: 409,
      code: 'invalid_duplicated_transfer',
      count: 50,
    });
    const { id } = await withdraw(admin, wallet);
    await submitWithdrawals();
    await skipPauses();
    await submitWithdrawals();
    expect(await withdrawalRow(id)).toMatchObject({
      status: 'submitting',
      failureCode: 'invalid_duplicated_transfer',
    });
    return id;
  }

  it('is ended by two people, once it is surely absent at Fintoc: the money is back', async () => {
    const before = await moneyOf(wallet);
    const id = await stuck();
    expect(await end(admin, id, 'not_paid')).toEqual({ ended: false });
    await expect(end(approver, id, 'not_paid')).rejects.toMatchObject({ code: 'not_absent_yet' });
    await timeGoesBy(id);
    expect(await end(admin, id, 'not_paid')).toEqual({ ended: false });
    expect(await withdrawalRow(id)).toMatchObject({ status: 'submitting' });
    expect(await end(approver, id, 'not_paid')).toEqual({ ended: true });
    expect(await withdrawalRow(id)).toMatchObject({ status: 'failed', failureCode: 'ended_by_hand' });
    expect(await moneyOf(wallet)).toEqual(before);
    // Said again by who said it, because the answer was lost, it stands; anybody else, or any other word, is told who it was.
    expect(await end(approver, id, 'not_paid')).toEqual({ ended: true });
    for (const [actor, outcome] of [
      [admin, 'not_paid'],
      [approver, 'paid'],
    ] as const)
      await expect(end(actor, id, outcome)).rejects.toMatchObject({
        code: 'already_decided',
        details: {
          status: 'failed',
          act: 'withdrawal.ended_by_hand',
          by: approver.name,
          at: expect.any(String),
        },
      });
    expect(
      await db().auditEntry.count({ where: { action: 'withdrawal.ended_by_hand', subjectId: id } }),
    ).toBe(1);
  });

  it('is sent again and again, and only searched for once somebody said that it was not paid', async () => {
    const id = await stuck();
    const sentAt = async () => (await withdrawalRow(id)).sentAt?.getTime() ?? 0;
    const again = async () => {
      await skipPauses();
      await submitWithdrawals();
    };
    const before = await sentAt();
    await again();
    const last = await sentAt();
    expect(last).toBeGreaterThan(before);
    await end(admin, id, 'not_paid');
    await again();
    expect(await sentAt()).toBe(last);
    expect((await withdrawalRow(id)).searchedAt?.getTime()).toBeGreaterThan(last);
    // Somebody else says that it isn't so: it is sent again.
    const asked = await db().approval.findFirstOrThrow({ where: { subjectId: id, state: 'waiting' } });
    await decideApproval(approver, { approvalId: asked.id, verdict: 'declined', reason: 'Fintoc is at it' });
    await again();
    expect(await sentAt()).toBeGreaterThan(last);
  });

  it('is ended whole or not at all: cut off in the middle, the second word is as if never said', async () => {
    const before = await moneyOf(wallet);
    const id = await stuck();
    await end(admin, id, 'not_paid');
    await timeGoesBy(id);
    const held = await moneyOf(wallet);
    await cutBeforeItsEnd(() => end(approver, id, 'not_paid'));
    expect(await withdrawalRow(id)).toMatchObject({ status: 'submitting' });
    expect(await moneyOf(wallet)).toEqual(held);
    expect(await end(approver, id, 'not_paid')).toEqual({ ended: true });
    expect(await moneyOf(wallet)).toEqual(before);
  });

  it('waits for nobody’s word any more once it went on by itself', async () => {
    const id = await stuck();
    await end(admin, id, 'not_paid');
    await timeGoesBy(id);
    const states = () => db().approval.findMany({ where: { subjectId: id }, select: { state: true } });
    expect(await states()).toEqual([{ state: 'waiting' }]);
    await db().withdrawal.update({ where: { id }, data: { status: 'pending' } });
    expect(await states()).toEqual([{ state: 'cancelled' }]);
    await db().withdrawal.update({ where: { id }, data: { status: 'submitting' } });
    await end(admin, id, 'not_paid');
    expect(await end(approver, id, 'not_paid')).toEqual({ ended: true });
  });

  it('that turns up at Fintoc after all is a break, not a second payment unseen', async () => {
    const id = await stuck();
    await end(admin, id, 'not_paid');
    await timeGoesBy(id);
    await end(approver, id, 'not_paid');
    const { destination } = await withdrawalRow(id);
    const late = await fintoc.control('POST', '/dashboard-payouts', {
      account_id: wallet.accountId,
      amount: 10_000,
      counterparty: { account_number: destination },
      metadata: { withdrawal_id: id, wallet_id: wallet.id },
      settle: true,
    });
    await fintoc.deliveriesDone();
    await drain();
    expect(await db().unexplainedPayout.findUnique({ where: { transferId: late.id } })).toMatchObject({
      reason: 'ended',
      withdrawalId: id,
    });
  });

  it('is not ended by who only operates, nor while it is sent or over', async () => {
    const { id } = await withdraw(admin, wallet);
    await expect(end(admin, id, 'not_paid')).rejects.toMatchObject({ code: 'already_decided' });
    await expect(end(await someOperator('operator'), id, 'not_paid')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await settleAll(fintoc);
    await expect(end(admin, id, 'paid')).rejects.toMatchObject({ code: 'already_decided' });
  });
});

describe('a final status that nobody knows', () => {
  async function stranded(refund: boolean): Promise<string> {
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    const { id } = await withdraw(admin, wallet);
    await submitWithdrawals();
    const { transferId } = await withdrawalRow(id);
    await fintoc.control('POST', `/transfers/${transferId}/end`, {
      status: 'expired',
      refund,
      event: 'transfer.outbound.failed',
    });
    await fintoc.deliveriesDone();
    await drain();
    expect(await withdrawalRow(id)).toMatchObject({
      status: 'pending',
      failureCode: 'unknown_ending',
      failureDetail: 'expired',
    });
    return id;
  }

  it.each([
    ['came_back', true, 'failed', 0n],
    ['paid', false, 'succeeded', 10_000n],
  ] as const)(
    '%s: two people say so, and the books equal Fintoc’s',
    async (outcome, refund, status, gone) => {
      const before = await moneyOf(wallet);
      const id = await stranded(refund);
      await expect(end(admin, id, 'not_paid')).rejects.toMatchObject({ code: 'already_decided' });
      expect(await end(admin, id, outcome)).toEqual({ ended: false });
      // Another word is no second one.
      const other = outcome === 'paid' ? 'came_back' : 'paid';
      expect(await end(approver, id, other)).toEqual({ ended: false });
      expect(await end(approver, id, outcome)).toEqual({ ended: true });
      expect(await withdrawalRow(id)).toMatchObject({ status });
      expect(await moneyOf(wallet)).toEqual({ ...before, available: before.available - gone });
      await proveAll();
      expect(await db().proofBreak.count({ where: { accountId: wallet.accountId, state: 'open' } })).toBe(0);
      await expectSoundBooks();
    },
  );
});
