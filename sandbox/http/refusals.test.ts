import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Answer,
  eventually,
  type Json,
  SECRET_KEY,
  sign,
  startTestSandbox,
  type TestSandbox,
} from '~/sandbox/testing/harness';

let sandbox: TestSandbox;
let root: Json;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  root = await sandbox.rootAccount();
  await sandbox.fund(root.id, 1_000_000);
});
afterAll(() => sandbox.stop());

const CLABE = '012969100000000110';
const transfer = (changes: Json = {}) => ({
  account_id: root.id,
  amount: 100,
  currency: 'MXN',
  counterparty: { account_number: CLABE },
  ...changes,
});
const code = ({ body }: Answer) => body.error.code;
const balance = async () => (await sandbox.api('GET', `/v2/accounts/${root.id}`)).body.available_balance;

describe('keys', () => {
  test('the key is taken raw and behind Bearer', async () => {
    for (const authorization of [SECRET_KEY, `Bearer ${SECRET_KEY}`])
      expect((await sandbox.api('GET', '/v2/accounts', { headers: { authorization } })).status).toBe(200);
  });

  test('no key, another key and a live key are refused with 401 and the documented envelope', async () => {
    const ask = (authorization: string) => sandbox.api('GET', '/v2/accounts', { headers: { authorization } });
    expect(code(await ask(''))).toBe('authentication');
    expect(code(await ask('sk_test_other'))).toBe('invalid_api_key');
    const live = await ask('sk_live_x');
    expect(live.status).toBe(401);
    expect(live.body).toEqual({
      error: {
        type: 'authentication_error',
        code: 'invalid_api_key_mode',
        message: expect.any(String),
        param: null,
        doc_url: expect.stringContaining('https://'),
      },
    });
  });

  test('what does not exist is 404, what can not be done there is 405', async () => {
    expect(await sandbox.api('GET', '/v2/nothing')).toMatchObject({ status: 404 });
    expect(await sandbox.api('PUT', '/v2/accounts')).toMatchObject({ status: 405 });
    expect(code(await sandbox.api('GET', '/v2/transfers/tr_none'))).toBe('missing_resource');
  });
});

describe('request signatures', () => {
  test('money does not move without one, nor with one over another body', async () => {
    const before = await balance();
    for (const path of ['/v2/transfers', '/v2/transfers/return', '/v2/account_verifications']) {
      const unsigned = await sandbox.api('POST', path, { body: transfer() });
      expect(unsigned).toMatchObject({
        status: 401,
        body: { error: { code: 'missing_jws_signature_header' } },
      });
    }
    const text = JSON.stringify(transfer());
    const headers = { 'fintoc-jws-signature': sign(text) };
    const tampered = await sandbox.api('POST', '/v2/transfers', {
      body: text.replace('100', '900'),
      headers,
    });
    expect(tampered).toMatchObject({
      status: 401,
      body: { error: { code: 'invalid_jws_signature_header' } },
    });
    expect(await balance()).toBe(before);
  });

  test('a nonce is used once, also after a restart', async () => {
    const text = JSON.stringify(transfer());
    const headers = { 'fintoc-jws-signature': sign(text, { nonce: 'a1'.repeat(16) }) };
    expect((await sandbox.api('POST', '/v2/transfers', { body: text, headers })).status).toBe(201);
    expect(code(await sandbox.api('POST', '/v2/transfers', { body: text, headers }))).toBe(
      'jws_nonce_already_used',
    );
    await sandbox.restart();
    expect(code(await sandbox.api('POST', '/v2/transfers', { body: text, headers }))).toBe(
      'jws_nonce_already_used',
    );
  });

  test('a signature of ten minutes ago is refused', async () => {
    const text = JSON.stringify(transfer());
    const headers = { 'fintoc-jws-signature': sign(text, { ts: Math.floor(Date.now() / 1000) - 600 }) };
    expect(code(await sandbox.api('POST', '/v2/transfers', { body: text, headers }))).toBe('invalid_jws_ts');
  });
});

describe('parameters of a transfer', () => {
  const cases: [string, Json, number, string][] = [
    ['no account', { account_id: undefined }, 400, 'missing_parameter'],
    ['an unknown account', { account_id: 'acc_none' }, 404, 'missing_resource'],
    ['no amount', { amount: undefined }, 400, 'missing_parameter'],
    ['an amount of zero', { amount: 0 }, 400, 'invalid_amount'],
    ['a broken amount', { amount: 1.5 }, 400, 'invalid_amount'],
    ['an amount as text', { amount: '1e3' }, 400, 'invalid_amount'],
    ['an unknown currency', { currency: 'USD' }, 400, 'invalid_currency'],
    [
      'dollars where there are pesos',
      { currency: 'CLP', counterparty: chilean() },
      400,
      'mismatch_transfer_account_currency',
    ],
    ['no counterparty', { counterparty: undefined }, 400, 'missing_parameter'],
    ['a counterparty that is text', { counterparty: CLABE }, 400, 'invalid_hash'],
    ['no account number', { counterparty: {} }, 400, 'missing_parameter'],
    ['a wrong check digit', { counterparty: { account_number: '012969100000000111' } }, 400, 'invalid_clabe'],
    ['a short number', { counterparty: { account_number: '0129691' } }, 400, 'invalid_account_number'],
    [
      'a card without its bank',
      { counterparty: { account_number: '4152313000000000' } },
      400,
      'missing_parameter',
    ],
    ['a long comment', { comment: 'x'.repeat(41) }, 400, 'invalid_comment_size'],
    ['a long reference', { reference_id: '12345678' }, 400, 'invalid_reference_id_size'],
    ['a reference with a leading zero', { reference_id: '0123' }, 400, 'invalid_integer'],
    ['metadata that is a list', { metadata: ['a'] }, 400, 'invalid_hash'],
    ['more than there is', { amount: 999_999_999 }, 409, 'insufficient_balance'],
  ];

  test.each(cases)('%s is refused, and nothing moves', async (_title, changes, status, expected) => {
    const before = await balance();
    const answer = await sandbox.signed('/v2/transfers', transfer(changes));
    expect({ status: answer.status, code: code(answer) }).toEqual({ status, code: expected });
    expect(await balance()).toBe(before);
  });

  test('fields that SDKs add and nobody knows are ignored', async () => {
    const answer = await sandbox.signed(
      '/v2/transfers',
      transfer({ path_: '/x', idempotency_key: 'k', more: { a: 1 } }),
    );
    expect(answer.status).toBe(201);
  });

  test('a body that is not a JSON object is invalid_json', async () => {
    expect(code(await sandbox.api('POST', '/v2/accounts', { body: '{' }))).toBe('invalid_json');
    expect(code(await sandbox.api('POST', '/v2/accounts', { body: '[]' }))).toBe('invalid_json');
  });
});

describe('idempotency', () => {
  let key: string;
  beforeEach(() => {
    key = crypto.randomUUID();
  });
  const send = (changes: Json = {}) =>
    sandbox.signed('/v2/transfers', transfer(changes), { 'idempotency-key': key });

  test('the same key pays once and gives the first answer again, over a restart too', async () => {
    const before = await balance();
    const first = await send();
    const again = await send();
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    await sandbox.restart();
    expect((await send()).text).toBe(first.text);
    expect(await balance()).toBe(before - 100);
  });

  test('twenty at once with one key pay once', async () => {
    const before = await balance();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send({ amount: 7 })));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await balance()).toBe(before - 7);
  });

  test('a refusal is replayed too, even when it would now succeed', async () => {
    const short = (await balance()) + 1;
    expect((await send({ amount: short })).status).toBe(409);
    await sandbox.fund(root.id, 1_000);
    expect(code(await send({ amount: short }))).toBe('insufficient_balance');
  });

  test('the same key with other parameters is refused', async () => {
    await send();
    const other = await send({ amount: 101 });
    expect(other).toMatchObject({ status: 409, body: { error: { type: 'invalid_request_error' } } });
  });

  test('nothing is kept of a request that was not authenticated', async () => {
    const body = transfer();
    const refused = await sandbox.api('POST', '/v2/transfers', { body, headers: { 'idempotency-key': key } });
    expect(refused.status).toBe(401);
    expect((await send()).status).toBe(201);
  });

  test('after a day the key is new', async () => {
    const first = await send();
    await sandbox.control('POST', '/time/advance', { seconds: 24 * 3_600 + 1 });
    const later = await send();
    expect(later.status).toBe(201);
    expect(later.body.id).not.toBe(first.body.id);
  });

  test('a key belongs to its path, and may have 255 characters', async () => {
    await send();
    const headers = { 'idempotency-key': key };
    const account = await sandbox.api('POST', '/v2/accounts', {
      body: { entity_id: root.entity.id },
      headers,
    });
    expect(account.status).toBe(201);
    const long = await sandbox.api('POST', '/v2/accounts', {
      body: {},
      headers: { 'idempotency-key': 'k'.repeat(256) },
    });
    expect(long.status).toBe(400);
  });
});

test('over the limit of money-moving requests the answer is 429, until a second has passed', async () => {
  await sandbox.control('POST', '/rate-limit', { transfers_per_second: 3 });
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => sandbox.signed('/v2/transfers', transfer())),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.map(code)).toEqual(Array(3).fill('rate_limit_exceeded'));
  expect((await sandbox.api('GET', '/v2/transfers')).status).toBe(200);
  await eventually(async () => (await sandbox.signed('/v2/transfers', transfer())).status === 201);
  await sandbox.control('POST', '/rate-limit', { transfers_per_second: 0 });
});

function chilean() {
  return {
    holder_id: '12345678-5',
    account_number: '123',
    account_type: 'checking_account',
    institution_id: 'cl_banco_estado',
  };
}
