import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { publicId, uuidOf } from '~/lib/api/ids';
import { confirmBatch, uploadBatch } from '~/lib/batches/batches';
import { approveBatch } from '~/lib/batches/decide';
import { listBatchRows } from '~/lib/batches/read';
import { db } from '~/lib/db';
import { runSchedules } from '~/lib/schedules/run';
import { planSchedule } from '~/lib/schedules/schedules';
import { ask, someKey } from '~/lib/testing/api';
import { csvFile, HEAD, workOffBatches } from '~/lib/testing/batches';
import { balanceOf, expectSoundBooks } from '~/lib/testing/books';
import { type ChileanWallet, chileanWallet, someChileanAccount } from '~/lib/testing/chile';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { settleAll } from '~/lib/testing/journeys';
import { withLocalFintoc } from '~/lib/testing/sandbox';

/** What a network doesn't carry at once leaves in parts, whichever way it is asked for. */

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let approver: OperatorActor;
let wallet: ChileanWallet;

beforeAll(async () => {
  approver = await someOperator('approver');
  wallet = await chileanWallet(fintoc, 400_000_000);
  const terms = { name: 'Con comisión', asset: 'CLP', withdrawalFeeAmount: 300n };
  const { id: termsId } = await db().walletTerms.create({ data: terms });
  await db().walletAsset.updateMany({ where: { walletId: wallet.id }, data: { termsId } });
});
beforeEach(async () => {
  operator = await someOperator();
  await fintoc.calm();
});
afterEach(async () => {
  await expectSoundBooks();
  const { available_balance } = await fintoc.api('GET', `/v2/accounts/${wallet.accountId}`);
  expect(await balanceOf(`fintoc/${wallet.accountId}/cash`, 'CLP')).toBe(BigInt(available_balance));
});

const available = () => balanceOf(`wallet/${wallet.id}/available`, 'CLP');
const reserved = () => balanceOf(`wallet/${wallet.id}/reserved`, 'CLP');
const withdrawalsOf = (batchId: string) =>
  db().withdrawal.findMany({ where: { batchId }, orderBy: [{ destination: 'asc' }, { amount: 'asc' }] });

async function workAll(): Promise<void> {
  await workOffBatches();
  await settleAll(fintoc);
}

/** Has all that was sent succeed but one, which its bank closes. */
async function paidButOne(batchId: string): Promise<bigint> {
  const [failing] = await withdrawalsOf(batchId);
  await fintoc.control('POST', `/transfers/${failing?.transferId}/fail`, {
    reason: 'recipient_account_closed',
  });
  await fintoc.control('POST', '/settlement-mode', { mode: 'auto' });
  await settleAll(fintoc);
  return failing?.amount ?? 0n;
}

describe('a file', () => {
  const upload = (rows: string[][]) =>
    uploadBatch(operator, {
      file: csvFile([HEAD, ...rows]),
      ...{ asset: 'CLP', walletId: wallet.id, requestId: randomUUID() },
    });

  it('pays a large row in parts, and exactly what didn’t arrive is back', async () => {
    const before = await available();
    const [large, small] = [someChileanAccount(), someChileanAccount()];
    const { id } = await upload([
      [large, '15000000', 'Camila Rojas', ''],
      [small, '1000', 'Ana Soto', ''],
    ]);
    const { items } = await listBatchRows(operator, { batchId: id, view: 'all' });
    expect(items.map(({ line, part, parts, feeAmount }) => [line, part, parts, feeAmount])).toEqual([
      [2, 1, 3, 300n],
      [2, 2, 3, 0n],
      [2, 3, 3, 0n],
      [3, 1, 1, 300n],
    ]);
    await confirmBatch(operator, { batchId: id, paysRepeats: false });
    await workAll();
    expect([await available(), await reserved()]).toEqual([before - 15_001_600n, 15_001_600n]);
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    await approveBatch(approver, { batchId: id });
    await workAll();
    const failed = await paidButOne(id);
    const ended = await withdrawalsOf(id);
    expect(ended.map(({ status }) => status).sort()).toEqual(['failed', ...Array(3).fill('succeeded')]);
    // The first of the parts bears the fee of the whole; it is the one that failed.
    expect(ended.find(({ status }) => status === 'failed')).toMatchObject({
      amount: failed,
      feeAmount: 300n,
    });
    expect([await available(), await reserved()]).toEqual([before - 15_001_300n + failed, 0n]);
  });

  it('as people in Chile write it, account, bank, type and RUT each in its column, pays that account', async () => {
    const head = ['RUT', 'Beneficiario', 'Banco', 'Tipo de cuenta', 'Número de cuenta', 'Monto'];
    const { id } = await uploadBatch(operator, {
      ...{ asset: 'CLP', walletId: wallet.id, requestId: randomUUID() },
      file: csvFile([
        head,
        ['12.345.678-5', 'Camila Rojas', 'Banco Estado', 'CuentaRUT', '12345678', '15000'],
        ['12.345.678-5', 'Camila Rojas', 'Banco Lunar', '', '12345678', '15000'],
      ]),
    });
    const { items } = await listBatchRows(operator, { batchId: id, view: 'all' });
    expect(items.map(({ faults }) => faults.map(({ field, why }) => `${field} ${why}`))).toEqual([
      [],
      ['bank bank_unknown', 'accountType required'],
    ]);
    await confirmBatch(operator, { batchId: id, paysRepeats: false });
    await workAll();
    await approveBatch(approver, { batchId: id });
    await workAll();
    const paid = { destinationKind: 'tef', destination: '12345678-5/cl_banco_estado/sight/12345678' };
    expect(await withdrawalsOf(id)).toMatchObject([
      { ...paid, beneficiaryTaxId: '12345678-5', amount: 15_000n },
    ]);
  });

  it('leaves a large row out whole where one of its parts repeats another', async () => {
    const [to, amount] = [someChileanAccount(), '15000000'];
    const { id } = await upload([
      [to, amount, 'Camila Rojas', ''],
      [to, amount, 'Camila Rojas', ''],
      [to, '4999999', 'Camila Rojas', ''],
    ]);
    const { items } = await listBatchRows(operator, { batchId: id, view: 'repeated' });
    expect(items.map(({ line, part, repeatsLine }) => [line, part, repeatsLine])).toEqual([
      [3, 1, 2],
      [3, 2, 2],
      [3, 3, 2],
      [4, 1, 2],
    ]);
  });

  it('with an amount that takes too many parts names its row', async () => {
    const { id } = await upload([[someChileanAccount(), '900000000000', 'Camila Rojas', '']]);
    const { items } = await listBatchRows(operator, { batchId: id, view: 'faulty' });
    expect(items).toMatchObject([{ faults: [{ field: 'amount', why: 'amount_too_large' }] }]);
  });
});

describe('the API', () => {
  const payout = (amount: string) => ({
    ...{ wallet_id: publicId('wallet', wallet.id), asset: 'CLP', amount },
    ...{ destination: someChileanAccount(), beneficiary_name: 'Camila Rojas' },
  });

  it('answers a batch of the parts, once under a key, and says what of it was paid', async () => {
    const before = await available();
    const { secret, maker } = await someKey(['withdrawals:write', 'withdrawals:read']);
    const asked = { body: payout('15000000'), headers: { 'idempotency-key': randomUUID() } };
    const { status, body } = await ask(secret, 'createWithdrawal', asked);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ object: 'withdrawal_batch', status: 'holding', amount: '15000000', fee_amount: '300', parts: 3 },
      ...{ paid_amount: '0', refused_amount: '0' },
    });
    expect((await ask(secret, 'createWithdrawal', asked)).body.id).toBe(body.id);
    const batchId = uuidOf('withdrawal_batch', body.id) ?? '';
    await workAll();
    expect([await available(), await reserved()]).toEqual([before - 15_000_300n, 15_000_300n]);
    await expect(approveBatch(maker, { batchId })).rejects.toMatchObject({ code: 'own_request' });
    await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
    await approveBatch(approver, { batchId });
    await workAll();
    const failed = await paidButOne(batchId);
    const { body: after } = await ask(secret, 'getWithdrawalBatch', { params: { id: body.id } });
    expect(after).toMatchObject({
      ...{ status: 'approved', paid_amount: String(15_000_000n - failed), refused_amount: String(failed) },
      withdrawals: expect.arrayContaining([
        expect.objectContaining({ status: 'failed', batch_id: body.id, amount: String(failed) }),
      ]),
    });
    expect(await reserved()).toBe(0n);
  });

  it('calls all parts off, and refuses more than its key may move at once', async () => {
    const before = await available();
    const { secret } = await someKey(['withdrawals:write'], {
      limits: { CLP: { each: 20_000_000n, day: null } },
    });
    const { body } = await ask(secret, 'createWithdrawal', { body: payout('15000000') });
    await workAll();
    const reason = { reason: 'Ya no' };
    const called = await ask(secret, 'cancelWithdrawalBatch', { params: { id: body.id }, body: reason });
    expect(called.body).toMatchObject({ status: 'cancelled' });
    await workAll();
    expect([await available(), await reserved()]).toEqual([before, 0n]);
    const over = await ask(secret, 'createWithdrawal', { body: payout('21000000') });
    expect(over.body).toMatchObject({ code: 'limit_of_key' });
  });
});

describe('a schedule', () => {
  it('has its days in Chile, and pays a large amount in parts', async () => {
    const before = await available();
    const schedule = await planSchedule(operator, {
      ...{ walletId: wallet.id, asset: 'CLP', amount: 15_000_000n, destination: someChileanAccount() },
      ...{ beneficiaryName: 'Camila Rojas', every: 'month', startsOn: '2099-01-31', requestId: randomUUID() },
    });
    // Nine in the morning of Santiago's summer.
    expect(schedule.nextAt).toEqual(new Date('2099-01-31T12:00:00Z'));
    await db().schedule.update({
      where: { id: schedule.id },
      data: { nextAt: new Date(Date.now() - 1_000) },
    });
    await runSchedules();
    const ran = await db().scheduleRun.findFirstOrThrow({ where: { scheduleId: schedule.id } });
    expect(ran).toMatchObject({ withdrawalId: null, refusal: null, batchId: expect.any(String) });
    await workAll();
    await approveBatch(approver, { batchId: ran.batchId ?? '' });
    await workAll();
    const parts = await withdrawalsOf(ran.batchId ?? '');
    expect(parts.map(({ status }) => status)).toEqual(Array(3).fill('succeeded'));
    expect([await available(), await reserved()]).toEqual([before - 15_000_300n, 0n]);
  });
});
