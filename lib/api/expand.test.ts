import { beforeAll, expect, it } from 'vitest';
import { publicId } from '~/lib/api/ids';
import { OPERATIONS } from '~/lib/api/operations';
import { db } from '~/lib/db';
import { ask, someKey, type TestKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someWallet } from '~/lib/testing/factories';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

let key: TestKey;
let [wallet, other]: OpenWallet[] = [];

beforeAll(async () => {
  key = await someKey();
  [wallet, other] = [await someWallet(), await someWallet()];
  await fundWallet(wallet, 100_000n);
});

const idOf = (one: OpenWallet | undefined) => publicId('wallet', one?.id ?? '');
const customerOf = (one: OpenWallet | undefined) => publicId('customer', one?.customerId ?? '');
const made = async (operation: string, body: object) =>
  (await ask(key.secret, operation, { body })).body.id as string;

/** One of each noun, with what its ids name. */
async function things() {
  const [wallet_id, to_wallet_id, customer_id] = [idOf(wallet), idOf(other), customerOf(wallet)];
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  const hold = await made('createHold', {
    wallet_id,
    asset: 'MXN',
    amount: '9',
    reason: 'Orden',
    expires_at,
  });
  await ask(key.secret, 'captureHold', {
    params: { id: hold },
    body: { to_wallet_id, amount: '9', reason: 'Se entrega a otro' },
  });
  const { id: capture } = await db().adjustment.findFirstOrThrow({ where: { holdId: { not: null } } });
  const clabe = '012180012345678909';
  const payee = { name: 'Ximena Robles', destination: '012969100000000110' };
  await ask(key.secret, 'enableWalletAsset', { params: { id: wallet_id }, body: { asset: 'USD' } });
  const exchange = {
    from_asset: 'MXN',
    to_asset: 'USD',
    amount: '1000',
    rate: '0.05',
    reason: 'De viaje hoy',
  };
  return {
    Hold: { id: hold, names: { wallet: wallet_id } },
    BalanceAdjustment: {
      id: publicId('adjustment', capture),
      names: { from_wallet: wallet_id, to_wallet: to_wallet_id, hold },
    },
    Portfolio: {
      id: await made('createPortfolio', { customer_id, name: 'Ahorro' }),
      names: { customer: customer_id },
    },
    Beneficiary: {
      id: await made('createBeneficiary', { customer_id, ...payee }),
      names: { customer: customer_id },
    },
    Exchange: { id: await made('createExchange', { wallet_id, ...exchange }), names: { wallet: wallet_id } },
    Withdrawal: {
      id: await made('createWithdrawal', { wallet_id, asset: 'MXN', amount: '100', destination: clabe }),
      names: { wallet: wallet_id },
    },
    Deposit: { id: await someDeposit(), names: { wallet: wallet_id } },
    Wallet: { id: wallet_id, names: { customer: customer_id } },
  };
}

async function someDeposit(): Promise<string> {
  const at = new Date();
  const { id } = await db().transfer.create({
    data: {
      ...{ id: 'tr_expanded', direction: 'inbound', state: 'succeeded', status: 'succeeded', amount: 700n },
      ...{
        asset: 'MXN',
        accountId: wallet?.accountId ?? '',
        origin: 'webhook',
        mode: 'test',
        transactedAt: at,
      },
      walletId: wallet?.id ?? '',
    },
  });
  return id;
}

it('what the ids of every noun name stands beside them, as it is read by itself, in one answer and in lists', async () => {
  for (const [noun, { id, names }] of Object.entries(await things())) {
    const query = { 'expand[]': Object.keys(names) };
    const { body } = await ask(key.secret, `get${noun}`, { params: { id }, query });
    for (const [name, named] of Object.entries(names))
      expect([noun, body[`${name}_id`], body[name]?.id]).toEqual([noun, named, named]);
    if (!OPERATIONS.some((each) => each.id === listOf(noun))) continue;
    const owner = noun === 'Portfolio' && { customer_id: customerOf(wallet) };
    const list = await ask(key.secret, listOf(noun), { query: { ...query, ...owner } });
    expect(list.body.data).toContainEqual(body);
  }
});
const listOf = (noun: string) => `list${noun.replace(/y$/, 'ie')}s`;

it('what is nothing to expand is named in a 400, with what is', async () => {
  for (const [operation, there] of [
    ['listDeposits', 'wallet'],
    ['listBalanceAdjustments', 'from_wallet, to_wallet, hold'],
    ['listHolds', 'wallet'],
    ['listWithdrawals', 'wallet'],
    ['listAccountNumbers', 'wallet'],
    ['listEntities', 'customer'],
    ['listBeneficiaries', 'customer'],
  ] as const) {
    const query = { 'expand[]': ['owner', ...there.split(', ').slice(0, 1)] };
    const detail = `owner is nothing to expand here. There is ${there}.`;
    expect(await ask(key.secret, operation, { query })).toMatchObject({
      status: 400,
      body: { parameter: 'expand[]', errors: [{ parameter: 'expand[]', detail }] },
    });
  }
  expect(await ask(key.secret, 'listCustomers', { query: { 'expand[]': 'owner' } })).toMatchObject({
    status: 400,
    body: { code: 'unknown_field', parameter: 'expand[]' },
  });
});

it('takes a key that may read what it expands', async () => {
  const narrow = await someKey(['balance_adjustments:read']);
  const query = { 'expand[]': 'from_wallet' };
  expect(await ask(narrow.secret, 'listBalanceAdjustments', { query })).toMatchObject({
    status: 403,
    body: { code: 'scope_missing', scope: 'wallets:read' },
  });
});
