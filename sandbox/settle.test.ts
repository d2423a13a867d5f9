import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAGIC_CLABES, RETURN_FAILS_AMOUNT } from '~/sandbox/scenarios';
import { eventually, type Json, startTestSandbox, type TestSandbox } from '~/sandbox/testing/harness';

let sandbox: TestSandbox;
let root: Json;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());

beforeEach(async () => {
  await sandbox.control('POST', '/reset', {});
  root = await sandbox.rootAccount();
  await sandbox.fund(root.id, 100_000);
});

const CLABE = '012969100000000110';

async function send(amount: number, clabe: string = CLABE, accountId: string = root.id): Promise<Json> {
  const { status, body } = await sandbox.signed('/v2/transfers', {
    account_id: accountId,
    amount,
    currency: 'MXN',
    comment: 'Pago',
    counterparty: { account_number: clabe },
  });
  expect(status).toBe(201);
  return body;
}

const read = async (id: string) => (await sandbox.api('GET', `/v2/transfers/${id}`)).body;
const balanceOf = async (id: string) =>
  (await sandbox.api('GET', `/v2/accounts/${id}`)).body.available_balance;
const movementsOf = async (id: string) =>
  (await sandbox.api('GET', `/v2/accounts/${id}/movements?limit=300`)).body;
const until = (id: string, status: string) =>
  eventually(async () => {
    const transfer = await read(id);
    return transfer.status === status && transfer;
  });
const eventTypes = async (id: string) =>
  (await sandbox.control('GET', `/events?resource_id=${id}`)).body.map(({ type }: Json) => type).reverse();
const manual = () => sandbox.control('POST', '/settlement-mode', { mode: 'manual' });

async function receive(amount: number, numberId: string = root.root_account_number_id): Promise<Json> {
  const { body } = await sandbox.api('POST', '/v2/simulate/receive_transfer', {
    body: { account_number_id: numberId, amount, currency: 'MXN' },
  });
  return body;
}

async function newNumber(fields: Json = {}): Promise<Json> {
  const { body } = await sandbox.api('POST', '/v2/account_numbers', {
    body: { account_id: root.id, ...fields },
  });
  return body;
}

describe('outbound', () => {
  test('is debited while pending, and succeeds', async () => {
    await manual();
    const { id } = await send(4_000);
    expect(await balanceOf(root.id)).toBe(96_000);
    await sandbox.control('POST', '/settlement-mode', { mode: 'auto' });
    await until(id, 'succeeded');
    expect(await balanceOf(root.id)).toBe(96_000);
    expect(await eventTypes(id)).toEqual(['transfer.outbound.succeeded']);
  });

  test('to the magic CLABE without funds fails, and every centavo comes back in a paired movement', async () => {
    const { id } = await send(4_000, MAGIC_CLABES.insufficientFunds);
    await until(id, 'failed');
    expect(await balanceOf(root.id)).toBe(100_000);
    const [refund, debit] = await movementsOf(root.id);
    expect(refund).toMatchObject({
      type: 'transfer_return',
      direction: 'inbound',
      return_pair_id: debit.id,
      balance: 100_000,
    });
    expect(debit).toMatchObject({
      type: 'transfer',
      direction: 'outbound',
      return_pair_id: refund.id,
      resource_id: id,
    });
    expect(await eventTypes(id)).toEqual(['transfer.outbound.failed']);
  });

  test.each(['rejected', 'returned'])('that outcome can be %s instead', async (outcome) => {
    await sandbox.control('POST', '/settlement-mode', { insufficient_funds_outcome: outcome });
    const { id } = await send(4_000, MAGIC_CLABES.insufficientFunds);
    await until(id, outcome);
    expect(await eventTypes(id)).toEqual([`transfer.outbound.${outcome}`]);
    expect(await balanceOf(root.id)).toBe(100_000);
  });

  test('to an account that does not exist is returned with the reason', async () => {
    const { id } = await send(4_000, MAGIC_CLABES.nonExistingAccount);
    expect(await until(id, 'returned')).toMatchObject({ return_reason: 'non_existing_account' });
  });

  test('may succeed and be returned later, as Mexican banks do', async () => {
    const { id } = await send(4_000, MAGIC_CLABES.returnedLate);
    await until(id, 'returned');
    expect(await eventTypes(id)).toEqual(['transfer.outbound.succeeded', 'transfer.outbound.returned']);
    expect(await balanceOf(root.id)).toBe(100_000);
  });

  test('waits for its due time over a restart, and is then settled once', async () => {
    await sandbox.control('POST', '/settlement-mode', { delay_ms: 60_000 });
    const { id } = await send(4_000);
    await sandbox.restart();
    expect((await read(id)).status).toBe('pending');
    await sandbox.control('POST', '/time/advance', { seconds: 61 });
    await until(id, 'succeeded');
    expect(await eventTypes(id)).toHaveLength(1);
  });

  test('to a number of this sandbox arrives there, with the same tracking key and the real holder', async () => {
    const { body: other } = await sandbox.api('POST', '/v2/accounts', {
      body: { entity_id: root.entity.id },
    });
    const { id, tracking_key } = await send(4_000, other.root_account_number);
    await until(id, 'succeeded');
    await eventually(async () => (await balanceOf(other.id)) === 4_000);
    const { body } = await sandbox.api('GET', `/v2/transfers?account_id=${other.id}`);
    expect(body).toMatchObject([
      { direction: 'inbound', status: 'succeeded', tracking_key, comment: 'Pago' },
    ]);
    expect(body[0].counterparty).toMatchObject({ account_number: root.root_account_number, holder_id: 'ND' });
  });

  test('to its own root number leaves and comes back', async () => {
    const { id } = await send(4_000, root.root_account_number);
    await until(id, 'succeeded');
    await eventually(async () => (await balanceOf(root.id)) === 100_000);
    expect(await movementsOf(root.id)).toHaveLength(3);
  });

  test('to a disabled number of this sandbox comes back, and is seen there as rejected', async () => {
    const number = await newNumber();
    await sandbox.api('PATCH', `/v2/account_numbers/${number.id}`, { body: { status: 'disabled' } });
    const { id } = await send(4_000, number.number);
    expect(await until(id, 'returned')).toMatchObject({ return_reason: 'blocked_account' });
    await eventually(async () => {
      const { body } = await sandbox.api('GET', `/v2/transfers?account_number_id=${number.id}`);
      return body[0]?.status === 'rejected';
    });
    expect(await balanceOf(root.id)).toBe(100_000);
  });

  test('never makes a balance negative, however many ask at once, and the movements add up', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        sandbox.signed('/v2/transfers', {
          account_id: root.id,
          amount: 7_000,
          currency: 'MXN',
          counterparty: { account_number: Math.random() < 0.3 ? MAGIC_CLABES.insufficientFunds : CLABE },
        }),
      ),
    );
    const accepted = answers.filter(({ status }) => status === 201);
    expect(accepted.length).toBeGreaterThanOrEqual(14);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    await Promise.all(Array.from({ length: 30 }, () => receive(11)));
    await eventually(async () => !(await sandbox.control('GET', '/state')).body.transfers.pending);
    expect((await sandbox.control('GET', '/state')).body.balanced).toBe(true);
    const movements = (await movementsOf(root.id)).reverse();
    let balance = 0;
    for (const movement of movements) {
      balance += movement.direction === 'inbound' ? movement.amount : -movement.amount;
      expect(movement.balance).toBe(balance);
      expect(balance).toBeGreaterThanOrEqual(0);
    }
    expect(await balanceOf(root.id)).toBe(balance);
  });
});

describe('inbound', () => {
  test('is pending with its post date, then credited once, and told', async () => {
    await manual();
    const inbound = await receive(2_500);
    expect(inbound).toMatchObject({ status: 'pending', post_date: expect.any(String), receipt_url: null });
    expect(await balanceOf(root.id)).toBe(100_000);
    const { body } = await sandbox.control('POST', `/transfers/${inbound.id}/settle`);
    expect(body.status).toBe('succeeded');
    expect(await balanceOf(root.id)).toBe(102_500);
    expect((await sandbox.control('POST', `/transfers/${inbound.id}/settle`)).status).toBe(409);
    expect(await eventTypes(inbound.id)).toEqual(['transfer.inbound.succeeded']);
  });

  test('to a disabled number, or outside its bounds, is rejected without a movement', async () => {
    const disabled = await newNumber();
    await sandbox.api('PATCH', `/v2/account_numbers/${disabled.id}`, { body: { status: 'disabled' } });
    const bounded = await newNumber({ options: { min_amount: 100, max_amount: 200 } });
    for (const [numberId, amount] of [
      [disabled.id, 150],
      [bounded.id, 99],
      [bounded.id, 201],
    ]) {
      const { id } = await receive(amount, numberId);
      await until(id, 'rejected');
      expect(await eventTypes(id)).toEqual(['transfer.inbound.rejected']);
    }
    const { id } = await receive(150, bounded.id);
    await until(id, 'succeeded');
    expect(await balanceOf(root.id)).toBe(100_150);
    expect(await movementsOf(root.id)).toHaveLength(2);
  });

  test('to a blocked account is credited, to a closed one rejected', async () => {
    const { body: account } = await sandbox.api('POST', '/v2/accounts', {
      body: { entity_id: root.entity.id },
    });
    await sandbox.control('POST', `/accounts/${account.id}/block`);
    await until((await receive(500, account.root_account_number_id)).id, 'succeeded');
    const refused = await sandbox.signed('/v2/transfers', {
      account_id: account.id,
      amount: 1,
      currency: 'MXN',
      counterparty: { account_number: CLABE },
    });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'account_not_active' } } });
    expect((await sandbox.control('POST', `/accounts/${account.id}/unblock`)).body.status).toBe('active');
    await sandbox.control('POST', `/accounts/${account.id}/close`);
    await until((await receive(500, account.root_account_number_id)).id, 'rejected');
    expect((await sandbox.control('POST', `/accounts/${account.id}/unblock`)).status).toBe(409);
  });
});

describe('returns', () => {
  const askReturn = (id: string) => sandbox.signed('/v2/transfers/return', { transfer_id: id });

  test('the money leaves when the return is settled, in a movement paired with the deposit', async () => {
    const { id } = await receive(2_500);
    await until(id, 'succeeded');
    await manual();
    expect(await askReturn(id)).toMatchObject({ status: 200, body: { status: 'return_pending' } });
    expect(await balanceOf(root.id)).toBe(102_500);
    expect((await sandbox.control('POST', `/transfers/${id}/settle`)).body.status).toBe('returned');
    const [back, credit] = await movementsOf(root.id);
    expect(back).toMatchObject({ type: 'transfer_return', direction: 'outbound', return_pair_id: credit.id });
    expect(await balanceOf(root.id)).toBe(100_000);
    expect(await eventTypes(id)).toEqual(['transfer.inbound.succeeded', 'transfer.inbound.returned']);
  });

  test('of the amount that fails ends where it began, and says so', async () => {
    const { id } = await receive(Number(RETURN_FAILS_AMOUNT));
    await until(id, 'succeeded');
    await askReturn(id);
    await eventually(async () => (await eventTypes(id)).includes('transfer.inbound.return_failed'));
    expect((await read(id)).status).toBe('succeeded');
    expect(await balanceOf(root.id)).toBe(166_666);
  });

  test('that the account can no longer pay fails instead of overdrawing it', async () => {
    const { id } = await receive(2_500);
    await until(id, 'succeeded');
    await manual();
    await askReturn(id);
    await send(102_000);
    await sandbox.control('POST', `/transfers/${id}/settle`);
    expect((await read(id)).status).toBe('succeeded');
    expect(await eventTypes(id)).toContain('transfer.inbound.return_failed');
    const asked = await askReturn(id);
    expect(asked).toMatchObject({ status: 409, body: { error: { code: 'insufficient_balance' } } });
  });

  test('only an inbound transfer that succeeded, and not long ago, is returned', async () => {
    const outbound = await send(100);
    expect((await askReturn(outbound.id)).body.error.code).toBe('invalid_transfer_direction');
    const { id } = await receive(2_500);
    await until(id, 'succeeded');
    await sandbox.control('POST', '/time/advance', { seconds: 91 * 24 * 3_600 });
    expect((await askReturn(id)).body.error.code).toBe('invalid_transfer_status');
    expect((await askReturn('tr_none')).status).toBe(404);
  });
});

describe('by control', () => {
  test.each([
    ['fail', 'failed', 'transfer.outbound.failed'],
    ['reject', 'rejected', 'transfer.outbound.rejected'],
    ['return', 'returned', 'transfer.outbound.returned'],
    ['reverse', 'returned', 'transfer.outbound.reversed'],
  ])('an outbound transfer can %s, and is refunded', async (step, status, event) => {
    await manual();
    const { id } = await send(4_000);
    const { body } = await sandbox.control('POST', `/transfers/${id}/${step}`, { reason: 'blocked_account' });
    expect(body).toMatchObject({ status, return_reason: status === 'returned' ? 'blocked_account' : null });
    expect(await eventTypes(id)).toEqual([event]);
    expect(await balanceOf(root.id)).toBe(100_000);
    expect((await sandbox.control('POST', `/transfers/${id}/fail`)).status).toBe(409);
  });

  test('an inbound transfer can be reversed, but not below zero', async () => {
    const { id } = await receive(2_500);
    await until(id, 'succeeded');
    await send(102_000);
    const refused = await sandbox.control('POST', `/transfers/${id}/reverse`);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'insufficient_balance' } } });
    await sandbox.fund(root.id, 2_000);
    await sandbox.control('POST', `/transfers/${id}/reverse`);
    expect(await eventTypes(id)).toEqual(['transfer.inbound.succeeded', 'transfer.inbound.reversed']);
    expect(await balanceOf(root.id)).toBe(0);
  });

  test('the daily settlement sweeps every balance out, under its comment', async () => {
    const { body: other } = await sandbox.api('POST', '/v2/accounts', {
      body: { entity_id: root.entity.id },
    });
    await sandbox.fund(other.id, 300);
    const { body: swept } = await sandbox.control('POST', '/daily-settlement');
    expect(swept.map(({ amount }: Json) => amount).sort()).toEqual([100_000, 300]);
    expect(swept[0]).toMatchObject({
      comment: 'Fintoc daily settlement',
      status: 'succeeded',
      direction: 'outbound',
    });
    expect(await balanceOf(root.id)).toBe(0);
    expect(await eventTypes(swept[0].id)).toEqual(['transfer.outbound.succeeded']);
  });

  test('inbound transfers come from whoever is asked for', async () => {
    const { body } = await sandbox.control('POST', '/inbound-transfers', {
      account_number: root.root_account_number,
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
});

test('in Chile an account has pesos, one number, and full counterparties', async () => {
  const { body: entity } = await sandbox.api('POST', '/v2/entities', {
    body: { country_code: 'cl', holder_name: 'Completos SpA', holder_id: '76123456-0' },
  });
  await sandbox.control('POST', `/entities/${entity.id}/status`, { status: 'operational' });
  const { body: account } = await sandbox.api('POST', '/v2/accounts', { body: { entity_id: entity.id } });
  expect(account.currency).toBe('CLP');
  const second = await sandbox.api('POST', '/v2/account_numbers', { body: { account_id: account.id } });
  expect(second).toMatchObject({ status: 409, body: { error: { code: 'account_number_limit_reached' } } });
  await sandbox.fund(account.id, 10_000_000);
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
    sandbox.signed('/v2/transfers', { account_id: account.id, amount, currency: 'clp', counterparty });
  expect((await pay(7_000_001)).status).toBe(400);
  const { body } = await pay(7_000_000);
  expect((await until(body.id, 'succeeded')).counterparty.institution.id).toBe('cl_banco_estado');
});
