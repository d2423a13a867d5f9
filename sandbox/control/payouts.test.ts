import { describe, expect, test } from 'vitest';
import { CLABE, fundedSandbox } from '~/sandbox/testing/funded';
import type { Json } from '~/sandbox/testing/harness';

const bank = fundedSandbox(1_000);

const control = (path: string, body: Json = {}) => bank.sandbox.control('POST', path, body);

describe('a payout that nobody asked for by the API', () => {
  test('leaves any account, with no metadata, and settles by itself', async () => {
    const other = await bank.newAccount();
    await bank.sandbox.fund(other.id, 600);
    const { status, body } = await control('/dashboard-payouts', {
      ...{ account_id: other.id, amount: 250, comment: 'Pago a mano' },
      counterparty: { account_number: CLABE, holder_name: 'Proveedor', holder_id: 'XAXX010101000' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ status: 'pending', direction: 'outbound', amount: 250, metadata: {}, comment: 'Pago a mano' },
      counterparty: { account_number: CLABE, holder_name: 'Proveedor' },
      account_number: { account_id: other.id },
    });
    await bank.until(body.id, 'succeeded');
    expect(await bank.eventTypes(body.id)).toEqual(['transfer.outbound.succeeded']);
    expect([await bank.balanceOf(other.id), await bank.balanceOf(bank.root.id)]).toEqual([350, 1_000]);
  });

  test('may carry the mark of another, and be settled at once', async () => {
    const metadata = { withdrawal_id: '0198c0de-0000-7000-8000-000000000000' };
    const { body } = await control('/dashboard-payouts', {
      ...{ account_id: bank.root.id, amount: 1, metadata, settle: true },
      counterparty: { account_number: CLABE },
    });
    expect(await bank.read(body.id)).toMatchObject({ status: 'succeeded', metadata });
  });

  test('is covered, as any other', async () => {
    const counterparty = { account_number: CLABE };
    const pay = (amount: number) =>
      control('/dashboard-payouts', { account_id: bank.root.id, amount, counterparty });
    expect(await pay(1_001)).toMatchObject({
      status: 409,
      body: { error: { code: 'insufficient_balance' } },
    });
    expect((await control('/dashboard-payouts', { account_id: 'acc_nobody', counterparty })).status).toBe(
      404,
    );
  });

  test('a daily settlement to whatever CLABE', async () => {
    const { body } = await control('/daily-settlement', { account_id: bank.root.id, clabe: CLABE });
    expect(body).toHaveLength(1);
    expect(body[0]).toMatchObject({
      ...{ comment: 'Fintoc daily settlement', amount: 1_000, status: 'succeeded', metadata: {} },
      counterparty: { account_number: CLABE },
    });
  });

  test('a verification of one centavo', async () => {
    const { body } = await control('/account-verifications', { account_number: CLABE });
    const transfer = await bank.until(body.transfer_id, 'succeeded');
    expect(transfer).toMatchObject({ amount: 1, counterparty: { account_number: CLABE } });
    const { body: found } = await bank.sandbox.api('GET', `/v2/account_verifications/${body.id}`);
    expect(found.status).toBe('succeeded');
    expect((await control('/account-verifications', { account_number: '123' })).status).toBe(400);
  });

  test('a verification tells whose account control says it is, or nobody’s name', async () => {
    await control('/holders', {
      account_number: CLABE,
      holder_name: 'Otra Persona',
      holder_id: 'XAXX010101000',
    });
    const told = async () => {
      const { body } = await control('/account-verifications', { account_number: CLABE });
      await bank.until(body.transfer_id, 'succeeded');
      const { body: found } = await bank.sandbox.api(
        'GET',
        `/v2/account_verifications?account_number=${CLABE}&transfer_id=${body.transfer_id}`,
      );
      expect(found).toHaveLength(1);
      return found[0].counterparty;
    };
    expect(await told()).toMatchObject({ holder_name: 'Otra Persona', holder_id: 'XAXX010101000' });
    await control('/holders', { account_number: CLABE });
    expect(await told()).toMatchObject({ holder_name: null, holder_id: null });
    const { body: none } = await bank.sandbox.api('GET', '/v2/account_verifications?account_number=1');
    expect(none).toEqual([]);
  });
});

test('payouts that are on their way are listed, the newest first, by their comment', async () => {
  await bank.settleByHand();
  const [first, second] = [await bank.send(100), await bank.send(200)];
  const listed = async (query = '') =>
    (await bank.sandbox.control('GET', `/pending-payouts${query}`)).body.ids;
  expect(await listed()).toEqual([second.id, first.id]);
  expect(await listed('?comment=Pago')).toEqual([second.id, first.id]);
  expect(await listed('?comment=Otro')).toEqual([]);
  await control(`/transfers/${second.id}/settle`);
  expect(await listed()).toEqual([first.id]);
});

describe('an end that nobody knows', () => {
  test.each([
    { status: 'expired', refund: true, event: 'transfer.outbound.expired' },
    { status: 'blocked', refund: false, event: 'transfer.outbound.failed' },
    { status: 'expired', refund: true, event: null },
  ])('$status, refunded: $refund, told by: $event', async ({ event, ...ending }) => {
    await bank.settleByHand();
    const { id } = await bank.send(400);
    const { body } = await control(`/transfers/${id}/end`, { ...ending, event });
    expect(body).toMatchObject({ id, status: ending.status });
    await control('/settlement-mode', { mode: 'auto' });
    expect(await bank.read(id)).toMatchObject({ status: ending.status, return_reason: null });
    expect(await bank.eventTypes(id)).toEqual(event ? [event] : []);
    expect(await bank.balanceOf(bank.root.id)).toBe(ending.refund ? 1_000 : 600);
    expect((await control(`/transfers/${id}/settle`)).status).toBe(409);
    expect((await control(`/transfers/${id}/end`, ending)).status).toBe(409);
  });

  test('may be followed by one that everybody knows, and is refunded once', async () => {
    await bank.settleByHand();
    const { id } = await bank.send(400);
    const end = (body: Json) => control(`/transfers/${id}/end`, body);
    expect((await end({ status: 'expired', from: 'succeeded' })).status).toBe(409);
    await end({ status: 'expired', from: 'pending', refund: true });
    expect((await end({ status: 'failed', refund: true })).status).toBe(409);
    const { body } = await end({ status: 'failed', event: 'transfer.outbound.failed' });
    expect(body.status).toBe('failed');
    expect(await bank.balanceOf(bank.root.id)).toBe(1_000);
    expect((await end({ status: 'expired' })).status).toBe(409);
  });

  test('also of one that had succeeded', async () => {
    const { id } = await bank.send(400);
    await bank.until(id, 'succeeded');
    await control(`/transfers/${id}/end`, { status: 'seized', reason: 'court_order' });
    expect(await bank.read(id)).toMatchObject({ status: 'seized', return_reason: 'court_order' });
  });
});
