import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveBatch, declineBatch } from '~/lib/batches/decide';
import { requestPayout } from '~/lib/batches/split';
import { workBatches } from '~/lib/batches/work';
import { db } from '~/lib/db';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { type ChileanWallet, chileanWallet, someChileanAccount } from '~/lib/testing/chile';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { settleAll } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import type { NewWithdrawal } from '~/lib/withdrawals/checks';
import { lookAtWithdrawal } from '~/lib/withdrawals/plan';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let approver: OperatorActor;
let wallet: ChileanWallet;

beforeAll(async () => {
  approver = await someOperator('approver');
  wallet = await chileanWallet(fintoc, 200_000_000);
});

beforeEach(async () => {
  operator = await someOperator();
  await fintoc.calm();
});

afterEach(async () => {
  await expectSoundBooks();
  const { available_balance } = await fintoc.api('GET', `/v2/accounts/${wallet.accountId}`);
  expect(await balanceOf(`fintoc/${wallet.accountId}/cash`, 'CLP')).toBe(BigInt(available_balance));
  expect(await db().unexplainedPayout.count()).toBe(0);
});

const pay = (facts: Partial<NewWithdrawal> = {}) =>
  requestPayout(operator, {
    ...{ walletId: wallet.id, asset: 'CLP', amount: 15_000_000n, destination: someChileanAccount() },
    ...{ beneficiaryName: 'Camila Rojas', requestId: randomUUID() },
    ...facts,
  });
/** What the sums of a day have wait. */
async function approveWaiting(withdrawalId: string): Promise<void> {
  const { status } = await db().withdrawal.findUniqueOrThrow({ where: { id: withdrawalId } });
  if (status === 'awaiting_approval') await approveWithdrawal(approver, { withdrawalId });
}

const available = () => balanceOf(`wallet/${wallet.id}/available`, 'CLP');
const reserved = () => balanceOf(`wallet/${wallet.id}/reserved`, 'CLP');
const partsOf = (batchId: string) =>
  db().withdrawal.findMany({ where: { batchId }, orderBy: { amount: 'asc' } });
const batchOf = (id: string) => db().withdrawalBatch.findUniqueOrThrow({ where: { id } });

async function workAll(): Promise<void> {
  while ((await workBatches()) > 0);
  await settleAll(fintoc);
}

describe('a payout in Chilean pesos', () => {
  it('that the network carries at once is one withdrawal, paid to the account that was said', async () => {
    const before = await available();
    const destination = someChileanAccount();
    const { kind, id } = await pay({ amount: 7_000_000n, destination });
    expect(kind).toBe('withdrawal');
    const waiting = await db().withdrawal.findUniqueOrThrow({ where: { id } });
    expect(waiting).toMatchObject({ beneficiaryTaxId: '12345678-5', beneficiaryBank: 'BancoEstado' });
    await approveWaiting(id);
    await settleAll(fintoc);
    expect(await db().withdrawal.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'succeeded' });
    const [sent] = (await fintoc.payouts()).slice(-1);
    expect(sent.counterparty).toMatchObject({
      ...{ holder_id: '12345678-5', account_number: destination.split('/')[3] },
      ...{ account_type: 'sight_account', institution: { id: 'cl_banco_estado' } },
    });
    expect(await available()).toBe(before - 7_000_000n);
  });

  it('goes to a Chilean account alone, whose RUT, bank and kind are said, and by its holder’s name', async () => {
    const refused = (facts: Partial<NewWithdrawal>) =>
      pay({ amount: 1_000n, ...facts }).then(
        () => null,
        ({ fields }) => fields,
      );
    for (const [destination, why] of [
      ['012969100000000110', 'destination_unfit'],
      ['000123456789', 'clabe_length'],
      ['12345678-9/cl_banco_estado/sight/123', 'destination_rut'],
      ['12345678-5/cl_banco_nadie/sight/123', 'destination_bank'],
      ['12345678-5/cl_banco_estado/other/123', 'destination_type'],
      ['12345678-5/cl_banco_estado/sight/12A', 'account_digits'],
    ] as const)
      expect(await refused({ destination })).toEqual({ destination: why });
    expect(await refused({ beneficiaryName: undefined })).toEqual({ beneficiaryName: 'required' });
    expect(await refused({ beneficiaryTaxId: '11111111-1' })).toEqual({
      beneficiaryTaxId: 'tax_id_of_another',
    });
    expect(await db().withdrawal.count({ where: { walletId: wallet.id, amount: 1_000n } })).toBe(0);
  });

  it('that fails says why in the bank’s word, and its money is back', async () => {
    const before = await available();
    const { id } = await pay({ amount: 2_000n, destination: someChileanAccount('90000000004') });
    await approveWaiting(id);
    await settleAll(fintoc);
    expect(await db().withdrawal.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ status: 'failed', failureCode: 'recipient_account_not_found' },
    });
    expect([await available(), await reserved()]).toEqual([before, 0n]);
  });

  it('over it is looked at as a whole, and leaves in parts of which no two are alike', async () => {
    const before = await available();
    const destination = someChileanAccount();
    const requestId = randomUUID();
    const asked = {
      ...{ walletId: wallet.id, asset: 'CLP', amount: 21_000_000n, destination, requestId },
      beneficiaryName: 'Camila Rojas',
    };
    expect(await lookAtWithdrawal(operator, asked)).toMatchObject({ amount: 21_000_000n, parts: 4 });
    const [one, two] = await Promise.all([requestPayout(operator, asked), requestPayout(operator, asked)]);
    expect(two).toEqual(one);
    await workAll();
    const waiting = await partsOf(one.id);
    expect(waiting.map(({ status }) => status)).toEqual(Array(4).fill('awaiting_approval'));
    expect(waiting.reduce((sum, { amount }) => sum + amount, 0n)).toBe(21_000_000n);
    expect([await available(), await reserved()]).toEqual([before - 21_000_000n, 21_000_000n]);
    expect(await db().approval.count({ where: { action: 'batch.pay', subjectId: one.id } })).toBe(1);
    await expect(approveBatch(operator, { batchId: one.id })).rejects.toMatchObject({ code: 'forbidden' });
    await approveBatch(approver, { batchId: one.id });
    await workAll();
    expect((await partsOf(one.id)).map(({ status }) => status)).toEqual(Array(4).fill('succeeded'));
    expect([await available(), await reserved()]).toEqual([before - 21_000_000n, 0n]);
    expect(await batchOf(one.id)).toMatchObject({ splitAmount: 21_000_000n, settledAt: expect.any(Date) });
  });

  it('of which a part fails has paid the others, and that part alone is back', async () => {
    const before = await available();
    const { id } = await pay();
    await workAll();
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    await approveBatch(approver, { batchId: id });
    while ((await workBatches()) > 0);
    await settleAll(fintoc);
    const parts = await partsOf(id);
    expect(parts.map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
    const [failed, ...rest] = parts;
    await fintoc.control('POST', `/transfers/${failed?.transferId}/fail`, {
      reason: 'recipient_account_closed',
    });
    await fintoc.control('POST', '/settlement-mode', { mode: 'auto' });
    await settleAll(fintoc);
    expect((await partsOf(id)).map(({ status }) => status)).toEqual(['failed', 'succeeded', 'succeeded']);
    const paid = rest.reduce((sum, { amount }) => sum + amount, 0n);
    expect([await available(), await reserved()]).toEqual([before - paid, 0n]);
  });

  it('that is declined, or whose beneficiary is blocked meanwhile, goes back whole', async () => {
    const before = await available();
    const declined = await pay();
    await workAll();
    await declineBatch(approver, { batchId: declined.id, reason: 'No procede' });
    await workAll();
    expect([await available(), await reserved()]).toEqual([before, 0n]);
    const destination = someChileanAccount();
    const blocked = await pay({ destination });
    await workAll();
    await blockBeneficiary(approver, { number: destination, reason: 'Reportada por fraude' });
    await approveBatch(approver, { batchId: blocked.id });
    await workAll();
    expect((await partsOf(blocked.id)).map(({ status }) => status)).toEqual(Array(3).fill('cancelled'));
    expect([await available(), await reserved()]).toEqual([before, 0n]);
  });

  it('that the wallet doesn’t cover, or that would take too many parts, asks for nothing', async () => {
    const count = await db().withdrawalBatch.count();
    await expect(pay({ amount: 900_000_000n })).rejects.toMatchObject({ code: 'insufficient_funds' });
    await expect(pay({ amount: 900_000_000_000n })).rejects.toMatchObject({
      fields: { amount: 'amount_too_large' },
    });
    expect(await db().withdrawalBatch.count()).toBe(count);
  });

  it('asked for again on the same day is asked about, and paid for whoever has seen it', async () => {
    const destination = someChileanAccount();
    const first = await pay({ destination });
    await workAll();
    const [latest] = (await partsOf(first.id)).toSorted(
      (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1),
    );
    await expect(pay({ destination })).rejects.toMatchObject({
      code: 'same_payment',
      details: { id: latest?.id },
    });
    const asked: NewWithdrawal = {
      ...{
        walletId: wallet.id,
        asset: 'CLP',
        amount: 15_000_000n,
        destination,
        beneficiaryName: 'Camila Rojas',
      },
      requestId: randomUUID(),
    };
    const look = await lookAtWithdrawal(operator, asked);
    expect(
      look?.twins.map(({ id }) => id),
      'one for all of its parts',
    ).toEqual([latest?.id]);
    const again = await pay({ ...asked, acceptedTwin: latest?.id });
    await workAll();
    expect(await batchOf(again.id)).toMatchObject({ paysRepeats: true });
    const amounts = async (id: string) => (await partsOf(id)).map(({ amount }) => amount);
    expect(await amounts(again.id)).toEqual(await amounts(first.id));
  });
});
