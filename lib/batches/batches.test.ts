import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { cancelBatch, confirmBatch } from '~/lib/batches/batches';
import { approveBatch, declineBatch } from '~/lib/batches/decide';
import { getBatch, listBatchRows } from '~/lib/batches/read';
import { workBatches } from '~/lib/batches/work';
import { db } from '~/lib/db';
import { expireApprovals } from '~/lib/deciding/registry';
import { waitedLonger } from '~/lib/testing/approvals';
import { upload, workOffBatches } from '~/lib/testing/batches';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import {
  fundWallet,
  type OpenWallet,
  someClabe,
  someOperator,
  someTerms,
  someWallet,
} from '~/lib/testing/factories';
import { withdraw } from '~/lib/testing/journeys';
import { ANYBODY } from '~/lib/testing/reader';
import { isAsApproved } from '~/lib/testing/seals';
import { tamper } from '~/lib/testing/tampering';
import { blockBeneficiary } from '~/lib/withdrawals/beneficiaries';
import { approveWithdrawal, cancelWithdrawal } from '~/lib/withdrawals/withdrawals';

withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
let wallet: OpenWallet;

beforeAll(async () => {
  approver = await someOperator('approver');
});

beforeEach(async () => {
  operator = await someOperator();
  wallet = await someWallet({ termsId: (await someTerms({ withdrawalFeeAmount: 500n })).id });
  await fundWallet(wallet, 1_000_000n);
});

afterEach(expectSoundBooks);

const some = (count: number) =>
  Array.from({ length: count }, (_, nth) => [someClabe('012'), `${nth + 10}.00`, `Ana ${nth}`, 'Nómina']);
const confirm = (batchId: string, facts: { paysRepeats?: boolean; acceptedSame?: string } = {}) =>
  confirmBatch(operator, { batchId, paysRepeats: false, ...facts });
const withdrawals = (batchId: string) => db().withdrawal.findMany({ where: { batchId } });
const linesOf = async (batchId: string) => (await listBatchRows(ANYBODY, { batchId, view: 'all' })).items;
const stateOf = async (id: string) => (await db().withdrawalBatch.findUniqueOrThrow({ where: { id } })).state;
const refused = (code: string) => expect.objectContaining({ code });

/** Confirmed, and all its rows held. */
async function waiting(rows = some(3)): Promise<string> {
  const { id } = await upload(operator, wallet, rows);
  await confirm(id);
  await workOffBatches();
  return id;
}

describe('an upload', () => {
  it('holds nothing, and shows what would leave, the fees and what would remain', async () => {
    const { id } = await upload(operator, wallet, some(3));
    expect(await moneyOf(wallet)).toEqual({ available: 1_000_000n, reserved: 0n });
    expect(await getBatch(ANYBODY, id)).toMatchObject({
      state: 'draft',
      totals: { rows: 3, faulty: 0, repeated: 0, payable: 3, amount: 3_300n, fee: 1_500n },
      payers: [{ walletId: wallet.id, rows: 3, total: 4_800n, left: 995_200n }],
    });
  });

  it('names the line and the field of everything that is wrong', async () => {
    const blocked = someClabe('012');
    await blockBeneficiary(approver, { number: blocked, reason: 'Reportada por fraude' });
    const { id } = await upload(operator, wallet, [
      ['012969100000000111', '10.00', 'Ana', 'Nómina'],
      [someClabe('012'), '1.234', 'Ana', 'Nómina'],
      [someClabe('012'), '-5', 'Ana', 'x'.repeat(41)],
      [blocked, '10.00', 'Ana', 'Nómina'],
      [wallet.number, '10.00', 'Ana', 'Nómina'],
      ['', '10.00', 'Ana', 'Nómina'],
      ...some(1),
    ]);
    const faulty = await listBatchRows(ANYBODY, { batchId: id, view: 'faulty' });
    expect(
      faulty.items.map(({ line, faults }) => [line, ...faults.map(({ field, why }) => `${field}: ${why}`)]),
    ).toEqual([
      [2, 'destination: clabe_check_digit'],
      [3, 'amount: amount_ambiguous'],
      [4, 'amount: amount_not_positive', 'comment: too_long'],
      [5, 'destination: destination_blocked'],
      [6, 'destination: beneficiary_is_own_wallet'],
      [7, 'destination: required'],
    ]);
    await confirm(id);
    await workOffBatches();
    expect(await withdrawals(id)).toHaveLength(1);
  });

  it('takes each line from the wallet that it names, by CLABE or by id', async () => {
    const other = await someWallet();
    await fundWallet(other, 50_000n);
    const { uploadBatch } = await import('~/lib/batches/batches');
    const { csvFile } = await import('~/lib/testing/batches');
    const file = csvFile([
      ['clabe', 'monto', 'monedero'],
      [someClabe('012'), '10', other.number],
      [someClabe('012'), '20', wallet.id],
      [someClabe('012'), '30', '012180000000000002'],
      [someClabe('012'), '40', ''],
    ]);
    const { id } = await uploadBatch(operator, { file, asset: 'MXN', requestId: crypto.randomUUID() });
    const lines = await linesOf(id);
    expect(lines.map(({ walletId }) => walletId)).toEqual([other.id, wallet.id, null, null]);
    expect(lines.map(({ faults }) => faults[0]?.why)).toEqual([
      undefined,
      undefined,
      'unknown_wallet',
      'wallet_missing',
    ]);
  });

  it('marks what the file or the last days ask for twice, and leaves it out unless somebody wants it', async () => {
    const [known, twice] = [someClabe('012'), someClabe('012')];
    const before = await withdraw(operator, wallet, { destination: known, amount: 7_000n });
    const rows = [
      [known, '70.00', 'Ana', ''],
      [twice, '80.00', 'Eva', ''],
      [twice, '80.00', 'Eva', ''],
    ];
    const { id } = await upload(operator, wallet, rows);
    expect((await linesOf(id)).map(({ repeatsId, repeatsLine }) => [repeatsId, repeatsLine])).toEqual([
      [before.id, null],
      [null, null],
      [null, 3],
    ]);
    await confirm(id);
    await workOffBatches();
    expect(await withdrawals(id)).toHaveLength(1);

    const again = await upload(operator, wallet, [...rows, ...some(1)]);
    await confirm(again.id, { paysRepeats: true });
    await workOffBatches();
    expect((await withdrawals(again.id)).map(({ amount }) => amount).sort()).toEqual([
      1_000n,
      7_000n,
      8_000n,
      8_000n,
    ]);
  });
});

describe('each row is a withdrawal exactly once', () => {
  it('when it is uploaded or confirmed twice, and two workers are at it at once', async () => {
    const rows = some(12);
    const requestId = crypto.randomUUID();
    const [one, two] = await Promise.all([
      upload(operator, wallet, rows, requestId),
      upload(operator, wallet, rows, requestId),
    ]);
    expect(two.id).toBe(one.id);
    await Promise.all([confirm(one.id), confirm(one.id), confirm(one.id)]);
    const stolen = async () => {
      await db().queueItem.updateMany({ where: { queue: 'batches' }, data: { leaseUntil: new Date(0) } });
      await workBatches();
    };
    await Promise.all([workBatches(), stolen(), stolen(), stolen()]);
    await db().queueItem.deleteMany({ where: { queue: 'batches' } });
    await workOffBatches();
    expect(await withdrawals(one.id)).toHaveLength(12);
    expect(await stateOf(one.id)).toBe('awaiting_approval');
    expect(await db().approval.count({ where: { subjectId: one.id, action: 'batch.pay' } })).toBe(1);
    const { reserved } = await moneyOf(wallet);
    expect(reserved).toBe(rows.reduce((sum, _, nth) => sum + BigInt(nth + 10) * 100n + 500n, 0n));
  });

  it('when the same file is confirmed again, unless somebody saw the first and wants another', async () => {
    const rows = some(2);
    const [one, two] = [await upload(operator, wallet, rows), await upload(operator, wallet, rows)];
    await confirm(one.id);
    await expect(confirm(two.id)).rejects.toEqual(refused('same_file'));
    await workOffBatches();
    // Seen and wanted, its rows are still those that were asked for a moment ago, which nobody has seen.
    await confirm(two.id, { acceptedSame: one.id });
    await workOffBatches();
    expect(await stateOf(two.id)).toBe('refused');
    expect((await linesOf(two.id)).map(({ end }) => end?.code)).toEqual(['same_payment', 'same_payment']);
  });
});

describe('one decision', () => {
  it('lets all of it out, by somebody else, and each row bears their name', async () => {
    const id = await waiting();
    const [first] = await withdrawals(id);
    await expect(approveBatch(operator, { batchId: id })).rejects.toEqual(refused('forbidden'));
    await expect(approveWithdrawal(approver, { withdrawalId: first?.id ?? '' })).rejects.toEqual(
      refused('decided_with_batch'),
    );
    await Promise.all([approveBatch(approver, { batchId: id }), approveBatch(approver, { batchId: id })]);
    await workOffBatches();
    for (const row of await withdrawals(id)) {
      expect(row.status).toBe('queued');
      expect(await isAsApproved(row)).toBe(true);
    }
  });

  it('is not taken by who asked, whatever they may', async () => {
    operator = await someOperator('admin');
    const id = await waiting();
    await expect(approveBatch(operator, { batchId: id })).rejects.toEqual(refused('own_request'));
  });

  it('declined, called off or never taken gives all of it back', async () => {
    const declined = await waiting();
    await declineBatch(approver, { batchId: declined, reason: 'No es la nómina de hoy' });
    const cancelled = await waiting();
    await cancelBatch(operator, { batchId: cancelled, reason: 'Archivo equivocado' });
    const expired = await waiting();
    await waitedLonger(expired, 73);
    await expireApprovals();
    await workOffBatches();
    expect(await Promise.all([declined, cancelled, expired].map(stateOf))).toEqual([
      'declined',
      'cancelled',
      'expired',
    ]);
    expect(await moneyOf(wallet)).toEqual({ available: 1_000_000n, reserved: 0n });
    const ended = await db().withdrawal.groupBy({
      by: ['status'],
      _count: true,
      where: { walletId: wallet.id },
    });
    expect(ended.map(({ status, _count }) => [status, _count]).sort()).toEqual([
      ['cancelled', 3],
      ['declined', 3],
      ['expired', 3],
    ]);
  });

  it('leaves out what was called off alone, or blocked meanwhile', async () => {
    const id = await waiting();
    const [one, two] = await withdrawals(id);
    await cancelWithdrawal(operator, { withdrawalId: one?.id ?? '', reason: 'Ya no trabaja aquí' });
    await blockBeneficiary(approver, { number: two?.destination ?? '', reason: 'Reportada por fraude' });
    await approveBatch(approver, { batchId: id });
    await workOffBatches();
    const rows = await withdrawals(id);
    expect(rows.map(({ status }) => status).sort()).toEqual(['cancelled', 'cancelled', 'queued']);
    expect(await getBatch(ANYBODY, id)).toMatchObject({
      progress: { rows: 3, held: 3, leaving: 1, over: 2 },
    });
  });

  it('lets nothing out that was put into the batch behind its back', async () => {
    const id = await waiting();
    const [first] = await withdrawals(id);
    const alone = await withdraw(operator, wallet, { amount: 5_000n });
    await expect(
      db().withdrawal.update({ where: { id: alone.id }, data: { batchId: id } }),
    ).rejects.toThrow();
    await tamper('ALTER TABLE withdrawals DISABLE TRIGGER USER', []);
    await tamper('UPDATE withdrawals SET request_hash = $2 WHERE id = $1::uuid', [first?.id, 'x'.repeat(64)]);
    await tamper('ALTER TABLE withdrawals ENABLE TRIGGER USER', []);
    await expect(approveBatch(approver, { batchId: id })).rejects.toThrow(/all of it/);
    await tamper('ALTER TABLE withdrawals DISABLE TRIGGER USER', []);
    await tamper('UPDATE withdrawals SET request_hash = $2 WHERE id = $1::uuid', [
      first?.id,
      first?.requestHash,
    ]);
    await tamper('ALTER TABLE withdrawals ENABLE TRIGGER USER', []);
  });
});

it('what can’t be held is refused alone, with why, and the rest goes on', async () => {
  const { id } = await upload(operator, wallet, some(3));
  await confirm(id);
  await withdraw(operator, wallet, { amount: 1_000_000n - 4_000n - 500n });
  await workOffBatches();
  expect((await linesOf(id)).map(({ end }) => end)).toEqual([
    null,
    null,
    { kind: 'refused', code: 'insufficient_funds' },
  ]);
  expect(await stateOf(id)).toBe('awaiting_approval');
});

it('more than the wallet has is never confirmed', async () => {
  const { id } = await upload(operator, wallet, [[someClabe('012'), '9,999.00', 'Ana', '']]);
  await expect(confirm(id)).rejects.toEqual(refused('insufficient_funds'));
  expect(await stateOf(id)).toBe('draft');
});
