import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { debtTotals, listDebts } from '~/lib/books/debts';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundHouse, type OpenWallet, someOperator, someWallet, spendFrom } from '~/lib/testing/factories';
import { operatingWalletId } from '~/lib/wallets/house';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  operator = await someOperator();
  approver = await someOperator('approver');
  await fundHouse(1_000_000n);
});

const at = ({ accountId, numberId, number }: OpenWallet) => ({ accountId, numberId, number });

/** A deposit that the bank took back after it was spent. */
async function goesBackSpent(wallet: OpenWallet, amount: number): Promise<string> {
  const { id, data } = await told({ ...at(wallet), amount });
  await spendFrom(wallet, BigInt(amount));
  await told({ ...data, ...at(wallet), id, amount, status: 'returned' });
  return id;
}

const debtOf = async ({ id }: OpenWallet) =>
  (await listDebts()).items.find(({ walletId }) => walletId === id);

it('who owes is listed with what they owe, since when, for which deposit and what came back of it', async () => {
  expect([await listDebts(), await debtTotals()]).toEqual([{ items: [], nextCursor: null }, []]);
  const [older, newer] = [await someWallet(), await someWallet()];
  const first = await goesBackSpent(older, 1_000);
  await goesBackSpent(newer, 400);
  await told({ ...at(older), amount: 300 });
  expect((await listDebts()).items.map(({ walletId }) => walletId)).toEqual([older.id, newer.id]);
  const { items: page, nextCursor: cursor } = await listDebts({ asset: ['MXN'] }, 1);
  expect(page.map(({ walletId }) => walletId)).toEqual([older.id]);
  const rest = await listDebts({ asset: ['MXN'], cursor: cursor ?? '' }, 1);
  expect([rest.items.map(({ walletId }) => walletId), rest.nextCursor]).toEqual([[newer.id], null]);
  expect((await listDebts({ asset: ['CLP'] })).items).toEqual([]);
  expect(await debtOf(older)).toMatchObject({
    ...{ asset: 'MXN', owed: 700n, lent: 1_000n, repaid: 300n, transferId: first },
    customer: { id: older.customerId },
    lastRepaidAt: expect.any(Date),
  });
  expect(await debtOf(newer)).toMatchObject({ owed: 400n, lent: 400n, repaid: 0n, lastRepaidAt: null });
  expect(await debtTotals()).toEqual([{ asset: 'MXN', count: 2, amount: 1_100n }]);
});

it('what was settled before is no part of a debt that begins anew', async () => {
  const wallet = await someWallet();
  await goesBackSpent(wallet, 500);
  await told({ ...at(wallet), amount: 500 });
  expect(await debtOf(wallet)).toBeUndefined();
  const again = await goesBackSpent(wallet, 200);
  expect(await debtOf(wallet)).toMatchObject({ owed: 200n, lent: 200n, repaid: 0n, transferId: again });
});

it('is written off by an adjustment from the platform’s own wallet, which two people decide', async () => {
  const wallet = await someWallet();
  await goesBackSpent(wallet, 900);
  const { id } = await requestAdjustment(operator, {
    ...{ fromWalletId: (await operatingWalletId()) ?? '', toWalletId: wallet.id, asset: 'MXN', amount: 900n },
    ...{ reason: 'Written off: unreachable since May', requestId: crypto.randomUUID() },
  });
  expect(await debtOf(wallet)).toMatchObject({ owed: 900n });
  await approveAdjustment(approver, { adjustmentId: id });
  expect(await debtOf(wallet)).toBeUndefined();
  await expectSoundBooks();
});
