import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type IdKind, PREFIXES, publicId, publicNumber } from '~/lib/api/ids';
import type { Operation } from '~/lib/api/operation';
import { OPERATIONS } from '~/lib/api/operations';
import { db } from '~/lib/db';
import { ask, someKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someWallet } from '~/lib/testing/factories';

process.env.API_REQUESTS_PER_SECOND = '100000';
withTestDatabase();

let secret: string;
beforeAll(async () => {
  ({ secret } = await someKey());
});

const IDS = [
  ...(Object.keys(PREFIXES) as IdKind[]).map((kind) => publicId(kind, randomUUID())),
  publicNumber('event', 1n),
];

/** Some id of what stands at its address. */
function paramsOf({ params }: Operation): Record<string, string> {
  const { id } = params.shape;
  return id ? { id: IDS.find((each) => params.safeParse({ id: each }).success) ?? '' } : {};
}

describe('a parameter that is sent empty', () => {
  const all = OPERATIONS.flatMap((operation) =>
    Object.keys(operation.query.shape).map((name) => [`${operation.id}: ${name}`, operation, name] as const),
  );

  it.each(all)('is refused by its name, and never ignored: %s', async (_name, operation, parameter) => {
    for (const value of ['', ' ', '\u200b']) {
      const asked = { params: paramsOf(operation), query: { [parameter]: value } };
      const { status, body } = await ask(secret, operation.id, asked);
      const named = body.errors?.map((fault: { parameter: string }) => fault.parameter);
      expect([value, status, named]).toEqual([value, 400, expect.arrayContaining([parameter])]);
    }
  });
});

it('customers are found by the id that the platform gave them, and by no other', async () => {
  const body = { kind: 'individual', name: 'Ana', tax_id: 'MUAD800101AB1' };
  const externalId = randomUUID();
  const made = await ask(secret, 'createCustomer', { body: { ...body, external_id: externalId } });
  await ask(secret, 'createCustomer', { body: { ...body, external_id: randomUUID() } });
  const found = await ask(secret, 'listCustomers', { query: { external_id: externalId } });
  expect(found.body.data.map(({ id }: { id: string }) => id)).toEqual([made.body.id]);
});

describe('an id that nothing stands under', () => {
  const customer = { kind: 'business', name: 'Telas', tax_id: 'TEL1503021A9' };
  const terms = publicId('terms', randomUUID());

  it.each([
    ['/wallet/entity_id', { asset: 'MXN', pattern: 'C', name: 'Uno', entity_id: 'ent_nothing' }],
    ['/wallet/terms_id', { asset: 'MXN', pattern: 'A', name: 'Uno', terms_id: terms }],
  ])('is told by its field, however deep it stands: %s', async (pointer, wallet) => {
    const { status, body } = await ask(secret, 'createCustomer', { body: { ...customer, wallet } });
    expect([status, body.code, body.pointer]).toEqual([422, 'invalid', pointer]);
  });

  it('is 404 at the address alone', async () => {
    const params = { id: publicId('wallet', randomUUID()) };
    expect((await ask(secret, 'getWallet', { params })).status).toBe(404);
    const wallet = await someWallet();
    const portfolioId = publicId('portfolio', randomUUID());
    const moved = await ask(secret, 'updateWallet', {
      ...{ params: { id: publicId('wallet', wallet.id) }, body: { portfolio_id: portfolioId } },
    });
    expect([moved.status, moved.body.pointer]).toEqual([422, '/portfolio_id']);
  });
});

describe('a change of several fields, one of which doesn’t fit', () => {
  it('changes nothing of a wallet', async () => {
    const wallet = await someWallet();
    const { id: customerId } = await someCustomer();
    const elsewhere = await ask(secret, 'createPortfolio', {
      body: { customer_id: publicId('customer', customerId), name: 'Ahorro' },
    });
    const { status, body } = await ask(secret, 'updateWallet', {
      params: { id: publicId('wallet', wallet.id) },
      body: { name: 'Another', portfolio_id: elsewhere.body.id },
    });
    expect([status, body.pointer]).toEqual([422, '/portfolio_id']);
    expect((await db().wallet.findUniqueOrThrow({ where: { id: wallet.id } })).name).toBe(wallet.name);
  });

  it('changes nothing of an endpoint, and with what fits all of it at once', async () => {
    const made = await ask(secret, 'createWebhookEndpoint', {
      body: { name: 'Backend', url: 'https://example.com/hook', event_types: ['*'] },
    });
    const change = (body: object) =>
      ask(secret, 'updateWebhookEndpoint', { params: { id: made.body.id }, body });
    const refused = await change({ name: 'Other', status: 'off', event_types: ['nothing.at_all'] });
    expect([refused.status, refused.body.pointer]).toEqual([422, '/event_types']);
    const stands = await ask(secret, 'getWebhookEndpoint', { params: { id: made.body.id } });
    expect(stands.body).toMatchObject({ name: 'Backend', status: 'on' });
    expect((await change({ name: 'Other', status: 'off' })).body).toMatchObject({
      name: 'Other',
      status: 'off',
    });
  });
});

describe('what an endpoint may see', () => {
  const endpoint = { name: 'Backend', url: 'https://example.com/hook', event_types: ['*'] };

  it('is changed by a key that may see it, and no key reaches further than it does itself', async () => {
    const made = await ask(secret, 'createWebhookEndpoint', {
      body: { ...endpoint, scopes: ['wallets:read'] },
    });
    const params = { id: made.body.id };
    const wider = await ask(secret, 'updateWebhookEndpoint', {
      ...{ params, body: { scopes: ['wallets:read', 'statements:read'] } },
    });
    expect(wider.body).toMatchObject({ name: 'Backend', scopes: ['statements:read', 'wallets:read'] });
    const narrow = (await someKey(['webhook_endpoints:write', 'wallets:read'])).secret;
    for (const body of [
      { scopes: ['customers:read'] },
      { scopes: ['wallets:read'] },
      { url: 'https://example.com/mine' },
    ]) {
      const refused = await ask(narrow, 'updateWebhookEndpoint', { params, body });
      expect([refused.status, refused.body.pointer]).toEqual([422, '/scopes']);
    }
  });
});
