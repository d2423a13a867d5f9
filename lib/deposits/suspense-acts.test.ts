import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import { changeRule, type NewRule } from '~/lib/approvals/own-rules';
import { db } from '~/lib/db';
import { tryRule } from '~/lib/deciding/tryout';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { approveWaiting } from '~/lib/testing/approvals';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { someOperator, someWallet } from '~/lib/testing/factories';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const reason = 'Ya se revisó';
const waits = expect.objectContaining({ code: 'rule_asks' });
let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
});

const rule = (action: 'suspense.return' | 'suspense.assign'): NewRule => ({
  ...{ action, name: action, mode: 'on', steps: [{ people: 1 }] },
  conditions: { asset: 'MXN', amount: { from: '500' } },
});

/** Money that came while its wallet was frozen. */
async function suspended(amount: number) {
  const wallet = await someWallet();
  await freezeWallet(system('setup'), { walletId: wallet.id, reason, deposits: 'suspend' });
  const { accountId, numberId, number } = wallet;
  const { id } = await told({ accountId, numberId, number, amount });
  await unfreezeWallet(system('setup'), { walletId: wallet.id, reason });
  return { id, wallet };
}

it('what one person may credit from suspense waits where a rule says so, by its amount', async () => {
  await changeRule(system('setup'), rule('suspense.assign'));
  const [little, much] = [await suspended(499), await suspended(500)];
  await assignDeposit(operator, { transferId: little.id, walletId: little.wallet.id, reason });
  expect(await moneyOf(little.wallet)).toMatchObject({ available: 499n });

  const asked = { transferId: much.id, walletId: much.wallet.id, reason, requestId: crypto.randomUUID() };
  await expect(assignDeposit(operator, asked)).rejects.toEqual(waits);
  await expect(assignDeposit(operator, asked)).rejects.toEqual(waits);
  expect(await moneyOf(much.wallet)).toMatchObject({ available: 0n });
  await approveWaiting(approver, { action: 'suspense.assign', subjectId: much.id });
  expect(await moneyOf(much.wallet)).toMatchObject({ available: 500n });
  await expectSoundBooks();
  const admin = await someOperator('admin');
  expect(await tryRule(admin, rule('suspense.assign'))).toMatchObject({ looked: 2, waits: 1 });
});

it('so does sending it back, and what was done with it meanwhile is not done twice', async () => {
  await changeRule(system('setup'), rule('suspense.return'));
  const { id, wallet } = await suspended(400);
  const other = await suspended(900);
  await expect(returnDeposit(operator, { transferId: other.id, reason })).rejects.toEqual(waits);
  const goesBack = async (transferId: string) =>
    (await db().transfer.findUniqueOrThrow({ where: { id: transferId } })).returnRequestedAt;
  expect(await goesBack(other.id)).toBeNull();
  await approveWaiting(approver, { action: 'suspense.return', subjectId: other.id });
  expect(await goesBack(other.id)).not.toBeNull();

  const third = await suspended(700);
  await expect(returnDeposit(operator, { transferId: third.id, reason })).rejects.toEqual(waits);
  const admin = await someOperator('admin');
  const crediting = { transferId: third.id, walletId: third.wallet.id, reason };
  await expect(assignDeposit(admin, crediting)).rejects.toEqual(waits);
  await approveWaiting(approver, { action: 'suspense.assign', subjectId: third.id });
  await expect(
    approveWaiting(approver, { action: 'suspense.return', subjectId: third.id }),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect(await goesBack(id)).toBeNull();
  expect(await moneyOf(wallet)).toMatchObject({ available: 0n });
  await expectSoundBooks();
});
