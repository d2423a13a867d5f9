import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, declineAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { getAdjustment } from '~/lib/adjustments/read';
import { reverseAdjustment } from '~/lib/adjustments/reversal';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';

withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;
beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
});
afterEach(expectSoundBooks);

const approve = ({ id }: { id: string }) => approveAdjustment(approver, { adjustmentId: id });
const reverse = ({ id }: { id: string }) =>
  reverseAdjustment(operator, { adjustmentId: id, reason: 'Fue un error', requestId: randomUUID() });

it('takes a posted adjustment back once, linked, and only by a second person', async () => {
  const [from, to] = [await someWallet(), await someWallet()];
  await fundWallet(from, 500n);
  const sides = { fromWalletId: from.id, toWalletId: to.id, amount: 500n };
  const asked = await requestAdjustment(operator, { ...sides, reason: 'Pago', requestId: randomUUID() });
  await expect(reverse(asked)).rejects.toMatchObject({ code: 'conflict' });
  await approve(asked);
  const declined = await reverse(asked);
  await declineAdjustment(approver, { adjustmentId: declined.id, reason: 'No' });
  const tries = await Promise.allSettled([reverse(asked), reverse(asked)]);
  const [back] = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  if (!back) throw new Error('None was asked for.');
  expect(back).toMatchObject({
    fromWalletId: to.id,
    toWalletId: from.id,
    amount: 500n,
    reversalOfId: asked.id,
  });
  await approve(back);
  expect([await moneyOf(from), await moneyOf(to)]).toMatchObject([{ available: 500n }, { available: 0n }]);
  expect(await getAdjustment(ANYBODY, asked.id)).toMatchObject({
    reversals: [{ id: back.id, status: 'posted' }],
  });
  await expect(reverse(asked)).rejects.toMatchObject({ code: 'conflict' });
});
