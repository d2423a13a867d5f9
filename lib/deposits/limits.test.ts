import { afterEach, describe, expect, it } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { assignDeposit } from '~/lib/deposits/deposits';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { deliver, drain, fintocEvent, fintocTransfer, told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { type OpenWallet, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { expectSoundUsage } from '~/lib/testing/usage';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';

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
