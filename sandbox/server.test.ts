import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '~/lib/testing/database';
import { startSandbox } from '~/sandbox/server';
import { eventually, type Json } from '~/sandbox/testing/harness';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const options = () => ({ databaseUrl: database.ownerUrl, port: 0, secretKey: 'sk_test_x', settleMs: 0 });

async function get(url: string, path: string): Promise<Json> {
  return (await fetch(`${url}${path}`, { headers: { authorization: 'sk_test_x' } })).json();
}

test('several that start at once on one empty database make one organisation', async () => {
  const started = await Promise.all([1, 2, 3].map(() => startSandbox(options())));
  const accounts = await Promise.all(started.map(({ url }) => get(url, '/v2/accounts')));
  expect(new Set(accounts.flat().map(({ id }: Json) => id)).size).toBe(1);
  await Promise.all(started.map(({ stop }) => stop()));
});

test('several on one database settle every transfer once', async () => {
  const started = await Promise.all([1, 2].map(() => startSandbox(options())));
  const [{ url }] = started as [(typeof started)[number]];
  const [account] = await get(url, '/v2/accounts');
  const body = JSON.stringify({ account_number: account.root_account_number, amount: 3, count: 1_000 });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${url}/_control/inbound-transfers`, { method: 'POST', headers, body });
  const state = await eventually(async () => {
    const now = await get(url, '/_control/state');
    return !now.transfers.pending && now;
  });
  expect(state).toMatchObject({ balanced: true, movements: 1_000, events: 1_000, balances: { MXN: 3_000 } });
  await Promise.all(started.map(({ stop }) => stop()));
});

test('the program prints one line when it listens, and stops cleanly when told to', async () => {
  const port = await freePort();
  const child = run({ SANDBOX_DATABASE_URL: database.ownerUrl, SANDBOX_PORT: String(port) });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  expect(line.toString()).toBe(`Local Fintoc listening on http://127.0.0.1:${port}\n`);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the program names a wrong variable in one line and ends', async () => {
  const child = run({ SANDBOX_DATABASE_URL: database.ownerUrl, SANDBOX_PORT: 'x' });
  const [line] = (await once(child.stderr, 'data')) as [Buffer];
  expect(line.toString()).toMatch(/^Sandbox configuration: SANDBOX_PORT .*\n$/);
  expect(await once(child, 'exit')).toEqual([1, null]);
});

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  return port;
}

function run(env: Record<string, string>) {
  return spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', SANDBOX_SECRET_KEY: 'sk_test_x', ...env },
  });
}
