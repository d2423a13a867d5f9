import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { forgetRequests } from '~/lib/api/idempotency';
import { publicId } from '~/lib/api/ids';
import { revokeKey, rotateKey } from '~/lib/api/keys';
import { db } from '~/lib/db';
import { ask, someKey, type TestKey } from '~/lib/testing/api';
import { withTestDatabase } from '~/lib/testing/database';
import { someCustomer, someWallet } from '~/lib/testing/factories';
import { tamper } from '~/lib/testing/tampering';

withTestDatabase();

let key: TestKey;

beforeAll(async () => {
  process.env.API_REQUESTS_PER_SECOND = '100000';
  key = await someKey();
});

const NOTHING = '01890a5d-ac96-774b-bcce-b302099a8057';
describe('a key', () => {
  it.each([
    ['none', '', 'key_missing'],
    ['one that nobody made', `mk_test_${'0'.repeat(64)}`, 'key_unknown'],
  ])('is asked for: %s is refused', async (_what, secret, code) => {
    const { status, headers, body } = await ask(secret, 'listWallets');
    expect({ status, code: body.code }).toEqual({ status: 401, code });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(headers.get('content-type')).toBe('application/problem+json');
  });

  it('that is revoked, expired or waits for a second person is none', async () => {
    const { id, secret, maker } = await someKey(['wallets:read']);
    expect((await ask(secret, 'listWallets')).status).toBe(200);
    await revokeKey(maker, { keyId: id, reason: 'Leaked' });
    expect((await ask(secret, 'listWallets')).body.code).toBe('key_revoked');
    const over = await someKey(['wallets:read'], { expiresAt: new Date(Date.now() + 3_600_000) });
    expect((await ask(over.secret, 'listWallets')).status).toBe(200);
    await tamper(`UPDATE api_keys SET expires_at = now() WHERE id = $1`, [over.id]);
    expect((await ask(over.secret, 'listWallets')).body.code).toBe('key_expired');
  });

  it('that is rotated is known by both secrets for a while, and at once by the new one alone', async () => {
    const { id, secret, maker } = await someKey(['wallets:read']);
    const { secret: second = '' } = await rotateKey(maker, { keyId: id, overlapHours: 1 });
    expect((await ask(secret, 'listWallets')).status).toBe(200);
    const { secret: third = '' } = await rotateKey(maker, { keyId: id, overlapHours: 0 });
    expect((await ask(secret, 'listWallets')).body.code).toBe('key_rotated');
    expect((await ask(second, 'listWallets')).body.code).toBe('key_rotated');
    expect((await ask(third, 'listWallets')).status).toBe(200);
  });

  it('with addresses is taken from those alone, as the proxy before us saw them', async () => {
    const { secret } = await someKey(['wallets:read'], { addresses: ['203.0.113.0/24', '2001:db8::/32'] });
    const from = (hops: string) => ask(secret, 'listWallets', { headers: { 'x-forwarded-for': hops } });
    expect((await from('203.0.113.9')).status).toBe(200);
    expect((await from('::ffff:203.0.113.9')).status).toBe(200);
    expect((await from('2001:db8::7')).status).toBe(200);
    expect((await from('203.0.113.9, 198.51.100.1')).body.code).toBe('address_not_allowed');
    expect((await from('')).body.code).toBe('address_not_allowed');
  });

  it('says when it was last used', async () => {
    const { id, secret } = await someKey(['wallets:read']);
    await ask(secret, 'listWallets');
    const { lastUsedAt } = await db().apiKey.findUniqueOrThrow({ where: { id } });
    await ask(secret, 'listWallets');
    expect((await db().apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt).toEqual(lastUsedAt);
    expect(lastUsedAt).not.toBeNull();
  });
});

describe('what isn’t known', () => {
  it('is refused by its name: a filter, a field, a version, an address', async () => {
    const filter = await ask(key.secret, 'listWallets', { query: { state: 'open' } });
    expect(filter).toMatchObject({ status: 400, body: { code: 'unknown_field', parameter: 'state' } });
    const field = await ask(key.secret, 'createCustomer', { body: { naem: 'Ana' } });
    expect(field.status).toBe(400);
    expect(field.body.errors).toContainEqual(expect.objectContaining({ pointer: '/naem', code: 'unknown' }));
    expect(field.body.errors).toContainEqual(expect.objectContaining({ pointer: '/name', code: 'required' }));
    const version = await ask(key.secret, 'listWallets', { headers: { 'monedero-version': '2020-01-01' } });
    expect(version.body.code).toBe('version_unknown');
    expect((await ask(key.secret, 'getWallet', { params: { id: 'wal_1' } })).status).toBe(404);
    expect(
      (await ask(key.secret, 'getWallet', { params: { id: publicId('customer', NOTHING) } })).status,
    ).toBe(404);
  });

  it.each([
    ['a cursor that no page gave', { cursor: 'abc' }],
    ['a status that there isn’t', { status: 'opened' }],
    ['a limit over 100', { limit: '101' }],
    ['a limit of nothing', { limit: '' }],
    ['a day that there isn’t', { created_from: '2026-02-30T00:00:00Z' }],
    ['a time before there were any', { created_from: '0000-01-01T00:00:00Z' }],
    ['one value twice', { asset: ['MXN', 'MXN'] }],
  ])('%s is 400, never the whole list', async (_what, query: Record<string, string | string[]>) => {
    const { status, body } = await ask(key.secret, 'listWallets', { query });
    expect([status, body.parameter]).toEqual([400, Object.keys(query)[0]]);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a number', '7'],
    ['one that says a thing twice', '{"name":"Ana","n\\u0061me":"Beto"}'],
  ])('a body that is %s is 400', async (_what, body) => {
    expect((await ask(key.secret, 'createCustomer', { body })).status).toBe(400);
  });

  it('a name may stand in a text, and again in another object', async () => {
    const body =
      '{"kind":"individual","name":"\\"name\\": x","tax_id":"MUAD800101AB1","wallet":{"asset":"MXN","pattern":"A","name":"B"}}';
    expect((await ask(key.secret, 'createCustomer', { body })).status).toBe(201);
  });

  it('one value given twice, and a time whose + became a space, are told as what they are', async () => {
    const twice = await ask(key.secret, 'listWallets', { query: { limit: ['1', '2'] } });
    expect(twice.body.errors).toMatchObject([{ parameter: 'limit', code: 'several' }]);
    const plus = await ask(key.secret, 'listWallets', {
      query: { created_from: '2026-01-01T00:00:00 05:00' },
    });
    expect(plus.body).toMatchObject({ parameter: 'created_from', detail: expect.stringContaining('%2B') });
  });

  it('a body over 64 KB is 413', async () => {
    const { status } = await ask(key.secret, 'createCustomer', { body: { name: 'x'.repeat(70_000) } });
    expect(status).toBe(413);
  });
});

const customer = () => ({
  kind: 'individual',
  name: 'Ana López',
  tax_id: 'MUAD800101AB1',
  external_id: randomUUID(),
});

describe('an Idempotency-Key', () => {
  const under = (idempotencyKey: string, body: object) =>
    ask(key.secret, 'createCustomer', { body, headers: { 'idempotency-key': idempotencyKey } });

  it('gives the same request the same answer, marked, however its body was written', async () => {
    const body = customer();
    const first = await under('one', body);
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const again = await under('one', Object.fromEntries(Object.entries(body).reverse()));
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('is another request’s no more, and every key has its own', async () => {
    await under('two', customer());
    expect((await under('two', customer())).body.code).toBe('idempotency_key_reused');
    const other = await someKey(['customers:write']);
    const { status } = await ask(other.secret, 'createCustomer', {
      body: customer(),
      headers: { 'idempotency-key': 'two' },
    });
    expect(status).toBe(201);
  });

  it('is asked for', async () => {
    const { status, body } = await under('', customer());
    expect([status, body.code]).toEqual([400, 'idempotency_key_invalid']);
  });

  it('of twenty at once makes one; the others hear 409 or the answer', async () => {
    const body = customer();
    const answers = await Promise.all(Array.from({ length: 20 }, () => under('twenty', body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set([201, 409].slice(0, new Set(answers.map(({ status }) => status)).size)),
    );
    for (const { status, body: said, headers } of answers)
      if (status === 409)
        expect([said.code, headers.get('retry-after')]).toEqual(['idempotency_key_in_use', '1']);
    expect(await db().customer.count({ where: { externalId: body.external_id } })).toBe(1);
    expect((await under('twenty', body)).status).toBe(201);
  });

  it('makes nothing twice where whoever was to answer died after it was done', async () => {
    const body = customer();
    const first = await under('crash', body);
    await db().apiRequest.updateMany({
      where: { keyId: key.id, idempotencyKey: 'crash' },
      data: { status: null, body: null, leaseUntil: new Date(0) },
    });
    const again = await under('crash', body);
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  });

  it('is kept for thirty days, and no longer', async () => {
    const [old, young] = [customer(), customer()];
    for (const [name, days, body] of [
      ['old', 31, old],
      ['young', 29, young],
    ] as const) {
      await under(name, body);
      const aged =
        'UPDATE api_requests SET created_at = now() - make_interval(days => $2) WHERE idempotency_key = $1';
      await tamper(aged, [name, days]);
    }
    await forgetRequests();
    expect((await under('young', young)).headers.get('idempotent-replayed')).toBe('true');
    expect(await db().apiRequest.count({ where: { idempotencyKey: 'old' } })).toBe(0);
  });

  it('keeps a refusal as well', async () => {
    const body = customer();
    await under('taken-first', body);
    const refused = await under('taken', body);
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid', pointer: '/external_id' } });
    const again = await under('taken', body);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([422, 'true']);
    expect(again.body).toEqual(refused.body);
  });
});

describe('a list', () => {
  it('gives each row once over its pages, and says where it goes on', async () => {
    const { id: customerId } = await someCustomer();
    const body = { customer_id: publicId('customer', customerId), asset: 'MXN', pattern: 'A', name: 'Uno' };
    for (let n = 0; n < 5; n += 1) expect((await ask(key.secret, 'createWallet', { body })).status).toBe(201);
    const seen: string[] = [];
    const query: Record<string, string> = { customer_id: body.customer_id, limit: '2' };
    for (let pages = 1; ; pages += 1) {
      const page = await ask(key.secret, 'listWallets', { query });
      seen.push(...page.body.data.map(({ id }: { id: string }) => id));
      const link = page.headers.get('link');
      expect(link === null).toBe(!page.body.has_more);
      if (!page.body.has_more) break;
      expect(link).toBe(
        `</api/v1/wallets?${new URLSearchParams({ ...query, cursor: page.body.next_cursor })}>; rel="next"`,
      );
      query.cursor = page.body.next_cursor;
      expect(pages).toBeLessThan(4);
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });
});

it('a read that somebody has already is told so', async () => {
  const { id } = await someWallet();
  const params = { id: publicId('wallet', id) };
  const first = await ask(key.secret, 'getWallet', { params });
  const etag = first.headers.get('etag') ?? '';
  const again = await ask(key.secret, 'getWallet', { params, headers: { 'if-none-match': etag } });
  expect([again.status, again.body]).toEqual([304, null]);
  await ask(key.secret, 'updateWallet', { params, body: { name: 'Otro' } });
  expect((await ask(key.secret, 'getWallet', { params, headers: { 'if-none-match': etag } })).status).toBe(
    200,
  );
});
