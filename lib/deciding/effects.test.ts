import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { approveAdjustment, requestAdjustment } from '~/lib/adjustments/adjustments';
import { db } from '~/lib/db';
import { adjustmentEffects, depositEffects } from '~/lib/deciding/effects';
import { assignDeposit, returnDeposit } from '~/lib/deposits/deposits';
import { approveDepositRequest } from '~/lib/deposits/requests';
import { moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { told, WEBHOOK_SECRET } from '~/lib/testing/deliveries';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { ANYBODY } from '~/lib/testing/reader';

process.env.FINTOC_WEBHOOK_SECRET = WEBHOOK_SECRET;
withTestDatabase();

let operator: OperatorActor;
let approver: OperatorActor;

beforeAll(async () => {
  [operator, approver] = [await someOperator(), await someOperator('approver')];
});

it('an adjustment’s effect is what its posting then does, and others like it are counted', async () => {
  const [from, to] = [await someWallet(), await someWallet()];
  await fundWallet(from, 1_000n);
  const ask = () =>
    requestAdjustment(operator, {
      ...{ fromWalletId: from.id, toWalletId: to.id, amount: 300n, reason: 'Era suyo' },
      requestId: randomUUID(),
    });
  const [one, two] = [await ask(), await ask()];
  const effects = await adjustmentEffects([one.id, two.id]);
  const effect = effects.get(one.id);
  expect(effect).toEqual({
    from: { before: 700n, after: 400n },
    reserved: { before: 600n, after: 300n },
    to: { before: 0n, after: 300n },
    cash: null,
    alike: { count: 0, amount: 0n },
  });
  await approveAdjustment(approver, { adjustmentId: one.id });
  expect(await moneyOf(from)).toEqual({ available: effect?.from?.after, reserved: effect?.reserved?.after });
  expect(await moneyOf(to)).toMatchObject({ available: effect?.to?.after });
  expect((await adjustmentEffects([two.id])).get(two.id)?.alike).toEqual({ count: 1, amount: 300n });
});

const requestOf = async (transferId: string) =>
  (await db().depositRequest.findFirstOrThrow({ where: { transferId } })).id;
const comes = ({ accountId, numberId, number }: OpenWallet, from: string, amount: number) =>
  told({ accountId, numberId, number, amount, beneficiary: from });

it('a return’s effect is what it takes, with what is known of the sender', async () => {
  const [wallet, sender] = [await someWallet(), someClabe('012')];
  await comes(wallet, sender, 400);
  const { id } = await comes(wallet, sender, 500);
  await returnDeposit(operator, { transferId: id, reason: 'Llegó dos veces' });
  const effect = (await depositEffects(ANYBODY, [await requestOf(id)])).get(await requestOf(id));
  expect(effect).toMatchObject({
    available: { before: 900n, after: 400n },
    reserved: { before: 500n, after: 0n },
    sender: { times: 1, customers: 1, since: expect.any(Date) },
    alike: { count: 1, amount: 400n },
  });
  expect((effect?.cash.before ?? 0n) - (effect?.cash.after ?? 0n)).toBe(500n);
});

it('an assignment’s effect is what its wallet gets, from somebody who never paid in before', async () => {
  const [wallet, beneficiary] = [await someWallet(), someClabe('012')];
  const { accountId } = wallet;
  const { id } = await told({ accountId, numberId: 'acno_nobody', amount: 700, beneficiary });
  await assignDeposit(operator, { transferId: id, walletId: wallet.id, reason: 'Lo comprobó' });
  const requestId = await requestOf(id);
  expect((await depositEffects(ANYBODY, [requestId])).get(requestId)).toMatchObject({
    available: { before: 0n, after: 700n },
    reserved: null,
    sender: { times: 0, since: null, names: [] },
    alike: { count: 0 },
  });
  await approveDepositRequest(approver, { requestId });
  expect(await moneyOf(wallet)).toMatchObject({ available: 700n });
});
