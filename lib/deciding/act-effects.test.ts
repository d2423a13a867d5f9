import { beforeAll, expect, it } from 'vitest';
import { type OperatorActor, system } from '~/lib/actor';
import type { ApprovalAction } from '~/lib/approvals/actions';
import { changeRule } from '~/lib/approvals/own-rules';
import { confirmBatch } from '~/lib/batches/batches';
import { approveBatch } from '~/lib/batches/decide';
import { db } from '~/lib/db';
import { actEffects } from '~/lib/deciding/act-effects';
import { listInbox } from '~/lib/deciding/inbox';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { approveWaiting } from '~/lib/testing/approvals';
import { upload, workOffBatches } from '~/lib/testing/batches';
import { balanceOf, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, someClabe, someOperator, someTerms, someWallet } from '~/lib/testing/factories';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { freezeTogether } from '~/lib/wallets/together';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

const reason = 'Lo pidió Cumplimiento';
const waits = expect.objectContaining({ code: 'rule_asks' });
let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
  for (const action of ['wallet.freeze', 'suspense.return', 'suspense.assign'] as const)
    await changeRule(system('setup'), {
      ...{ action, name: action, mode: 'on', conditions: {}, steps: [{ people: 1 }] },
    });
});

/** Of the one approval of this subject, as the inbox shows it. */
async function effectOn(subjectId: string) {
  const asked = await db().approval.findFirstOrThrow({ where: { subjectId, state: 'waiting' } });
  const { items } = await listInbox(approver, { size: 50 });
  const shown = items.find(({ id }) => id === asked.id)?.subject;
  const effect = (await actEffects([{ ...asked, action: asked.action as ApprovalAction }])).get(asked.id);
  expect(shown).toEqual({ kind: 'facts', effect });
  return effect;
}

it('a batch’s effect is what its approval then takes from wallets and accounts together', async () => {
  const wallet = await someWallet({ termsId: (await someTerms({ withdrawalFeeAmount: 500n })).id });
  await fundWallet(wallet, 10_000n);
  const rows = [10, 20].map((pesos) => [someClabe('012'), `${pesos}.00`, 'Ana', 'Nómina']);
  const { id } = await upload(operator, wallet, rows);
  await confirmBatch(operator, { batchId: id, paysRepeats: false });
  await workOffBatches();
  const cash = await balanceOf(`fintoc/${wallet.accountId}/cash`, 'MXN');
  expect(await effectOn(id)).toEqual({
    lines: [
      { of: 'walletsReserved', asset: 'MXN', before: 4_000n, after: 0n },
      { of: 'accountBalance', asset: 'MXN', before: cash, after: cash - 3_000n },
    ],
    proof: { provenAt: null, breaks: 0 },
  });
  await approveBatch(approver, { batchId: id });
  await workOffBatches();
  expect(await db().withdrawal.count({ where: { batchId: id, status: 'queued' } })).toBe(2);
});

/** Money that came while its wallet was frozen. */
async function suspended(amount: number) {
  const wallet = await someWallet();
  await freezeWallet(system('setup'), { walletId: wallet.id, reason, deposits: 'suspend' });
  const { accountId, numberId, number } = wallet;
  const { id } = await told({ accountId, numberId, number, amount });
  await unfreezeWallet(system('setup'), { walletId: wallet.id, reason });
  return { id, wallet, cash: await balanceOf(`fintoc/${accountId}/cash`, 'MXN') };
}

it('of money in suspense it is what it leaves there, and what its wallet or its account then has', async () => {
  const [back, credited] = [await suspended(400), await suspended(900)];
  const before = await balanceOf('suspense/unmatched', 'MXN');
  const ask = { transferId: credited.id, walletId: credited.wallet.id, reason };
  await expect(returnDeposit(operator, { transferId: back.id, reason })).rejects.toEqual(waits);
  await expect(assignDeposit(operator, ask)).rejects.toEqual(waits);
  const proof = { provenAt: null, breaks: 0 };
  expect(await effectOn(back.id)).toEqual({
    lines: [
      { of: 'suspense', asset: 'MXN', before, after: before - 400n },
      { of: 'accountBalance', asset: 'MXN', before: back.cash, after: back.cash - 400n },
    ],
    proof,
  });
  expect(await effectOn(credited.id)).toEqual({
    lines: [
      { of: 'suspense', asset: 'MXN', before, after: before - 900n },
      { of: 'walletAvailable', asset: 'MXN', before: 0n, after: 900n },
    ],
    proof,
  });
  await approveWaiting(approver, { action: 'suspense.assign', subjectId: credited.id });
  expect(await moneyOf(credited.wallet)).toMatchObject({ available: 900n });
  expect(await balanceOf('suspense/unmatched', 'MXN')).toBe(before - 900n);
});

it('of a customer as a whole it is what they hold, which stays as it is', async () => {
  const wallet = await someWallet();
  await fundWallet(wallet, 2_500n);
  const { customerId } = await db().wallet.findUniqueOrThrow({ where: { id: wallet.id } });
  const id = customerId ?? '';
  await expect(freezeTogether(operator, { subject: 'customer', id }, { reason })).rejects.toEqual(waits);
  expect(await effectOn(id)).toEqual({
    lines: [{ of: 'walletsAvailable', asset: 'MXN', before: 2_500n, after: 2_500n }],
    proof: null,
  });
  await approveWaiting(approver, { action: 'wallet.freeze', subjectId: id });
  expect(await moneyOf(wallet)).toMatchObject({ available: 2_500n });
});
