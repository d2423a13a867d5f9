import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { listMovements } from '~/lib/movements/movements';
import { balanceOf, expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { someDebtor } from '~/lib/testing/debtor';
import { deliver, drain, fintocEvent, fintocTransfer, told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import {
  fundWallet,
  type OpenWallet,
  someOperator,
  someSentWithdrawal,
  someTerms,
  someWallet,
  spendFrom,
} from '~/lib/testing/factories';
import { assignByTwo } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { rulesOf, verify } from '~/lib/testing/verifying';
import { closeWallet } from '~/lib/wallets/status';
import { getWallet } from '~/lib/wallets/wallets';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
  approver = await someOperator('approver');
});

afterEach(expectSoundBooks);

const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });
const owed = ({ id }: { id: string }) => balanceOf(`receivable/${id}`);

async function debtor(debt: number, termsId?: string): Promise<OpenWallet> {
  const wallet = await someDebtor(debt, termsId);
  expect(await owed(wallet)).toBe(BigInt(debt));
  return wallet;
}

describe('a customer who owes', () => {
  it('pays with the next deposits, in their own transactions, and has what is left of them', async () => {
    const wallet = await debtor(1_000);
    const first = await told({ ...at(wallet), amount: 600 });
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
    expect(await owed(wallet)).toBe(400n);
    const second = await told({ ...at(wallet), amount: 600 });
    expect((await moneyOf(wallet)).available).toBe(200n);
    expect(await owed(wallet)).toBe(0n);
    for (const { id } of [first, second])
      expect(await db().ledgerTransaction.count({ where: { transferId: id } })).toBe(1);
    const { items } = await listMovements(ANYBODY, { walletId: wallet.id });
    const repaid = items.filter(({ kind }) => kind === 'debt_repaid');
    expect(repaid.map(({ amount }) => amount)).toEqual([-400n, -600n]);
    expect(rulesOf(await verify()).filter((rule) => /posting|deposit/.test(rule))).toEqual([]);
  });

  it('pays after the fee of the deposit, and no more than there is', async () => {
    const wallet = await debtor(1_000, (await someTerms({ depositFeeAmount: 250n })).id);
    await told({ ...at(wallet), amount: 600 });
    expect(await owed(wallet)).toBe(650n);
    await told({ ...at(wallet), amount: 100 });
    expect(await owed(wallet)).toBe(650n);
    expect((await moneyOf(wallet)).available).toBe(0n);
  });

  it('pays once, although many deposits are posted at the same moment', async () => {
    const wallet = await debtor(1_000);
    const events = Array.from({ length: 24 }, () =>
      fintocEvent(fintocTransfer({ ...at(wallet), amount: 300 })),
    );
    await Promise.all(events.map((event) => deliver(event)));
    await Promise.all([drain(), drain(), drain()]);
    await drain();
    expect(await owed(wallet)).toBe(0n);
    expect((await moneyOf(wallet)).available).toBe(24n * 300n - 1_000n);
  });

  it('pays with money from suspense, and with an adjustment, while deposits arrive', async () => {
    const wallet = await debtor(5_000);
    const lost = await told({ accountId: wallet.accountId, numberId: 'acno_nobody', amount: 700 });
    const giver = await someWallet();
    await fundWallet(giver, 900n);
    const { id } = await requestAdjustment(operator, {
      ...{ fromWalletId: giver.id, toWalletId: wallet.id, amount: 900n },
      ...{ reason: 'Suyo', requestId: randomUUID() },
    });
    const events = Array.from({ length: 5 }, () =>
      fintocEvent(fintocTransfer({ ...at(wallet), amount: 300 })),
    );
    await Promise.all(events.map((event) => deliver(event)));
    await Promise.all([
      drain(),
      assignByTwo(operator, { transferId: lost.id, walletId: wallet.id, reason: 'Suyo' }),
      approveAdjustment(approver, { adjustmentId: id }),
    ]);
    await drain();
    expect(await owed(wallet)).toBe(5_000n - 700n - 900n - 1_500n);
    expect(await moneyOf(wallet)).toEqual({ available: 0n, reserved: 0n });
  });

  it('pays with a payout that comes back, and with the fee that comes back with it', async () => {
    const wallet = await debtor(1_000);
    await told({ ...at(wallet), amount: 1_900 });
    const sent = await someSentWithdrawal(wallet, operator, { amount: 800n, fee: 100n });
    const word = (status: string) =>
      told({
        ...{ id: `tr_${sent.id}`, status, direction: 'outbound', amount: 800, accountId: wallet.accountId },
        metadata: { withdrawal_id: sent.id },
      });
    await word('succeeded');
    const { id, data } = await told({ ...at(wallet), amount: 850 });
    await spendFrom(wallet, 850n);
    await told({ ...data, ...at(wallet), id, amount: 850, status: 'returned' });
    expect(await owed(wallet)).toBe(850n);
    await word('returned');
    expect(await owed(wallet)).toBe(0n);
    expect(await moneyOf(wallet)).toEqual({ available: 50n, reserved: 0n });
    expect(rulesOf(await verify()).filter((rule) => /posting|withdrawal/.test(rule))).toEqual([]);
  });

  it('cannot be closed until it is paid, and the page is told how much', async () => {
    const wallet = await debtor(1_000);
    expect(await getWallet(ANYBODY, wallet.id)).toMatchObject({ assets: [{ debt: 1_000n }] });
    const close = () =>
      closeWallet(system('setup'), { walletId: wallet.id, reason: 'Se va', closedBy: 'customer' });
    await expect(close()).rejects.toMatchObject({
      code: 'wallet_owes',
      details: { debt: '1000', asset: 'MXN' },
    });
    await told({ ...at(wallet), amount: 1_000 });
    expect(await getWallet(ANYBODY, wallet.id)).toMatchObject({ assets: [{ debt: 0n }] });
    expect(await close()).toMatchObject({ status: 'closed' });
  });
});
