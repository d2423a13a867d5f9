import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { publicId } from '~/lib/api/ids';
import { db } from '~/lib/db';
import { ask, someKey, type TestKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, someCustomer, someWallet } from '~/lib/testing/factories';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

let key: TestKey;

beforeAll(async () => {
  key = await someKey();
});

const NOTHING = '01890a5d-ac96-774b-bcce-b302099a8057';
const customer = () => ({
  kind: 'individual',
  name: 'Ana López',
  tax_id: 'MUAD800101AB1',
  external_id: randomUUID(),
});

it('a portfolio groups a customer’s wallets, and is found by its customer', async () => {
  const { id } = await someCustomer();
  const body = { customer_id: publicId('customer', id), name: 'Ahorro' };
  const made = await ask(key.secret, 'createPortfolio', { body });
  expect(made.status).toBe(201);
  expect((await ask(key.secret, 'createPortfolio', { body })).body.id).toBe(made.body.id);
  const { body: found } = await ask(key.secret, 'listPortfolios', {
    query: { customer_id: body.customer_id },
  });
  expect(found.data).toEqual([made.body]);
  const nobody = { ...body, customer_id: publicId('customer', NOTHING) };
  expect((await ask(key.secret, 'createPortfolio', { body: nobody })).body).toMatchObject({
    status: 422,
    pointer: '/customer_id',
  });
});

it('a beneficiary is saved once, listed with its customer, verified on request and removed', async () => {
  const { id } = await someCustomer();
  const body = {
    ...{ customer_id: publicId('customer', id), name: 'Ximena Robles', tax_id: 'XAXX010101000' },
    destination: '012969100000000110',
  };
  const made = await ask(key.secret, 'createBeneficiary', { body });
  expect(made).toMatchObject({
    status: 201,
    body: { destination_kind: 'clabe', first_payment: true, blocked: false, verification: null },
  });
  expect((await ask(key.secret, 'createBeneficiary', { body })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/destination', code: 'already_saved' }],
  });
  for (const [wrong, fault] of [
    [{ destination: '012969100000000111' }, { pointer: '/destination', code: 'clabe_check_digit' }],
    [
      { destination: '012969100000000026', tax_id: 'X' },
      { pointer: '/tax_id', code: 'tax_id_format' },
    ],
  ])
    expect(
      (await ask(key.secret, 'createBeneficiary', { body: { ...body, ...wrong } })).body.errors,
    ).toMatchObject([fault]);
  await ask(key.secret, 'createBeneficiary', { body: { ...body, destination: '012969100000000026' } });
  const query = { customer_id: body.customer_id, limit: '1' };
  const { body: first } = await ask(key.secret, 'listBeneficiaries', { query });
  const { body: second } = await ask(key.secret, 'listBeneficiaries', {
    query: { ...query, cursor: first.next_cursor },
  });
  expect([first.has_more, second.data]).toEqual([true, [made.body]]);
  const params = { id: made.body.id };
  // The platform has nothing here that it could pay the coin with, nor an account.
  expect((await ask(key.secret, 'verifyBeneficiary', { params, body: {} })).body).toMatchObject({
    code: 'account_not_ready',
  });
  const removed = await ask(key.secret, 'removeBeneficiary', { params, body: {} });
  expect(removed.body.removed_at).toEqual(expect.any(String));
  expect((await ask(key.secret, 'getBeneficiary', { params })).body).toEqual(removed.body);
  expect((await ask(key.secret, 'verifyBeneficiary', { params, body: {} })).status).toBe(404);
});

it('a customer is corrected field by field, and comes with a first wallet or not at all', async () => {
  const wallet = { asset: 'MXN', pattern: 'A', name: 'Uno' };
  const made = await ask(key.secret, 'createCustomer', { body: { ...customer(), wallet } });
  expect(made).toMatchObject({
    status: 201,
    body: { wallet: { status: 'opening', customer_id: made.body.id } },
  });
  const params = { id: made.body.id };
  await ask(key.secret, 'updateCustomer', {
    params,
    body: { email: 'ana@correo.mx', phone: '+52 55 1234 5678' },
  });
  const emptied = await ask(key.secret, 'updateCustomer', { params, body: { phone: null } });
  expect(emptied.body).toMatchObject({ name: 'Ana López', email: 'ana@correo.mx', phone: null });
  expect((await ask(key.secret, 'updateCustomer', { params, body: { email: 'no' } })).status).toBe(400);
  const body = { ...customer(), wallet: { ...wallet, asset: 'BTC' } };
  expect((await ask(key.secret, 'createCustomer', { body })).body).toMatchObject({
    status: 422,
    pointer: '/wallet/asset',
  });
  expect(await db().customer.count({ where: { externalId: body.external_id } })).toBe(0);
});

it('a balance is told as it is, as it was, and as it was known', async () => {
  const wallet = await someWallet();
  const params = { id: publicId('wallet', wallet.id) };
  const before = new Date().toISOString();
  await fundWallet(wallet, 5_000n);
  const of = async (query: Record<string, string>) =>
    (await ask(key.secret, 'getWalletBalance', { params, query })).body.balances[0].available;
  const later = new Date(Date.now() + 60_000).toISOString();
  expect(await of({})).toBe('5000');
  expect(await of({ at: before })).toBe('0');
  expect(await of({ at: later, known_at: before })).toBe('0');
  expect(await of({ known_at: later })).toBe('5000');
});

it('a wallet is frozen, thawed, closed and opened again, each asked twice and done once', async () => {
  const params = { id: publicId('wallet', (await someWallet()).id) };
  const steps = [
    ['freezeWallet', { reason: 'Fraud', deposits: 'suspend', until: '2199-01-01T00:00:00Z' }, 'frozen'],
    ['unfreezeWallet', { reason: 'Cleared' }, 'open'],
    ['closeWallet', { reason: 'Asked for', closed_by: 'customer' }, 'closed'],
    ['reopenWallet', { reason: 'Asked for' }, 'open'],
  ] as const;
  for (const [id, body, status] of steps)
    for (let times = 0; times < 2; times += 1)
      expect(await ask(key.secret, id, { params, body })).toMatchObject({ status: 200, body: { status } });
  const refused = await ask(key.secret, 'reopenWallet', { params, body: { reason: 'x' } });
  expect(refused.status).toBe(200);
  const other = await someKey(['wallets:freeze']);
  const late = await ask(other.secret, 'reopenWallet', { params, body: { reason: 'x' } });
  expect([late.status, late.body.code]).toEqual([409, 'already_decided']);
});

it('what an id names stands beside it where it is asked for, and nothing is expanded that nobody knows', async () => {
  const { id: customerId } = await someCustomer();
  const wallet = await someWallet();
  await db().wallet.update({ where: { id: wallet.id }, data: { customerId } });
  const params = { id: publicId('wallet', wallet.id) };
  const whole = await ask(key.secret, 'getWallet', { params, query: { 'expand[]': 'customer' } });
  expect(whole.body.customer).toMatchObject({ object: 'customer', id: publicId('customer', customerId) });
  const list = await ask(key.secret, 'listWallets', {
    query: { customer_id: publicId('customer', customerId), 'expand[]': ['customer'] },
  });
  expect(list.body.data).toEqual([whole.body]);
  expect((await ask(key.secret, 'getWallet', { params })).body).not.toHaveProperty('customer');
  for (const [operation, expand] of [
    ['getWallet', 'owner'],
    ['getCustomer', 'wallet'],
  ] as const)
    expect(
      await ask(key.secret, operation, {
        params: operation === 'getWallet' ? params : { id: publicId('customer', customerId) },
        query: { 'expand[]': expand },
      }),
    ).toMatchObject({ status: 400, body: { parameter: 'expand[]' } });
  const narrow = await someKey(['wallets:read']);
  expect(await ask(narrow.secret, 'getWallet', { params, query: { 'expand[]': 'customer' } })).toMatchObject({
    status: 403,
    body: { code: 'scope_missing', scope: 'customers:read' },
  });
});

it('deposits are found by their wallet, and a key asks for one in suspense to be credited: a person decides', async () => {
  const wallet = await someWallet();
  const query = { wallet_id: publicId('wallet', wallet.id) };
  const { id } = await db().transfer.create({
    data: {
      ...{
        id: 'tr_unnamed',
        direction: 'inbound',
        state: 'succeeded',
        status: 'succeeded',
        amount: 700n,
        asset: 'MXN',
      },
      ...{ accountId: wallet.accountId, origin: 'webhook', mode: 'test', transactedAt: new Date() },
      ...{ suspenseReason: 'unknown_number', suspenseSince: new Date() },
    },
  });
  expect((await ask(key.secret, 'listDeposits', { query })).body.data).toEqual([]);
  const asked = await ask(key.secret, 'assignDeposit', {
    params: { id },
    body: { wallet_id: query.wallet_id, reason: 'Hers' },
  });
  expect(asked).toMatchObject({
    status: 200,
    body: { id, wallet_id: null, suspense_reason: 'unknown_number' },
  });
  expect(
    await db().approval.count({ where: { action: 'deposit.assign', subjectId: id, state: 'waiting' } }),
  ).toBe(1);
  await db().transfer.update({
    where: { id },
    data: { walletId: wallet.id, suspenseReason: null, suspenseSince: null },
  });
  const { body } = await ask(key.secret, 'listDeposits', { query: { ...query, 'expand[]': 'wallet' } });
  expect(body.data).toMatchObject([{ id, wallet: { id: query.wallet_id } }]);
});

it('a hold is placed, listed, given back in part, and asked for by a capture', async () => {
  const [wallet, other] = [await someWallet(), await someWallet()];
  await fundWallet(wallet, 1_000n);
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  const body = {
    wallet_id: publicId('wallet', wallet.id),
    asset: 'MXN',
    amount: '600',
    reason: 'Orden',
    expires_at,
  };
  const made = await ask(key.secret, 'createHold', { body });
  expect(made).toMatchObject({ status: 201, body: { left: '600', status: 'active', expires_at } });
  const params = { id: made.body.id };
  const released = await ask(key.secret, 'releaseHold', { params, body: { amount: '100', reason: 'Parte' } });
  expect(released.body).toMatchObject({ left: '500', released_amount: '100' });
  const to = { to_wallet_id: publicId('wallet', other.id), amount: '500', reason: 'Se entrega a otro' };
  expect((await ask(key.secret, 'captureHold', { params, body: to })).body).toMatchObject({
    ...{ left: '0', asked_amount: '500', status: 'active' },
  });
  const late = await ask(key.secret, 'releaseHold', { params, body: { reason: 'Todo' } });
  expect(late).toMatchObject({ status: 409, body: { code: 'hold_less' } });
  const { body: found } = await ask(key.secret, 'listHolds', { query: { wallet_id: body.wallet_id } });
  expect(found.data).toEqual([(await ask(key.secret, 'getHold', { params })).body]);
});

it('a customer’s wallets, and a portfolio’s, are frozen and unfrozen as one', async () => {
  const wallet = await someWallet();
  const customer_id = publicId('customer', wallet.customerId ?? '');
  const { body: portfolio } = await ask(key.secret, 'createPortfolio', {
    body: { customer_id, name: 'Uno' },
  });
  const params = { id: portfolio.id };
  expect((await ask(key.secret, 'updatePortfolio', { params, body: { name: 'Dos' } })).body.name).toBe('Dos');
  const moved = await ask(key.secret, 'updateWallet', {
    ...{ params: { id: publicId('wallet', wallet.id) }, body: { portfolio_id: portfolio.id } },
  });
  expect(moved.body).toMatchObject({ portfolio_id: portfolio.id });
  const wallet_ids = [moved.body.id];
  const body = { reason: 'Revisión', direction: 'debits' };
  expect((await ask(key.secret, 'freezePortfolio', { params, body })).body).toMatchObject({ wallet_ids });
  const whole = { params: { id: customer_id }, body: { reason: 'Revisión' } };
  expect((await ask(key.secret, 'unfreezeCustomer', whole)).body).toMatchObject({ wallet_ids: [] });
  expect((await ask(key.secret, 'unfreezePortfolio', { params, body: whole.body })).body).toMatchObject({
    wallet_ids,
  });
  expect((await ask(key.secret, 'freezeCustomer', whole)).body).toMatchObject({ wallet_ids });
  const closing = { ...whole, body: { ...whole.body, closed_by: 'customer' } };
  expect((await ask(key.secret, 'closeCustomer', closing)).body).toMatchObject({ wallet_ids });
});
