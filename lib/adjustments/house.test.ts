import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import type { NewAdjustment } from '~/lib/adjustments/checks';
import { db, transaction } from '~/lib/db';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundHouse, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { houseWallets } from '~/lib/wallets/house';
import type { Wallet } from '~/prisma/generated/client';

withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
let house: Wallet;
let ana: OpenWallet;

beforeAll(async () => {
  operator = await someOperator();
  approver = await someOperator('approver');
  house = (await transaction((tx) => houseWallets(tx, 'MXN'))).operating;
  ana = await someWallet();
});

afterEach(expectSoundBooks);

const ask = (input: Omit<NewAdjustment, 'reason' | 'requestId'>) =>
  requestAdjustment(operator, { reason: 'Cortesía', requestId: randomUUID(), ...input });
const approve = ({ id }: { id: string }) => approveAdjustment(approver, { adjustmentId: id });
const row = ({ id }: { id: string }) => db().adjustment.findUniqueOrThrow({ where: { id } });

describe('what the house gives to a wallet', () => {
  it('a house wallet gives no more than it has, neither when asked nor when approved', async () => {
    await fundHouse(100n);
    const has = await balanceOf('house/operating');
    const gift = { fromWalletId: house.id, toWalletId: ana.id };
    await expect(ask({ ...gift, amount: has + 1n })).rejects.toMatchObject({
      code: 'house_not_covered',
      details: { has: has.toString(), asset: 'MXN' },
    });
    const [first, second] = [await ask({ ...gift, amount: has }), await ask({ ...gift, amount: 1n })];
    await approve(second);
    await expect(approve(first)).rejects.toMatchObject({ code: 'house_not_covered' });
    expect(await row(first)).toMatchObject({ status: 'awaiting_approval' });
    expect(await balanceOf('house/operating')).toBe(has - 1n);
  });

  it('of ten approvals at once no more pass than the house has', async () => {
    await fundHouse(100n);
    const has = await balanceOf('house/operating');
    const lucky = await Promise.all(Array.from({ length: 10 }, () => someWallet()));
    const asked = await Promise.all(
      lucky.map(({ id }) => ask({ fromWalletId: house.id, toWalletId: id, amount: has / 3n })),
    );
    const done = await Promise.allSettled(asked.map((each) => approve(each)));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await balanceOf('house/operating')).toBe(has - (has / 3n) * 3n);
  });

  it('settlement gives nothing: what was swept is elsewhere, and covers no more by being booked', async () => {
    const { settlement } = await transaction((tx) => houseWallets(tx, 'MXN'));
    const asking = ask({ fromWalletId: settlement.id, toWalletId: ana.id, amount: 1n });
    await expect(asking).rejects.toMatchObject({ code: 'house_not_covered', details: { has: '0' } });
  });
});
