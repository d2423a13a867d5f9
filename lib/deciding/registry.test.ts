import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { requestAdjustment } from '~/lib/adjustments/adjustments';
import { ACTIONS } from '~/lib/approvals/actions';
import { countDecidable } from '~/lib/approvals/read';
import { db } from '~/lib/db';
import { listInbox } from '~/lib/deciding/inbox';
import { decideApproval, expireApprovals } from '~/lib/deciding/registry';
import { waitedLonger } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
afterEach(expectSoundBooks);

const MUCH = 6_000_000n;
let approver: OperatorActor;
let other: OperatorActor;

beforeAll(async () => {
  approver = await someOperator('approver');
  other = await someOperator('admin');
});

async function asked() {
  const wallet = await someWallet();
  await fundWallet(wallet, MUCH);
  const { id } = await withdraw(await someOperator(), wallet, { amount: MUCH });
  const approval = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
  return { wallet, id, approvalId: approval.id };
}

it('every action has a rule that says how many people it takes', async () => {
  const rules = await db().approvalRule.findMany({ where: { version: 1 } });
  expect(rules.map(({ action }) => action).sort()).toEqual(Object.keys(ACTIONS).sort());
});

describe('a decision in the one inbox', () => {
  it('is the noun’s own: approving queues a payout, declining gives the money back, and says why', async () => {
    const [one, two] = [await asked(), await asked()];
    await decideApproval(approver, { approvalId: one.approvalId, verdict: 'approved' });
    expect(await withdrawalRow(one.id)).toMatchObject({ status: 'queued', approvedById: approver.id });
    const declining = { approvalId: two.approvalId, verdict: 'declined' as const };
    await expect(decideApproval(approver, declining)).rejects.toMatchObject({
      fields: { reason: 'required' },
    });
    await decideApproval(approver, { ...declining, reason: 'No coincide' });
    expect(await withdrawalRow(two.id)).toMatchObject({ status: 'declined', failureDetail: 'No coincide' });
    expect(await moneyOf(two.wallet)).toEqual({ available: MUCH, reserved: 0n });
    // The same again by who decided is success; anybody else is told.
    await decideApproval(approver, { ...declining, reason: 'No coincide' });
    await expect(decideApproval(other, { ...declining, reason: 'x' })).rejects.toMatchObject({
      code: 'already_decided',
      details: { by: approver.name },
    });
  });

  it('posts an adjustment, which Postgres lets nobody do beside a decision', async () => {
    const [from, to] = [await someWallet(), await someWallet()];
    await fundWallet(from, 100n);
    const { id } = await requestAdjustment(await someOperator(), {
      ...{ fromWalletId: from.id, toWalletId: to.id, amount: 100n, reason: 'Error', requestId: randomUUID() },
    });
    const data = { status: 'posted' as const };
    await expect(db().adjustment.update({ where: { id }, data })).rejects.toThrow(/by a decision on it/);
    const { id: approvalId } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
    await decideApproval(approver, { approvalId, verdict: 'approved' });
    expect((await moneyOf(to)).available).toBe(100n);
  });

  it('is not for who may not decide, and counts what each may', async () => {
    const operator = await someOperator();
    const { approvalId } = await asked();
    await expect(decideApproval(operator, { approvalId, verdict: 'approved' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await countDecidable(operator)).toBe(0);
    const { items } = await listInbox(approver, { size: 100 });
    expect(items.map(({ id }) => id)).toContain(approvalId);
    expect(await countDecidable(approver)).toBe(items.length);
    const seen = (await listInbox(operator, { size: 100 })).items;
    expect(seen.every(({ standing }) => standing === 'role')).toBe(true);
  });
});

describe('at once', () => {
  it.each(['declining', 'calling off', 'expiring'] as const)(
    'approving and %s end it one way',
    async (what) => {
      for (let round = 0; round < 3; round += 1) {
        const { wallet, id, approvalId } = await asked();
        if (what === 'expiring') await waitedLonger(id, 73);
        const ends = {
          declining: () => decideApproval(other, { approvalId, verdict: 'declined', reason: 'No' }),
          'calling off': () => cancelWithdrawal(other, { withdrawalId: id, reason: 'No' }),
          expiring: () => expireApprovals(),
        };
        await Promise.allSettled([
          decideApproval(approver, { approvalId, verdict: 'approved' }),
          ends[what](),
        ]);
        const { status, approvedById } = await withdrawalRow(id);
        const approval = await db().approval.findUniqueOrThrow({
          where: { id: approvalId },
          include: { decisions: true },
        });
        const isBack = status !== 'queued';
        expect(await moneyOf(wallet)).toEqual(
          isBack ? { available: MUCH, reserved: 0n } : { available: 0n, reserved: MUCH },
        );
        expect(approval.decisions.length).toBeLessThanOrEqual(1);
        if (status === 'queued')
          expect(approval).toMatchObject({ state: 'approved', decisions: [{ operatorId: approvedById }] });
        else expect(approval.state).not.toBe('waiting');
      }
    },
  );
});
