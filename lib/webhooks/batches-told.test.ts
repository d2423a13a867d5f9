import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { OperatorActor } from '~/lib/actor';
import { EventMessage } from '~/lib/api/events';
import { publicId, uuidOf } from '~/lib/api/ids';
import { withdrawalBatches } from '~/lib/api/withdrawal-batches';
import { cancelBatch, confirmBatch } from '~/lib/batches/batches';
import { approveBatch, declineBatch, expireBatch } from '~/lib/batches/decide';
import { workBatches } from '~/lib/batches/work';
import { db } from '~/lib/db';
import { ask, someKey } from '~/lib/testing/api';
import { upload } from '~/lib/testing/batches';
import { expectSoundBooks } from '~/lib/testing/books';
import { type ChileanWallet, chileanWallet, someChileanAccount } from '~/lib/testing/chile';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { settleAll } from '~/lib/testing/journeys';
import { queued, type Receiver, startReceiver } from '~/lib/testing/receiver';
import { withLocalFintoc } from '~/lib/testing/sandbox';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { deliverWebhooks } from '~/lib/webhooks/deliver';
import { createEndpoint } from '~/lib/webhooks/endpoints';

process.env.WEBHOOK_ALLOWED_NETWORKS = '127.0.0.0/8';
process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();
const fintoc = withLocalFintoc();

let approver: OperatorActor;
let secret: string;
let wallet: ChileanWallet;
let receiver: Receiver;

beforeAll(async () => {
  approver = await someOperator('approver');
  ({ secret } = await someKey());
  wallet = await chileanWallet(fintoc, 200_000_000);
  receiver = await startReceiver();
  const patterns = ['withdrawal_batch.*'];
  await createEndpoint(await someOperator('admin'), { name: 'Backend', url: receiver.url, patterns });
});
afterEach(expectSoundBooks);
afterAll(() => receiver.close());
afterAll(() => {
  delete process.env.WEBHOOK_ALLOWED_NETWORKS;
});

/** Asked for by a system, of three parts. */
async function pay(): Promise<string> {
  const { status, body } = await ask(secret, 'createWithdrawal', {
    body: {
      ...{ wallet_id: publicId('wallet', wallet.id), asset: 'CLP', amount: '15000000' },
      ...{ destination: someChileanAccount(), beneficiary_name: 'Camila Rojas' },
    },
  });
  expect([status, body.object]).toEqual([201, 'withdrawal_batch']);
  return uuidOf('withdrawal_batch', body.id) ?? '';
}

async function workAll(): Promise<void> {
  while ((await workBatches()) > 0);
  await settleAll(fintoc);
}

/** What came of it at the endpoint, in its order. */
async function toldOf(batchId: string) {
  await queued();
  while ((await deliverWebhooks()) > 0);
  const id = publicId('withdrawal_batch', batchId);
  const messages = receiver.received.map(({ json }) => json).filter(({ subject }) => subject.id === id);
  for (const message of messages) {
    expect(EventMessage.safeParse(message).error).toBeUndefined();
    expect(withdrawalBatches.get.answer.safeParse(message.resource).error).toBeUndefined();
    expect(message).toMatchObject({
      subject: { object: 'withdrawal_batch' },
      wallet_id: publicId('wallet', wallet.id),
      data: { asset: 'CLP', amount: '15000000' },
    });
  }
  return messages;
}
const actsOf = async (batchId: string) =>
  (await toldOf(batchId)).map(({ type }) => type.replace('withdrawal_batch.', ''));

it('a payout in parts is told when it is asked for, approved, and when the last of its parts is paid: once', async () => {
  const id = await pay();
  expect(await actsOf(id)).toEqual(['requested']);
  await workAll();
  await approveBatch(approver, { batchId: id });
  while ((await workBatches()) > 0);
  expect(await actsOf(id)).toEqual(['requested', 'approved']);
  await workAll();
  const messages = await toldOf(id);
  expect(messages.map(({ data }) => data.status)).toEqual(['holding', 'approved', 'approved']);
  const last = messages.at(-1);
  expect(last).toMatchObject({
    type: 'withdrawal_batch.completed',
    data: { paid_amount: '15000000' },
    resource: { paid_amount: '15000000', refused_amount: '0' },
  });
  const params = { id: publicId('withdrawal_batch', id) };
  expect((await ask(secret, 'getWithdrawalBatch', { params })).body).toEqual(last?.resource);
  const { body } = await ask(secret, 'getWithdrawalBatch', { params, query: { 'expand[]': 'wallet' } });
  expect(body.wallet).toMatchObject({ object: 'wallet', id: body.wallet_id });
});

it('is over with the last part, however that ends, also where parts end one by one', async () => {
  const id = await pay();
  await workAll();
  await fintoc.control('POST', '/settlement-mode', { mode: 'manual' });
  await approveBatch(approver, { batchId: id });
  await workAll();
  const parts = await db().withdrawal.findMany({ where: { batchId: id }, orderBy: { amount: 'asc' } });
  for (const { transferId } of parts) {
    expect(await actsOf(id)).toEqual(['requested', 'approved']);
    await fintoc.control('POST', `/transfers/${transferId}/fail`, { reason: 'recipient_account_closed' });
    await settleAll(fintoc);
  }
  await fintoc.control('POST', '/settlement-mode', { mode: 'auto' });
  const messages = await toldOf(id);
  expect(messages.map(({ type }) => type.split('.')[1])).toEqual(['requested', 'approved', 'completed']);
  expect(messages.at(-1)).toMatchObject({
    data: { paid_amount: '0' },
    resource: { refused_amount: '15000000' },
  });
});

it('that is declined, called off, left undecided or refused is told so, and never as completed', async () => {
  const [declined, cancelled, expired] = [await pay(), await pay(), await pay()];
  await workAll();
  await declineBatch(approver, { batchId: declined, reason: 'No procede' });
  const asked = { params: { id: publicId('withdrawal_batch', cancelled) }, body: { reason: 'Ya no' } };
  expect(await ask(secret, 'cancelWithdrawalBatch', asked)).toMatchObject({ body: { status: 'cancelled' } });
  await expireBatch({ batchId: expired });
  const refused = await pay();
  const frozen = { walletId: wallet.id, reason: 'Revisión', requestId: randomUUID() };
  await freezeWallet(approver, frozen);
  await workAll();
  await unfreezeWallet(approver, { ...frozen, requestId: randomUUID() });
  for (const [end, id] of Object.entries({ declined, cancelled, expired, refused }))
    expect(await actsOf(id)).toEqual(['requested', end]);
});

it('a file of withdrawals is the house’s own: nobody is told of it as a batch', async () => {
  const [operator, mexican] = [await someOperator(), await someWallet()];
  await fundWallet(mexican, 100_000n);
  const rows = [[someClabe('012'), '10.00', 'Ana', 'Nómina']];
  const { id } = await upload(operator, mexican, rows);
  await confirmBatch(operator, { batchId: id, paysRepeats: false });
  await cancelBatch(operator, { batchId: id, reason: 'No' });
  while ((await workBatches()) > 0);
  expect(await actsOf(id)).toEqual([]);
});
