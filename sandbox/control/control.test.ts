import http from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Json, startTestSandbox, type TestSandbox } from '~/sandbox/testing/harness';

let sandbox: TestSandbox;
let root: Json;

beforeAll(async () => {
  sandbox = await startTestSandbox({ host: '0.0.0.0' });
});
afterAll(() => sandbox.stop());

beforeEach(async () => {
  await sandbox.control('POST', '/reset', {});
  root = await sandbox.rootAccount();
  await sandbox.fund(root.id, 1_000);
});

const pay = (key: string = crypto.randomUUID()) =>
  sandbox.signed(
    '/v2/transfers',
    {
      account_id: root.id,
      amount: 10,
      currency: 'MXN',
      counterparty: { account_number: '012969100000000110' },
    },
    { 'idempotency-key': key },
  );
const balance = async () => (await sandbox.api('GET', `/v2/accounts/${root.id}`)).body.available_balance;
const fault = (body: Json) => sandbox.control('POST', '/faults', body);

describe('faults', () => {
  test('a reset before the commit has no effect, one after it has all of it, and the same key tells', async () => {
    await fault({ kind: 'reset', method: 'POST', path: '/v2/transfers' });
    await expect(pay('before')).rejects.toThrow();
    expect(await balance()).toBe(1_000);
    expect((await pay('before')).status).toBe(201);

    await fault({ kind: 'reset', when: 'after_commit', method: 'POST', path: '/v2/transfers' });
    await expect(pay('after')).rejects.toThrow();
    expect(await balance()).toBe(980);
    expect((await pay('after')).status).toBe(201);
    expect(await balance()).toBe(980);
  });

  test('the answers of a broken edge: 429, HTML 500, empty 503, each as often as asked', async () => {
    await fault({ kind: 'rate_limit', count: 2 });
    expect([(await pay()).status, (await pay()).status, (await pay()).status]).toEqual([429, 429, 201]);
    await fault({ kind: 'html_500' });
    expect((await pay()).text).toContain('<html>');
    await fault({ kind: 'empty_503', when: 'after_commit' });
    const empty = await pay();
    expect([empty.status, empty.text]).toEqual([503, '']);
    expect(await balance()).toBe(980);
  });

  test('a refusal at the door, in Fintoc’s words or a proxy’s', async () => {
    await fault({ kind: 'refusal', status: 403, code: 'forbidden_account' });
    expect(await pay()).toMatchObject({ status: 403, body: { error: { code: 'forbidden_account' } } });
    await fault({ kind: 'refusal', status: 404 });
    expect((await pay()).text).toContain('<html>');
    expect(await balance()).toBe(1_000);
  });

  test("an API error is Fintoc's own answer, so its key replays it", async () => {
    await fault({ kind: 'api_error' });
    const first = await pay('stuck');
    expect(first).toMatchObject({ status: 500, body: { error: { type: 'api_error' } } });
    expect((await pay('stuck')).status).toBe(500);
    expect(await balance()).toBe(1_000);
  });

  test('a slow answer comes after the time asked, and only where asked', async () => {
    await fault({ kind: 'slow', delay_ms: 200, path: '/v2/accounts', method: 'GET' });
    expect((await pay()).status).toBe(201);
    const started = performance.now();
    await balance();
    expect(performance.now() - started).toBeGreaterThanOrEqual(195);
    await fault({ kind: 'slow', delay_ms: 60_000 });
    expect((await sandbox.control('GET', '/faults')).body).toHaveLength(1);
    await sandbox.control('DELETE', '/faults');
    expect((await pay()).status).toBe(201);
  });
});

test('a refusal can be lost on its way too, and its key replays it', async () => {
  await fault({ kind: 'reset', when: 'after_commit' });
  const key = crypto.randomUUID();
  const send = (amount: number) =>
    sandbox.signed(
      '/v2/transfers',
      {
        account_id: root.id,
        amount,
        currency: 'MXN',
        counterparty: { account_number: '012969100000000110' },
      },
      { 'idempotency-key': key },
    );
  await expect(send(5_000)).rejects.toThrow();
  await sandbox.fund(root.id, 10_000);
  expect((await send(5_000)).status).toBe(409);
});

test('a reset gives a fresh organisation, and never hands out a CLABE twice', async () => {
  const before = await sandbox.rootAccount();
  await sandbox.api('POST', '/v1/webhook_endpoints', { body: { url: 'https://example.com/hook' } });
  await sandbox.control('POST', '/reset', { keep_webhook_endpoints: true });
  const after = await sandbox.rootAccount();
  expect(after.available_balance).toBe(0);
  expect(after.root_account_number > before.root_account_number).toBe(true);
  expect((await sandbox.control('GET', '/state')).body).toMatchObject({
    accounts: 1,
    movements: 0,
    webhook_endpoints: 1,
    balanced: true,
  });
  await sandbox.control('POST', '/reset', {});
  expect((await sandbox.control('GET', '/state')).body.webhook_endpoints).toBe(0);
});

test('time goes forward only, and stays there over a restart', async () => {
  const { body: before } = await sandbox.control('GET', '/time');
  await sandbox.control('POST', '/time/advance', { seconds: 3_600 });
  await sandbox.restart();
  const { body: after } = await sandbox.control('GET', '/time');
  expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(3_600_000);
  expect((await sandbox.control('POST', '/time/advance', { ms: -1 })).status).toBe(400);
});

test('the counter of tracking keys begins again every day', async () => {
  const { body: first } = await pay();
  await sandbox.control('POST', '/time/advance', { seconds: 86_400 });
  const keys = await Promise.all(Array.from({ length: 5 }, async () => (await pay()).body.tracking_key));
  expect(keys.map((key) => key.slice(8)).sort()).toEqual(
    [1, 2, 3, 4, 5].map((n) => `90735${String(n).padStart(17, '0')}`),
  );
  expect(keys[0]?.slice(0, 8)).not.toBe(first.tracking_key.slice(0, 8));
});

test('health answers, and the control API answers nobody but this machine', async () => {
  expect((await sandbox.control('GET', '/health')).body).toEqual({ status: 'ok' });
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal);
  if (!outside) return;
  const { port } = new URL(sandbox.url);
  const status = await new Promise((resolve, reject) => {
    http
      .get(
        { host: outside.address, port, path: '/_control/state', localAddress: outside.address },
        (response) => resolve(response.statusCode),
      )
      .on('error', reject);
  });
  expect(status).toBe(403);
});

test('a web page that somebody here has open can’t drive it, by a form or by a name of its own', async () => {
  const { port } = new URL(sandbox.url);
  const ask = (headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/_control/faults', method: 'POST', headers };
      http
        .request(options, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end('{"kind":"slow"}');
    });
  const json = { 'content-type': 'application/json' };
  expect(await ask({ 'content-type': 'text/plain' })).toBe(415);
  expect(await ask({ 'content-type': 'application/x-www-form-urlencoded' })).toBe(415);
  expect(await ask({})).toBe(415);
  expect(await ask({ ...json, host: `rebound.example:${port}` })).toBe(403);
  expect(await ask({ ...json, host: '127.0.0.1.example' })).toBe(403);
  expect((await sandbox.control('GET', '/faults')).body).toEqual([]);
  expect(await ask({ ...json, host: `localhost:${port}` })).toBe(201);
});
