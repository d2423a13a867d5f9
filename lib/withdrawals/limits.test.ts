import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { db } from '~/lib/db';
import { assignTerms } from '~/lib/terms/assignments';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { expectSoundUsage } from '~/lib/testing/usage';
import { cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

let operator: OperatorActor;
let admin: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  operator = await someOperator('operator');
  admin = await someOperator('admin');
  approver = await someOperator('approver');
});
afterEach(async () => {
  await expectSoundBooks();
  await expectSoundUsage();
});

async function rich(facts: Parameters<typeof someTerms>[0]): Promise<OpenWallet> {
  const wallet = await someWallet({ termsId: (await someTerms(facts)).id });
  await fundWallet(wallet, 1_000_000n);
  return wallet;
}

const failures = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));

describe('limits of what goes out', () => {
  it('ten a day let exactly ten of fifty at once through, and tell which limit, used, left and when it renews', async () => {
    const wallet = await rich({ withdrawalDayCount: 10n });
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, nth) => withdraw(operator, wallet, { amount: BigInt(100 + nth) })),
    );
    const refused = failures(results);
    expect(refused).toHaveLength(40);
    expect(refused[0]).toMatchObject({
      code: 'limit_reached',
      details: { direction: 'outbound', which: 'dayCount', limit: '10', used: '10', left: '0' },
    });
    const [renews] = await db().$queryRaw<{ at: Date }[]>`
      SELECT (date_trunc('day', now() AT TIME ZONE 'America/Mexico_City') + interval '1 day') AT TIME ZONE 'America/Mexico_City' AS at`;
    expect(new Date(refused[0].details.renewsAt).getTime()).toBe(renews?.at.getTime());
    expect(await db().withdrawal.count({ where: { walletId: wallet.id } })).toBe(10);
  });

  it('what is cancelled is given back, and what is under the minimum refused', async () => {
    const wallet = await rich({ withdrawalWeekAmount: 1_000n, withdrawalMinAmount: 100n });
    const first = await withdraw(operator, wallet, { amount: 900n });
    await expect(withdraw(operator, wallet, { amount: 101n })).rejects.toMatchObject({
      details: { which: 'weekAmount', used: '900', left: '100' },
    });
    await expect(withdraw(operator, wallet, { amount: 99n })).rejects.toMatchObject({
      code: 'under_minimum',
    });
    await cancelWithdrawal(operator, { withdrawalId: first.id, reason: 'test' });
    await withdraw(operator, wallet, { amount: 1_000n });
  });

  it('a fee of a fixed part and basis points is held with it', async () => {
    const wallet = await rich({ withdrawalFeeAmount: 100n, withdrawalFeeBps: 50, withdrawalFeeMax: 400n });
    expect(await withdraw(operator, wallet, { amount: 30_100n })).toMatchObject({ feeAmount: 251n });
    expect(await withdraw(operator, wallet, { amount: 100_000n })).toMatchObject({ feeAmount: 400n });
    expect(await moneyOf(wallet)).toEqual({ available: 869_249n, reserved: 130_751n });
  });

  it('under other terms count at once what was used before, and the amounts in between keep to one of both', async () => {
    const wallet = await rich({ withdrawalDayAmount: 10_000n });
    await withdraw(operator, wallet, { amount: 4_000n });
    const tight = await someTerms({ withdrawalDayAmount: 5_000n });
    await assignTerms(admin, { termsId: tight.id, fromId: null, walletIds: [wallet.id] });
    await Promise.allSettled([
      approveWaiting(approver, { action: 'terms.change', subjectId: tight.id }),
      ...Array.from({ length: 10 }, (_, nth) => withdraw(operator, wallet, { amount: BigInt(1_000 + nth) })),
    ]);
    await expect(withdraw(operator, wallet, { amount: 7_000n })).rejects.toMatchObject({
      details: { which: 'dayAmount', limit: '5000' },
    });
    const { _sum } = await db().withdrawal.aggregate({
      where: { walletId: wallet.id },
      _sum: { amount: true },
    });
    expect(_sum.amount).toBeLessThanOrEqual(10_000n);
  });

  it('the world is told once when 70, 90 and 100 hundredths of one are used', async () => {
    const wallet = await rich({ withdrawalDayAmount: 1_000n });
    for (const amount of [600n, 101n, 99n, 150n, 50n]) await withdraw(operator, wallet, { amount });
    const told = await db().outboxEvent.findMany({
      where: { walletId: wallet.id, type: { startsWith: 'limit.' } },
      orderBy: { id: 'asc' },
    });
    expect(told.map(({ type, data }) => ({ type, ...(data as object) }))).toEqual(
      [
        ['limit.approached', 70],
        ['limit.approached', 90],
        ['limit.reached', 100],
      ].map(([type, percent]) => ({
        ...{ type, percent, asset: 'MXN', direction: 'outbound', limit: 'dayAmount' },
      })),
    );
  });
});
