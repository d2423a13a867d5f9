import { once } from 'node:events';
import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { CLABE, fundedSandbox } from '~/sandbox/testing/funded';
import { type Json, SECRET_KEY, sign } from '~/sandbox/testing/harness';

const bank = fundedSandbox(1_000);

const body = () => ({
  ...{ account_id: bank.root.id, amount: 10, currency: 'MXN' },
  counterparty: { account_number: CLABE },
});
const pay = (key: string) => bank.sandbox.signed('/v2/transfers', body(), { 'idempotency-key': key });
const fault = (body: Json) => bank.sandbox.control('POST', '/faults', { kind: 'refusal', ...body });
const WHENS = ['before_commit', 'after_commit'] as const;

describe('an answer that is not of Fintoc', () => {
  const JSON_TYPE = 'application/json; charset=utf-8';
  const ANSWERS = [
    { type: 'text/html; charset=utf-8', text: '<html><body>Not here</body></html>' },
    { page: '', type: undefined, text: '' },
    { page: { message: 'Forbidden' }, type: JSON_TYPE, text: '{"message":"Forbidden"}' },
    { page: { error: 'x' }, type: JSON_TYPE, text: '{"error":"x"}' },
    { page: '{"id": "tr_', content_type: 'application/json', type: 'application/json', text: '{"id": "tr_' },
  ];

  test.each([403, 404, 407, 429, 400, 502, 503, 200])('%i, before and after the commit', async (status) => {
    let left = 1_000;
    for (const { type, text, ...answer } of ANSWERS) {
      for (const when of WHENS) {
        await fault({ ...answer, status, when });
        const key = crypto.randomUUID();
        expect(await ask(key)).toEqual({ status, type, text });
        const made = when === 'after_commit';
        expect(await bank.balanceOf(bank.root.id)).toBe(made ? left - 10 : left);
        expect((await pay(key)).status).toBe(201);
        left -= 10;
        expect(await bank.balanceOf(bank.root.id)).toBe(left);
      }
    }
  });

  test('it may come to what is only read', async () => {
    const { id } = await bank.send(10);
    await fault({ status: 404, page: { message: 'no Route matched' }, method: 'GET', path: '/v2/transfers' });
    expect(await bank.read(id)).toEqual({ message: 'no Route matched' });
    expect(await bank.read(id)).toMatchObject({ id });
  });
});

test.each(WHENS)('one of Fintoc’s codes %s', async (when) => {
  await fault({ status: 409, code: 'invalid_duplicated_transfer', when });
  const key = crypto.randomUUID();
  expect(await pay(key)).toMatchObject({
    status: 409,
    body: { error: { code: 'invalid_duplicated_transfer', type: 'invalid_request_error' } },
  });
  expect(await bank.balanceOf(bank.root.id)).toBe(when === 'before_commit' ? 1_000 : 990);
  expect((await pay(key)).status).toBe(201);
  expect(await bank.balanceOf(bank.root.id)).toBe(990);
});

test('what is no answer of Fintoc’s is no fault of Fintoc’s', async () => {
  expect((await fault({ status: 200, code: 'forbidden_account' })).status).toBe(400);
  expect((await fault({ status: 403, code: 'forbidden_account', page: '' })).status).toBe(400);
  expect((await fault({ status: 600 })).status).toBe(400);
});

/** As it comes: fetch would parse what only calls itself JSON, and keeps a 407 to itself. */
async function ask(key: string) {
  const text = JSON.stringify(body());
  const request = http.request(`${bank.sandbox.url}/v2/transfers`, {
    method: 'POST',
    headers: {
      ...{ authorization: SECRET_KEY, 'content-type': 'application/json' },
      ...{ 'fintoc-jws-signature': sign(text), 'idempotency-key': key },
    },
  });
  request.end(text);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return {
    status: response.statusCode,
    type: response.headers['content-type'],
    text: Buffer.concat(chunks).toString('utf8'),
  };
}
