import { describe, expect, test } from 'vitest';
import { fundedSandbox } from '~/sandbox/testing/funded';
import type { Json } from '~/sandbox/testing/harness';

const bank = fundedSandbox(100_000);

describe('by control', () => {
  test.each([
    ['fail', 'failed', 'transfer.outbound.failed'],
    ['reject', 'rejected', 'transfer.outbound.rejected'],
    ['return', 'returned', 'transfer.outbound.returned'],
    ['reverse', 'returned', 'transfer.outbound.reversed'],
  ])('an outbound transfer can %s, and is refunded', async (step, status, event) => {
    await bank.settleByHand();
    const { id } = await bank.send(4_000);
    const { body } = await bank.sandbox.control('POST', `/transfers/${id}/${step}`, {
      reason: 'blocked_account',
    });
    expect(body).toMatchObject({ status, return_reason: status === 'returned' ? 'blocked_account' : null });
    expect(await bank.eventTypes(id)).toEqual([event]);
    expect(await bank.balanceOf(bank.root.id)).toBe(100_000);
    expect((await bank.sandbox.control('POST', `/transfers/${id}/fail`)).status).toBe(409);
  });

  test('an inbound transfer can be reversed, but not below zero', async () => {
    const { id } = await bank.receive(2_500);
    await bank.until(id, 'succeeded');
    await bank.send(102_000);
    const refused = await bank.sandbox.control('POST', `/transfers/${id}/reverse`);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'insufficient_balance' } } });
    await bank.sandbox.fund(bank.root.id, 2_000);
    await bank.sandbox.control('POST', `/transfers/${id}/reverse`);
    expect(await bank.eventTypes(id)).toEqual(['transfer.inbound.succeeded', 'transfer.inbound.reversed']);
    expect(await bank.balanceOf(bank.root.id)).toBe(0);
  });

  test('the daily settlement sweeps every balance out, under its comment', async () => {
    const other = await bank.newAccount();
    await bank.sandbox.fund(other.id, 300);
    const { body: swept } = await bank.sandbox.control('POST', '/daily-settlement');
    expect(swept.map(({ amount }: Json) => amount).sort()).toEqual([100_000, 300]);
    expect(swept[0]).toMatchObject({
      comment: 'Fintoc daily settlement',
      status: 'succeeded',
      direction: 'outbound',
    });
    expect(await bank.balanceOf(bank.root.id)).toBe(0);
    expect(await bank.eventTypes(swept[0].id)).toEqual(['transfer.outbound.succeeded']);
  });

  test('inbound transfers come from whoever is asked for', async () => {
    const { body } = await bank.sandbox.control('POST', '/inbound-transfers', {
      account_number: bank.root.root_account_number,
      amount: 1,
      count: 3,
      comment: 'Nómina 2',
      reference_id: '0000001',
      counterparty: { account_number: 'not a clabe', holder_name: 'Robert"); DROP TABLE', holder_id: null },
    });
    expect(body).toHaveLength(3);
    expect(body[0]).toMatchObject({
      comment: 'Nómina 2',
      reference_id: '0000001',
      counterparty: { account_number: 'not a clabe', institution: null },
    });
  });

  test('a batch of inbound transfers goes to many numbers, all of it or nothing', async () => {
    const own = await bank.newNumber();
    const to = (account_number_id: string, amount: number) => ({ account_number_id, amount });
    const batch = (transfers: Json) =>
      bank.sandbox.control('POST', '/inbound-transfers/batch', { transfers });
    const { body } = await batch([to(own.id, 700), to(bank.root.root_account_number_id, 30), to(own.id, 7)]);
    expect(body.ids).toHaveLength(3);
    const [first, second, third] = await Promise.all(
      body.ids.map((id: string) => bank.until(id, 'succeeded')),
    );
    expect([first.amount, second.amount, third.amount]).toEqual([700, 30, 7]);
    expect([first.account_number.id, third.account_number.id]).toEqual([own.id, own.id]);
    expect((await batch([to(own.id, 5), to('acno_nowhere', 5)])).status).toBe(404);
    expect(await bank.balanceOf(bank.root.id)).toBe(100_737);
  });
});

test('in Chile an account has pesos, one number, and full counterparties', async () => {
  const { body: entity } = await bank.sandbox.api('POST', '/v2/entities', {
    body: { country_code: 'cl', holder_name: 'Completos SpA', holder_id: '76123456-0' },
  });
  await bank.sandbox.control('POST', `/entities/${entity.id}/status`, { status: 'operational' });
  const { body: account } = await bank.sandbox.api('POST', '/v2/accounts', {
    body: { entity_id: entity.id },
  });
  expect(account.currency).toBe('CLP');
  const second = await bank.sandbox.api('POST', '/v2/account_numbers', { body: { account_id: account.id } });
  expect(second).toMatchObject({ status: 409, body: { error: { code: 'account_number_limit_reached' } } });
  await bank.sandbox.fund(account.id, 10_000_000);
  const counterparty = {
    ...{
      holder_id: '12345678-5',
      holder_name: 'Ana',
      account_number: '000123',
      account_type: 'checking_account',
    },
    institution_id: 'cl_banco_estado',
  };
  const pay = (amount: number) =>
    bank.sandbox.signed('/v2/transfers', { account_id: account.id, amount, currency: 'clp', counterparty });
  expect((await pay(7_000_001)).status).toBe(400);
  const { body } = await pay(7_000_000);
  expect(await pay(7_000_000)).toMatchObject({
    status: 409,
    body: { error: { code: 'invalid_duplicated_transfer' } },
  });
  expect((await bank.until(body.id, 'succeeded')).counterparty.institution.id).toBe('cl_banco_estado');
});
