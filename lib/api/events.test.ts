import { beforeAll, describe, expect, it } from 'vitest';
import { IDS } from '~/lib/api/events';
import { publicId } from '~/lib/api/ids';
import type { Scope } from '~/lib/api/scopes';
import { OPEN } from '~/lib/outbox/emit';
import { createPortfolio } from '~/lib/people/portfolios';
import { ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someOperator, someWallet } from '~/lib/testing/factories';
import { freezeTogether } from '~/lib/wallets/together';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

type Told = {
  id: string;
  type: string;
  subject: { object: string; id: string };
  data: Record<string, string>;
};

let secret: string;
let wallet: OpenWallet;

/** All that a key is told of, whoever else is at work on this server. */
async function events(of: string): Promise<Told[]> {
  const all: Told[] = [];
  let place: string | null = null;
  for (let more = true; more; ) {
    const query: Record<string, string> = { limit: '100', ...(place !== null && { cursor: place }) };
    const { body } = await ask(of, 'listEvents', { query });
    all.push(...body.data);
    [place, more] = [body.next_cursor, body.has_more];
  }
  return all;
}

/** Once nothing that began before it is under way any more. */
async function told(of: string, type: string): Promise<Told> {
  let found: Told | undefined;
  await expect
    .poll(async () => {
      found = (await events(of)).findLast((event) => event.type === type);
      return found !== undefined;
    })
    .toBe(true);
  return found as Told;
}

beforeAll(async () => {
  ({ secret } = await someKey());
  wallet = await someWallet();
  await fundWallet(wallet, 100_000n);
});

/** What stands on a rail has the rail's id. */
const OF_THE_RAIL = ['accountId', 'accountNumberId', 'entityId', 'onboardingId', 'transferId'];
/** Of events that are told in the house alone. */
const UNTOLD = ['orderId'];

describe('what is told', () => {
  it('has every id of ours as the API spells it, by which it is read', () => {
    const ids = [...OPEN].filter((name) => /Id$/.test(name));
    expect(ids.filter((name) => ![...OF_THE_RAIL, ...UNTOLD].includes(name)).sort()).toEqual(
      Object.keys(IDS).sort(),
    );
  });

  it('names the exchange that was asked for, and so does each of its legs', async () => {
    const walletId = publicId('wallet', wallet.id);
    const usd = await ask(secret, 'enableWalletAsset', { params: { id: walletId }, body: { asset: 'USD' } });
    expect(usd).toMatchObject({ status: 201 });
    const asked = await ask(secret, 'createExchange', {
      body: {
        ...{ wallet_id: walletId, from_asset: 'MXN', to_asset: 'USD', amount: '1000', rate: '0.05' },
        reason: 'Viaje de trabajo',
      },
    });
    expect(asked).toMatchObject({ status: 201 });
    expect((await told(secret, 'exchange.requested')).data.exchange_id).toBe(asked.body.id);
    expect((await told(secret, 'adjustment.requested')).data.exchange_id).toBe(asked.body.id);
    const [leg] = asked.body.balance_adjustment_ids;
    const { body } = await ask(secret, 'getBalanceAdjustment', { params: { id: leg } });
    const read = await ask(secret, 'getExchange', { params: { id: body.exchange_id } });
    expect(read.body).toEqual(asked.body);
  });

  it('names the portfolio that it happened to', async () => {
    const operator = await someOperator();
    const { customerId } = wallet;
    const { id } = await createPortfolio(operator, { customerId: customerId ?? '', name: 'Ahorro' });
    await ask(secret, 'updatePortfolio', {
      params: { id: publicId('portfolio', id) },
      body: { name: 'Viajes' },
    });
    await freezeTogether(operator, { subject: 'portfolio', id }, { reason: 'Revisión' });
    for (const type of ['portfolio.created', 'portfolio.renamed'])
      expect((await told(secret, type)).data.portfolio_id).toBe(publicId('portfolio', id));
  });
});

describe('a key reads of what happened', () => {
  it('what its scopes read of the things themselves, and nothing beside', async () => {
    const objectsOf = (of: Told[]) => of.map(({ subject }) => subject.object);
    let all: Told[] = [];
    const read = async () => {
      all = await events(secret);
      return objectsOf(all);
    };
    await expect.poll(read).toEqual(expect.arrayContaining(['wallet', 'balance', 'customer']));
    const of = async (...scopes: Scope[]) => (await someKey(['events:read', ...scopes])).secret;
    const [none, customers] = [await of(), await of('customers:read')];
    for (const { id, subject } of all) {
      const status = async (key: string) => (await ask(key, 'getEvent', { params: { id } })).status;
      expect([subject.object, await status(none)]).toEqual([subject.object, 404]);
      expect([subject.object, await status(customers)]).toEqual([
        ...[subject.object, subject.object === 'customer' ? 200 : 404],
      ]);
    }
    await expect.poll(async () => new Set(objectsOf(await events(customers)))).toEqual(new Set(['customer']));
    expect(await events(none)).toEqual([]);
  });
});

it('a cursor of one list is none of another', async () => {
  for (let n = 0; n < 2; n += 1) await someWallet();
  const { body } = await ask(secret, 'listWallets', { query: { limit: '1' } });
  const query = { limit: '1', cursor: body.next_cursor };
  expect((await ask(secret, 'listWallets', { query })).status).toBe(200);
  const other = await ask(secret, 'listCustomers', { query });
  expect([other.status, other.body.parameter]).toEqual([400, 'cursor']);
  expect((await ask(secret, 'listEvents', { query })).status).toBe(400);
});
