import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { utilisationOf } from '~/lib/terms/utilisation';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import {
  fundWallet,
  type OpenWallet,
  someOperator,
  someSentWithdrawal,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { expectSoundUsage } from '~/lib/testing/usage';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();
afterEach(async () => {
  await expectSoundBooks();
  await expectSoundUsage();
});

const under = async (facts: Parameters<typeof someTerms>[0]) =>
  someWallet({ termsId: (await someTerms(facts)).id });
const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });
const reasonOf = async (id: string) =>
  (await db().transfer.findUniqueOrThrow({ where: { id } })).suspenseReason;

/** Money that came while its wallet was frozen, which it is no more. */
async function whileFrozen(wallet: OpenWallet, amounts: number[]): Promise<string[]> {
  const act = { walletId: wallet.id, reason: 'Revisión' };
  await freezeWallet(system('setup'), { ...act, deposits: 'suspend' });
  const ids: string[] = [];
  for (const amount of amounts) ids.push((await told({ ...at(wallet), amount })).id);
  await unfreezeWallet(system('setup'), act);
  return ids;
}

describe('limits of what comes in', () => {
  it.each([
    ['under the minimum', { depositMinAmount: 10_001n }],
    ['over the maximum', { depositMaxAmount: 9_999n }],
    ['over the balance that the wallet may have', { balanceMaxAmount: 9_999n }],
  ])('a deposit %s waits in suspense', async (_what, facts) => {
    const wallet = await under(facts);
    const { id } = await told({ ...at(wallet), amount: 10_000 });
    expect(await reasonOf(id)).toBe('outside_limits');
    expect((await moneyOf(wallet)).available).toBe(0n);
  });

  it('what is set aside counts in the balance: called off, it takes the wallet over no limit', async () => {
    const wallet = await under({ balanceMaxAmount: 3_000n, adjustmentsCount: true });
    await told({ ...at(wallet), amount: 3_000 });
    const operator = await someOperator();
    const { id: withdrawalId } = await withdraw(operator, wallet, { amount: 2_000n });
    expect(await moneyOf(wallet)).toEqual({ available: 1_000n, reserved: 2_000n });
    const { id } = await told({ ...at(wallet), amount: 1 });
    expect(await reasonOf(id)).toBe('outside_limits');
    const giver = await someWallet();
    await fundWallet(giver, 100n);
    const { id: adjustmentId } = await requestAdjustment(operator, {
      ...{ fromWalletId: giver.id, toWalletId: wallet.id, amount: 1n, reason: 'Cortesía' },
      requestId: randomUUID(),
    });
    await expect(approveAdjustment(await someOperator('approver'), { adjustmentId })).rejects.toMatchObject({
      code: 'limit_reached',
      details: { which: 'balanceAmount', limit: '3000', used: '3000', left: '0' },
    });
    const [bar] = await utilisationOf([wallet.id]);
    expect(bar).toMatchObject({ name: 'balanceAmount', used: 3_000n, percent: 100 });
    await cancelWithdrawal(operator, { withdrawalId, reason: 'Ya no' });
    expect(await moneyOf(wallet)).toEqual({ available: 3_000n, reserved: 0n });
  });

  it('a payout that is paid makes room again, and deposits of one batch count what the others brought', async () => {
    const wallet = await under({ balanceMaxAmount: 3_000n });
    await told({ ...at(wallet), amount: 3_000 });
    const payout = await someSentWithdrawal(wallet, await someOperator(), { amount: 3_000n });
    for (let nth = 0; nth < 2; nth += 1)
      await deliver(fintocEvent(fintocTransfer({ ...at(wallet), amount: 1 })));
    await drain();
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 3_000n });
    await told({
      ...{ direction: 'outbound', status: 'succeeded', amount: 3_000, accountId: wallet.accountId },
      metadata: { withdrawal_id: payout.id },
    });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
    await told({ ...at(wallet), amount: 3_000 });
    expect(await moneyOf(wallet)).toEqual({ available: 3_000n, reserved: 0n });
  });

  it('of many in one batch and one after the other, exactly as many are credited as the day allows', async () => {
    const wallet = await under({ depositDayCount: 3n, depositDayAmount: 1_000n });
    for (let nth = 0; nth < 6; nth += 1)
      await deliver(fintocEvent(fintocTransfer({ ...at(wallet), amount: 200 })));
    await drain();
    const { id } = await told({ ...at(wallet), amount: 1 });
    expect((await moneyOf(wallet)).available).toBe(600n);
    expect(await reasonOf(id)).toBe('outside_limits');
    const waiting = await db().transfer.count({
      where: { walletId: wallet.id, suspenseReason: 'outside_limits' },
    });
    expect(waiting).toBe(4);
  });

  it('what people then assign to it counts, though nothing is left', async () => {
    const wallet = await under({ depositDayAmount: 100n });
    const { id } = await told({ ...at(wallet), amount: 500 });
    expect(await reasonOf(id)).toBe('outside_limits');
    const asked = { transferId: id, walletId: wallet.id, reason: 'Checked' };
    const { request } = await assignDeposit(await someOperator(), asked);
    expect(request).toMatchObject({ kind: 'assignment', status: 'awaiting_approval' });
    expect((await moneyOf(wallet)).available, 'one alone passes no limit').toBe(0n);
    await approveWaiting(await someOperator('approver'), { action: 'deposit.assign', subjectId: id });
    expect((await moneyOf(wallet)).available).toBe(500n);
    const used = await db().ledgerUsageDay.findFirstOrThrow({ where: { walletId: wallet.id } });
    expect(used).toMatchObject({ direction: 'inbound', amount: 500n, count: 1 });
  });

  it('what came while the wallet was frozen is credited by one person within the limits alone', async () => {
    const wallet = await under({ depositDayAmount: 500n, depositMaxAmount: 400n });
    const ids = await whileFrozen(wallet, [300, 300, 401]);
    const [first = '', second = '', large = ''] = ids;
    const operator = await someOperator();
    const assign = (transferId: string) =>
      assignDeposit(operator, { transferId, walletId: wallet.id, reason: 'Checked' });
    expect((await assign(first)).request).toBeNull();
    expect((await assign(second)).request).not.toBeNull();
    expect((await assign(large)).request).not.toBeNull();
    expect((await moneyOf(wallet)).available).toBe(300n);
  });

  it('of two people who credit at once under one limit, one does it alone', async () => {
    const wallet = await under({ depositDayAmount: 500n });
    const ids = await whileFrozen(wallet, [300, 300]);
    const outcomes = await Promise.all(
      ids.map(async (transferId) =>
        assignDeposit(await someOperator(), { transferId, walletId: wallet.id, reason: 'Checked' }),
      ),
    );
    expect(outcomes.filter(({ request }) => request === null)).toHaveLength(1);
    expect((await moneyOf(wallet)).available).toBe(300n);
  });

  it('what the terms take no more is credited by two', async () => {
    const wallet = await under({ depositsEnabled: false });
    const { id } = await told({ ...at(wallet), amount: 10 });
    expect(await reasonOf(id)).toBe('deposits_disabled');
    const asked = { transferId: id, walletId: wallet.id, reason: 'Checked' };
    expect((await assignDeposit(await someOperator(), asked)).request).not.toBeNull();
  });

  it('a fee in basis points leaves with the deposit', async () => {
    const wallet = await under({ depositFeeBps: 125, depositFeeMin: 10n });
    await told({ ...at(wallet), amount: 10_000 });
    await told({ ...at(wallet), amount: 100 });
    expect((await moneyOf(wallet)).available).toBe(9_875n + 90n);
  });
});
