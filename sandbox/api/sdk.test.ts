import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type Json, startTestSandbox, type TestSandbox } from '~/sandbox/testing/harness';

let sandbox: TestSandbox;
let root: Json;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  root = await sandbox.rootAccount();
});
afterAll(() => sandbox.stop());

/** What the SDK gives, without the client that it hangs on every object. */
const plain = (resource: Json) => resource.serialize();

async function collect(list: Promise<Json>): Promise<Json[]> {
  const items: Json[] = [];
  for await (const item of await list) items.push(plain(item));
  return items;
}

describe('accounts', () => {
  test('a fresh organisation has a root entity, called ND, and a root account with its CLABE', () => {
    expect(root).toMatchObject({
      object: 'account',
      mode: 'test',
      is_root: true,
      available_balance: 0,
      currency: 'MXN',
      entity: { holder_id: 'ND', is_root: true },
      status: 'active',
    });
    expect(root.root_account_number).toMatch(/^735969\d{12}$/);
    expect(root.id).toMatch(/^acc_[0-9A-Za-z]{27}$/);
  });

  test('an account is created, read, changed and found by the SDK', async () => {
    const created = plain(
      await sandbox.fintoc.v2.accounts.create({
        entity_id: root.entity.id,
        description: 'Cartera principal',
      }),
    );
    expect(created).toMatchObject({ available_balance: 0, is_root: false, description: 'Cartera principal' });
    await sandbox.fintoc.v2.accounts.update(created.id, { description: 'Otra' });
    expect(plain(await sandbox.fintoc.v2.accounts.get(created.id))).toMatchObject({ description: 'Otra' });
    const listed = await collect(
      sandbox.fintoc.v2.accounts.list({ entity_id: root.entity.id, status: 'active' }),
    );
    expect(listed.map(({ id }) => id)).toContain(created.id);
    expect(await collect(sandbox.fintoc.v2.accounts.list({ status: 'blocked' }))).toEqual([]);
  });

  test('its movements are read by the SDK, newest first', async () => {
    await sandbox.fund(root.id, 5_000);
    await sandbox.fund(root.id, 700);
    const movements = await collect(sandbox.fintoc.v2.accounts.movements.list({ account_id: root.id }));
    expect(movements.slice(0, 2)).toMatchObject([
      { object: 'movement', amount: 700, balance: 5_700, direction: 'inbound', type: 'transfer' },
      { amount: 5_000, balance: 5_000, return_pair_id: null },
    ]);
    const [first] = movements;
    expect(plain(await sandbox.fintoc.v2.accounts.movements.get(first.id, { account_id: root.id }))).toEqual(
      first,
    );
  });
});

describe('account numbers', () => {
  test('a number is created with 200, read, found and changed by the SDK', async () => {
    const answer = await sandbox.api('POST', '/v2/account_numbers', { body: { account_id: root.id } });
    expect(answer.status).toBe(200);
    const created = plain(
      await sandbox.fintoc.v2.accountNumbers.create({
        account_id: root.id,
        description: 'Cliente',
        metadata: { customer_id: 'c1', wallet_id: 'w1' },
      }),
    );
    expect(created).toMatchObject({ status: 'enabled', is_root: false, metadata: { wallet_id: 'w1' } });
    expect(BigInt(created.number.slice(0, 17)) - BigInt(answer.body.number.slice(0, 17))).toBe(1n);
    const listed = await collect(sandbox.fintoc.v2.accountNumbers.list({ account_id: root.id }));
    expect(listed[0].id).toBe(created.id);
    const updated = plain(await sandbox.fintoc.v2.accountNumbers.update(created.id, { status: 'disabled' }));
    expect(updated.status).toBe('disabled');
    expect(plain(await sandbox.fintoc.v2.accountNumbers.get(created.id)).status).toBe('disabled');
  });

  test('changed metadata is merged, and an empty value unsets its key', async () => {
    const { body: number } = await sandbox.api('POST', '/v2/account_numbers', {
      body: { account_id: root.id, metadata: { z: '1', a: '2', gone: 'x' } },
    });
    const { body } = await sandbox.api('PATCH', `/v2/account_numbers/${number.id}`, {
      body: { metadata: { a: '3', gone: '' } },
    });
    expect(Object.entries(body.metadata)).toEqual([
      ['z', '1'],
      ['a', '3'],
    ]);
  });

  test('a deleted number stays readable and takes no more changes', async () => {
    const { body: number } = await sandbox.api('POST', '/v2/account_numbers', {
      body: { account_id: root.id },
    });
    const deleted = await sandbox.api(
      'DELETE',
      `/v2/account_numbers/${number.id}?update=function&delete=function`,
    );
    expect(deleted.body).toMatchObject({ status: 'deleted', deleted_at: expect.any(String) });
    expect((await sandbox.api('GET', `/v2/account_numbers/${number.id}`)).body.status).toBe('deleted');
    const change = await sandbox.api('PATCH', `/v2/account_numbers/${number.id}`, {
      body: { status: 'enabled' },
    });
    expect(change).toMatchObject({ status: 403, body: { error: { code: 'forbidden_account_number' } } });
  });

  test('the root number is neither disabled nor deleted', async () => {
    const path = `/v2/account_numbers/${root.root_account_number_id}`;
    expect((await sandbox.api('PATCH', path, { body: { status: 'disabled' } })).status).toBe(403);
    expect((await sandbox.api('DELETE', path)).status).toBe(403);
  });
});

describe('transfers', () => {
  test('the SDK sends one, signed: 201 pending, then succeeded with post date and receipt', async () => {
    await sandbox.fund(root.id, 10_000);
    await sandbox.control('POST', '/settlement-mode', { mode: 'manual' });
    const created = plain(
      await sandbox.fintoc.v2.transfers.create({
        account_id: root.id,
        amount: 2_500,
        currency: 'MXN',
        comment: 'Renta mayo',
        counterparty: { account_number: '012969100000000110', holder_name: 'Ana' },
        idempotency_key: 'first',
      }),
    );
    expect(created).toMatchObject({
      status: 'pending',
      post_date: null,
      receipt_url: null,
      direction: 'outbound',
    });
    expect(created.id).toMatch(/^tr_/);
    const { body: settled } = await sandbox.control('POST', `/transfers/${created.id}/settle`);
    await sandbox.control('POST', '/settlement-mode', { mode: 'auto' });
    expect(settled).toMatchObject({
      status: 'succeeded',
      counterparty: { institution: { id: '40012', country: 'mx' }, account_type: 'clabe' },
    });
    expect(settled.post_date).toMatch(/T00:00:00Z$/);
    expect(settled.tracking_key).toMatch(/^\d{8}90735\d{17}$/);
    const receipt = await fetch(settled.receipt_url);
    expect(await receipt.text()).toContain(settled.tracking_key);
    expect(plain(await sandbox.fintoc.v2.transfers.get(created.id)).status).toBe('succeeded');
  });

  test('the SDK simulates an inbound one, with the strings that its date parsing mangles', async () => {
    const inbound = plain(
      await sandbox.fintoc.v2.simulate.receiveTransfer({
        account_number_id: root.root_account_number_id,
        amount: 66_666,
        currency: 'MXN',
        comment: 'Factura 10451',
      }),
    );
    const found = await eventually(async () => {
      const { body } = await sandbox.api('GET', `/v2/transfers/${inbound.id}`);
      return body.status === 'succeeded' && body;
    });
    expect(found).toMatchObject({
      comment: 'Factura 10451',
      reference_id: expect.stringMatching(/^[1-9]\d{0,6}$/),
    });
    expect(found.counterparty.institution.id).toMatch(/^(90631|90723|40110)$/);
  });

  test('the fields come in the recorded order', async () => {
    const { body } = await sandbox.api('GET', '/v2/transfers');
    expect(Object.keys(body[0]).join(' ')).toBe(
      'object id amount currency direction status transaction_date post_date comment reference_id tracking_key receipt_url mode counterparty account_number metadata return_reason error_reason transfer_batch_id',
    );
    expect(Object.keys(body[0].counterparty).join(' ')).toBe(
      'holder_id holder_name account_number account_type institution',
    );
    expect(body[0].transaction_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test('every filter of the list narrows it', async () => {
    const { body: all } = await sandbox.api('GET', '/v2/transfers?limit=300');
    const count = async (query: string) =>
      (await sandbox.api('GET', `/v2/transfers?limit=300&${query}`)).body.length;
    expect(await count(`account_id=${root.id}`)).toBe(all.length);
    expect(await count('account_id=acc_none')).toBe(0);
    expect(await count(`account_number_id=${root.root_account_number_id}`)).toBeGreaterThan(0);
    expect((await count('direction=inbound')) + (await count('direction=outbound'))).toBe(all.length);
    expect(await count('status=succeeded')).toBeGreaterThan(0);
    expect(await count('status=failed')).toBe(0);
    expect(await count('transfer_batch_id=tb_1')).toBe(0);
    expect(await count('since=2001-01-01')).toBe(all.length);
    expect(await count('until=2001-01-01')).toBe(0);
  });

  test('the SDK returns an inbound one: 200, return_pending, then returned', async () => {
    await sandbox.fund(root.id, 1_234);
    const { body } = await sandbox.api('GET', '/v2/transfers?direction=inbound&status=succeeded&limit=1');
    const asked = plain(await sandbox.fintoc.v2.transfers.return({ transfer_id: body[0].id }));
    expect(asked.status).toBe('return_pending');
    await eventually(
      async () => (await sandbox.api('GET', `/v2/transfers/${asked.id}`)).body.status === 'returned',
    );
  });
});

describe('account verifications', () => {
  test('the SDK verifies an account: a centavo leaves, and the holder comes back', async () => {
    await sandbox.fund(root.id, 100);
    const asked = plain(
      await sandbox.fintoc.v2.accountVerifications.create({ account_number: '012969100000000110' }),
    );
    expect(asked).toMatchObject({ object: 'account_verification', status: 'pending', reason: null });
    expect(asked.counterparty).toMatchObject({ holder_name: null, holder_id: null });
    const ended = await eventually(async () => {
      const found = plain(await sandbox.fintoc.v2.accountVerifications.get(asked.id));
      return found.status !== 'pending' && found;
    });
    expect(ended).toMatchObject({ status: 'succeeded', counterparty: { holder_name: expect.any(String) } });
    expect(ended.receipt_url).toContain(asked.transfer_id);
    const listed = await collect(sandbox.fintoc.v2.accountVerifications.list());
    expect(listed[0].id).toBe(asked.id);
    expect((await sandbox.api('GET', `/v2/transfers/${asked.transfer_id}`)).body.amount).toBe(1);
  });

  test('an account that does not exist fails with the reason of the rail', async () => {
    const { body } = await sandbox.signed('/v2/account_verifications', {
      account_number: '012969100000000039',
    });
    const ended = await eventually(async () => {
      const answer = await sandbox.api('GET', `/v2/account_verifications/${body.id}`);
      return answer.body.status !== 'pending' && answer.body;
    });
    expect(ended).toMatchObject({ status: 'failed', reason: 'non_existing_account', receipt_url: null });
  });
});

describe('entities', () => {
  test('the SDK lists and reads them; a new one waits for its onboarding', async () => {
    const { status, body } = await sandbox.api('POST', '/v2/entities', {
      body: { country_code: 'mx', holder_name: 'Tacos SA', holder_id: 'TAC010203AB1' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ object: 'entity', is_root: false, status: 'waiting_initialization' });
    expect(plain(await sandbox.fintoc.v2.entities.get(body.id)).holder_id).toBe('TAC010203AB1');
    expect((await collect(sandbox.fintoc.v2.entities.list())).map(({ id }) => id)).toContain(body.id);
    const early = await sandbox.api('POST', '/v2/accounts', { body: { entity_id: body.id } });
    expect(early).toMatchObject({ status: 403, body: { error: { code: 'entity_not_operational' } } });
  });
});

test('a tax id has one entity, except the generic one that foreign companies share', async () => {
  const add = (holder_id: string) =>
    sandbox.api('POST', '/v2/entities', { body: { country_code: 'mx', holder_name: 'Acme', holder_id } });
  const statuses = [];
  for (const id of ['XEXX010101000', 'XEXX010101000', 'ACM010203AB1', 'ACM010203AB1'])
    statuses.push((await add(id)).status);
  expect(statuses).toEqual([201, 201, 201, 400]);
});

describe('webhook endpoints', () => {
  test('the SDK creates, lists, changes and deletes one, and its secret is told once', async () => {
    const created = plain(
      await sandbox.fintoc.webhookEndpoints.create({
        url: 'https://example.com/hook',
        enabled_events: ['transfer.inbound.succeeded'],
      }),
    );
    expect(created).toMatchObject({ object: 'webhook_endpoint', status: 'enabled', disabled: false });
    expect(created.secret).toMatch(/^whsec_/);
    const read = plain(await sandbox.fintoc.webhookEndpoints.get(created.id));
    expect(read).toMatchObject({ secret: null, enabled_events: ['transfer.inbound.succeeded'] });
    const off = plain(await sandbox.fintoc.webhookEndpoints.update(created.id, { disabled: true }));
    expect(off).toMatchObject({ status: 'disabled', disabled: true });
    expect((await collect(sandbox.fintoc.webhookEndpoints.list())).map(({ id }) => id)).toEqual([created.id]);
    await sandbox.fintoc.webhookEndpoints.delete(created.id);
    expect(await collect(sandbox.fintoc.webhookEndpoints.list())).toEqual([]);
  });

  test('an address without TLS is refused unless it is this machine', async () => {
    const add = (url: string) => sandbox.api('POST', '/v1/webhook_endpoints', { body: { url } });
    expect((await add('http://example.com/hook')).status).toBe(400);
    expect((await add('nonsense')).status).toBe(400);
    expect((await add('http://localhost:3000/hook')).status).toBe(201);
  });
});
