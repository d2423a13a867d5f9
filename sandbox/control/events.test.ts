import { WebhookSignature } from 'fintoc';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLABE, fundedSandbox } from '~/sandbox/testing/funded';
import { eventually, type Json } from '~/sandbox/testing/harness';
import { type Receiver, startReceiver } from '~/sandbox/testing/receiver';

const bank = fundedSandbox(1_000);
const control = (path: string, body: Json = {}) => bank.sandbox.control('POST', path, body);

let receiver: Receiver;
let secret: string;

beforeEach(async () => {
  receiver = await startReceiver();
  const { body } = await bank.sandbox.api('POST', '/v1/webhook_endpoints', {
    body: { url: receiver.url, enabled_events: ['transfer.inbound.succeeded', 'transfer.outbound.failed'] },
  });
  secret = body.secret;
});
afterEach(() => receiver.stop());

const told = (nth = 0) => eventually(() => receiver.received[nth]);
const isThere = async (path: string) => (await bank.sandbox.api('GET', path)).status === 200;

describe('a signed event', () => {
  test('of a transfer that Fintoc does not know, into a number of ours', async () => {
    const account_number_id = bank.root.root_account_number_id;
    const { status, body } = await control('/events', { account_number_id, data: { amount: 777 } });
    expect(status).toBe(201);
    const { body: text, signature, event } = await told();
    WebhookSignature.verifyHeader(text, signature, secret);
    expect(event).toEqual(body);
    expect(event).toMatchObject({
      ...{ object: 'event', type: 'transfer.inbound.succeeded' },
      data: { amount: 777, currency: 'MXN', status: 'succeeded', account_number: { id: account_number_id } },
    });
    expect(await isThere(`/v2/transfers/${event.data.id}`)).toBe(false);
    expect(await bank.balanceOf(bank.root.id)).toBe(1_000);
  });

  test('for an account that does not exist at our organisation', async () => {
    await control('/events');
    const { account_number } = (await told()).event.data;
    expect(account_number.number).toMatch(/^\d{18}$/);
    expect(await isThere(`/v2/accounts/${account_number.account_id}`)).toBe(false);
    expect(await isThere(`/v2/account_numbers/${account_number.id}`)).toBe(false);
  });

  test('of another currency than the account’s, of any type and with any field', async () => {
    await control('/events', {
      ...{ type: 'transfer.outbound.failed', direction: 'outbound' },
      account_number_id: bank.root.root_account_number_id,
      data: { currency: 'USD', status: 'failed', counterparty: { account_number: CLABE } },
    });
    const { event } = await told();
    expect(event).toMatchObject({
      type: 'transfer.outbound.failed',
      data: { currency: 'USD', direction: 'outbound', counterparty: { account_number: CLABE } },
    });
    expect(event.data.counterparty.holder_name).toEqual(expect.any(String));
  });

  test('of a transfer that is there, told otherwise', async () => {
    const { id } = await bank.send(10);
    await control('/events', {
      ...{ transfer_id: id, type: 'transfer.outbound.failed' },
      data: { status: 'failed' },
    });
    expect((await told()).event.data).toMatchObject({ id, amount: 10, status: 'failed' });
    expect((await control('/events', { transfer_id: 'tr_nowhere' })).status).toBe(404);
  });

  test('comes again under its id, with another content', async () => {
    const { body } = await control('/events');
    await told();
    await control(`/events/${body.id}/redeliver`, { data: { amount: 1 } });
    const { event } = await told(1);
    expect([event.id, event.data.id, event.data.amount]).toEqual([body.id, body.data.id, 1]);
  });
});

describe('a number that was deleted and given out again', () => {
  test('has another id, and may be another account’s', async () => {
    const old = await bank.newNumber({ description: 'before' });
    const other = await bank.newAccount();
    const { status, body } = await control(`/account-numbers/${old.id}/reissue`, { account_id: other.id });
    expect(status).toBe(201);
    expect(body).toMatchObject({ number: old.number, account_id: other.id, status: 'enabled' });
    expect(body.id).not.toBe(old.id);
    const { body: gone } = await bank.sandbox.api('GET', `/v2/account_numbers/${old.id}`);
    expect(gone).toMatchObject({ status: 'deleted', number: old.number });
    const { id } = await bank.send(40, old.number);
    await bank.until(id, 'succeeded');
    await eventually(async () => (await bank.balanceOf(other.id)) === 40);
    await control('/inbound-transfers', { account_number: old.number, amount: 2, settle: true });
    expect(await bank.balanceOf(other.id)).toBe(42);
  });

  test('of the same account, again and again; never a root number', async () => {
    const first = await bank.newNumber();
    const { body: second } = await control(`/account-numbers/${first.id}/reissue`);
    const { body: third } = await control(`/account-numbers/${second.id}/reissue`);
    expect([third.number, third.account_id]).toEqual([first.number, bank.root.id]);
    expect((await control(`/account-numbers/${first.id}/reissue`)).status).toBe(409);
    const root = bank.root.root_account_number_id;
    expect((await control(`/account-numbers/${root}/reissue`)).status).toBe(403);
  });
});

test('movements by direction, resource and time', async () => {
  const { id } = await bank.send(10);
  const { id: second } = await bank.send(20);
  await bank.sandbox.control('POST', '/time/advance', { seconds: 3_600 });
  await bank.send(30);
  const list = async (query: string) =>
    (await bank.sandbox.api('GET', `/v2/accounts/${bank.root.id}/movements?${query}`)).body.map(
      ({ amount }: Json) => amount,
    );
  const half = encodeURIComponent(new Date(Date.now() + 1_800_000).toISOString());
  expect(await list('direction=inbound')).toEqual([1_000]);
  expect(await list(`resource_id=${id}`)).toEqual([10]);
  expect(await list(`since=${half}`)).toEqual([30]);
  expect(await list(`until=${half}&direction=outbound`)).toEqual([20, 10]);
  expect(await list(`resource_id=${second}&since=${half}`)).toEqual([]);
  expect((await bank.sandbox.api('GET', `/v2/accounts/${bank.root.id}/movements?since=x`)).status).toBe(400);
});
