import { afterEach, beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { peopleOn } from '~/lib/approvals/read';
import { confirmBatch } from '~/lib/batches/batches';
import { approveBatch } from '~/lib/batches/decide';
import { db } from '~/lib/db';
import { listInbox } from '~/lib/deciding/inbox';
import { upload, workOffBatches } from '~/lib/testing/batches';
import { expectSoundBooks } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { isAsApproved } from '~/lib/testing/seals';

withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
let wallet: OpenWallet;

beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
  wallet = await someWallet();
  await fundWallet(wallet, 1_000_000n);
});
afterEach(expectSoundBooks);

const TWO_FROM_TWELVE: NewRule = {
  ...{ action: 'withdrawal.pay', name: 'Grandes', mode: 'on' },
  conditions: { asset: 'MXN', amount: { from: '1200' } },
  steps: [{ people: 1 }, { people: 1, role: 'admin' }],
};
const refused = (code: string) => expect.objectContaining({ code });
const withdrawals = (batchId: string) => db().withdrawal.findMany({ where: { batchId } });
const stateOf = async (id: string) => (await db().withdrawalBatch.findUniqueOrThrow({ where: { id } })).state;

/** Of 10 pesos, 11 and so on; confirmed, and all its rows held. */
async function waiting(count: number): Promise<string> {
  const rows = Array.from({ length: count }, (_, nth) => [
    someClabe('012'),
    `${nth + 10}.00`,
    `Ana ${nth}`,
    'Nómina',
  ]);
  const { id } = await upload(operator, wallet, rows);
  await confirmBatch(operator, { batchId: id, paysRepeats: false });
  await workOffBatches();
  return id;
}

it('a batch takes as many people, and of the roles, as any of its rows asks for', async () => {
  const { id: rule } = await changeRule(system('setup'), TWO_FROM_TWELVE);
  const admin = await someOperator('admin');
  const small = await waiting(2);
  await approveBatch(approver, { batchId: small });
  expect(await stateOf(small)).toBe('approved');

  const id = await waiting(3);
  expect(await approveBatch(approver, { batchId: id })).toMatchObject({ state: 'awaiting_approval' });
  expect(await listInbox(approver, { size: 100 })).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({
        subjectId: id,
        standing: 'role',
        rules: [expect.objectContaining({ rule })],
      }),
    ]),
  });
  expect(await peopleOn('batch.pay', id)).toEqual({
    ...{ needed: 2, approved: [approver.name], nextRole: 'admin' },
  });
  const another = await someOperator('approver');
  await expect(approveBatch(another, { batchId: id })).rejects.toEqual(refused('step_for_role'));
  await approveBatch(admin, { batchId: id });
  await workOffBatches();
  const left = await withdrawals(id);
  expect(left.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued']);
  expect(await Promise.all(left.map(isAsApproved))).toEqual([true, true, true]);
  await changeRule(system('setup'), { ...TWO_FROM_TWELVE, rule, mode: 'off' });
});
