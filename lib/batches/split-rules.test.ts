import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { peopleOn } from '~/lib/approvals/read';
import { confirmBatch, uploadBatch } from '~/lib/batches/batches';
import { approveBatch } from '~/lib/batches/decide';
import { requestPayout } from '~/lib/batches/split';
import { db } from '~/lib/db';
import { tryRule } from '~/lib/deciding/tryout';
import { csvFile, HEAD, workOffBatches } from '~/lib/testing/batches';
import { expectSoundBooks } from '~/lib/testing/books';
import { type ChileanWallet, chileanWallet, someChileanAccount } from '~/lib/testing/chile';
import { withTestDatabase } from '~/lib/testing/database';
import { someOperator } from '~/lib/testing/factories';
import { withLocalFintoc } from '~/lib/testing/sandbox';

/** Rules and the limits of one withdrawal are about what was asked for, in however many parts it leaves. */

withTestDatabase();
const fintoc = withLocalFintoc();

let operator: OperatorActor;
let wallet: ChileanWallet;

beforeAll(async () => {
  wallet = await chileanWallet(fintoc, 400_000_000);
});
beforeEach(async () => {
  operator = await someOperator();
});
afterEach(expectSoundBooks);

const TWO_FROM_TEN_MILLION: NewRule = {
  ...{ action: 'withdrawal.pay', name: 'Grandes', mode: 'on' },
  conditions: { asset: 'CLP', amount: { from: '10000000' } },
  steps: [{ people: 2 }],
};

const pay = (amount: bigint) =>
  requestPayout(operator, {
    ...{ walletId: wallet.id, asset: 'CLP', amount, destination: someChileanAccount() },
    ...{ beneficiaryName: 'Camila Rojas', requestId: randomUUID() },
  });

async function payByFile(amounts: readonly string[]): Promise<string> {
  const { id } = await uploadBatch(operator, {
    file: csvFile([HEAD, ...amounts.map((amount) => [someChileanAccount(), amount, 'Camila Rojas', ''])]),
    ...{ asset: 'CLP', walletId: wallet.id, requestId: randomUUID() },
  });
  await confirmBatch(operator, { batchId: id, paysRepeats: false });
  return id;
}

/** With a rule of somebody's own, which is gone afterwards. */
async function under(rule: NewRule, does: (id: string) => Promise<void>): Promise<void> {
  const { id } = await changeRule(system('setup'), rule);
  await does(id);
  await changeRule(system('setup'), { ...rule, rule: id, mode: 'off' });
}

async function expectTwoPeople(batchId: string, rule: string): Promise<void> {
  const approval = await db().approval.findFirstOrThrow({ where: { subjectId: batchId } });
  expect(approval.fired).toEqual(expect.arrayContaining([expect.objectContaining({ rule })]));
  expect(await peopleOn('batch.pay', batchId)).toMatchObject({ needed: 2 });
  const first = await approveBatch(await someOperator('approver'), { batchId });
  expect(first.state).toBe('awaiting_approval');
  expect((await approveBatch(await someOperator('approver'), { batchId })).state).toBe('approved');
}

it('a rule by amount has a payout wait for all its people, though no part reaches it', async () => {
  await under(TWO_FROM_TEN_MILLION, async (rule) => {
    const { id } = await pay(20_000_000n);
    await workOffBatches();
    const parts = await db().withdrawal.findMany({ where: { batchId: id } });
    expect(parts.every(({ amount }) => amount < 7_000_001n)).toBe(true);
    expect(parts).toHaveLength(3);
    await expectTwoPeople(id, rule);
  });
});

it('a line of a file is judged as it was written, and the lines beside it as theirs', async () => {
  await under(TWO_FROM_TEN_MILLION, async (rule) => {
    const id = await payByFile(['1000', '20000000']);
    await workOffBatches();
    const rows = await db().batchRow.findMany({ where: { batchId: id }, orderBy: { line: 'asc' } });
    const firedOn = rows.map(({ fired }) => JSON.stringify(fired ?? '').includes(rule));
    expect(firedOn).toEqual([false, true, true, true]);
    await expectTwoPeople(id, rule);
  });
});

it('a sum counts a payout in parts once, with what was asked for before', async () => {
  await pay(8_000_000n);
  await workOffBatches();
  const sum = (from: string): NewRule => ({
    ...TWO_FROM_TEN_MILLION,
    conditions: { asset: 'CLP', sum: { of: 'requester', within: 'day', from } },
  });
  await under(sum('28000001'), async (rule) => {
    const { id } = await pay(20_000_000n);
    await workOffBatches();
    const { fired } = await db().approval.findFirstOrThrow({ where: { subjectId: id } });
    expect(JSON.stringify(fired)).not.toContain(rule);
  });
  operator = await someOperator();
  await pay(8_000_000n);
  await workOffBatches();
  await under(sum('28000000'), async (rule) => {
    const { id } = await pay(20_000_000n);
    await workOffBatches();
    await expectTwoPeople(id, rule);
  });
});

it('a rule in shadow, and trying one, see one payout of the whole', async () => {
  const conditions = { asset: 'CLP', amount: { from: '20000001', to: '20000009' } };
  await under({ ...TWO_FROM_TEN_MILLION, conditions, mode: 'shadow' }, async (rule) => {
    const { id } = await pay(20_000_003n);
    const file = await payByFile(['20000004', '6000000']);
    await workOffBatches();
    const shadows = await db().approvalShadow.findMany({ where: { rule }, orderBy: { amount: 'asc' } });
    expect(shadows.map(({ amount, waited }) => [amount, waited])).toEqual([
      [20_000_003n, true],
      [20_000_004n, true],
    ]);
    const tried = await tryRule(await someOperator('admin'), { action: 'withdrawal.pay', conditions });
    expect(tried).toMatchObject({
      ...{ waits: 2, waited: 2 },
      totals: [{ asset: 'CLP', count: 2, amount: 40_000_007n }],
    });
    const firsts = await db().batchRow.findMany({
      where: { batchId: { in: [id, file] }, part: 1, parts: { gt: 1 } },
    });
    expect(tried.page.rows.map((row) => row.id).sort()).toEqual(
      firsts.map(({ withdrawalId }) => withdrawalId).sort(),
    );
  });
});

it('the least of one withdrawal is the whole’s, of which a part may be less', async () => {
  const terms = { name: 'Desde seis millones', asset: 'CLP', withdrawalMinAmount: 6_000_000n };
  const { id: termsId } = await db().walletTerms.create({ data: terms });
  await db().walletAsset.updateMany({ where: { walletId: wallet.id }, data: { termsId } });
  const { id } = await pay(8_000_000n);
  await workOffBatches();
  expect(await db().withdrawalBatch.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'awaiting_approval',
  });
  expect(await db().withdrawal.count({ where: { batchId: id } })).toBe(2);
});

it('more parts than payments may leave in a day are refused before anything is held', async () => {
  const before = await db().withdrawal.count({ where: { walletId: wallet.id } });
  const [day] = await db().ledgerUsageDay.findMany({ where: { walletId: wallet.id, direction: 'outbound' } });
  const limit = BigInt(day?.count ?? 0) + 4n;
  const terms = { name: 'Cuatro más', asset: 'CLP', withdrawalDayCount: limit };
  const { id: termsId } = await db().walletTerms.create({ data: terms });
  await db().walletAsset.updateMany({ where: { walletId: wallet.id }, data: { termsId } });
  await pay(14_000_001n);
  await workOffBatches();
  await expect(pay(8_000_000n)).rejects.toMatchObject({
    code: 'limit_reached',
    details: { which: 'dayCount', limit: String(limit), left: '1' },
  });
  await pay(7_000_000n);
  await workOffBatches();
  expect(await db().withdrawal.count({ where: { walletId: wallet.id } })).toBe(before + 4);
});
