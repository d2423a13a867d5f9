import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { system } from '~/lib/actor';
import { db } from '~/lib/db';
import { registerEndpoint } from '~/lib/inbox/endpoints';
import { receiveDelivery } from '~/lib/inbox/receive';
import { syncFintoc } from '~/lib/inbox/sync';
import { platformKeys } from '~/lib/testing/keys';
import type { SandboxOptions } from '~/sandbox/config';
import { type RunningSandbox, startSandbox } from '~/sandbox/server';

const SECRET_KEY = 'sk_test_sandbox';
/** Where the local Fintoc's daily settlement goes, unless it is told otherwise. */
const DAILY_SETTLEMENT_CLABE = '012180000000000002';

/** What JSON.parse gives: a test asserts it instead of typing it. */
type Json = ReturnType<typeof JSON.parse>;

export type LocalFintoc = {
  readonly url: string;
  /** Asks for what Fintoc can't be asked to do: settle, fail, return, drop, reset after commit, ... */
  control(method: string, path: string, body?: object): Promise<Json>;
  /** Plain HTTP with the key, beside our gateway. */
  api(method: string, path: string, body?: object): Promise<Json>;
  /** Looks into, or ages, what the sandbox keeps. */
  sql<Row = Json>(text: string, values?: unknown[]): Promise<Row[]>;
  rootAccount(): Promise<Json>;
  /** Puts money into an account's root number, at once. */
  fund(accountId: string, amount: number): Promise<void>;
  /** The outbound transfers that stand at Fintoc, oldest first. */
  payouts(): Promise<Json[]>;
  /** Waits until every webhook that is due was delivered. */
  deliveriesDone(): Promise<void>;
  /** Nothing planned, nothing manual: as it was at first. */
  calm(): Promise<void>;
};

/**
 * A Fintoc for the tests of this file, over HTTP, with webhooks to `receiveDelivery`. It shares the file's database,
 * in its own schema. Call it after withTestDatabase(): each test starts synced and with an endpoint registered.
 */
export function withLocalFintoc(options: Partial<SandboxOptions> = {}): LocalFintoc {
  let sandbox: RunningSandbox | undefined;
  let receiver: http.Server | undefined;
  let pool: pg.Pool | undefined;
  beforeAll(async () => {
    // It makes its schema, and tests age and spoil rows through it: both as the owner.
    const databaseUrl = options.databaseUrl ?? process.env.TEST_DATABASE_OWNER_URL ?? '';
    pool = new pg.Pool({ connectionString: databaseUrl, max: 2, options: '-c TimeZone=UTC' });
    pool.on('error', () => undefined);
    sandbox = await startSandbox({
      databaseUrl,
      port: 0,
      secretKey: SECRET_KEY,
      jwsPublicKey: platformKeys().publicKey,
      settleMs: 0,
      retryBaseMs: 50,
      transfersPerSecond: 0,
      poolSize: 10,
      ...options,
    });
    receiver = await startReceiver();
    Object.assign(process.env, {
      FINTOC_BASE_URL: sandbox.url,
      FINTOC_SECRET_KEY: SECRET_KEY,
      FINTOC_TIMEOUT_MS: '4000',
      FINTOC_TRANSFERS_PER_SECOND: '1000',
      PUBLIC_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    });
    await db().setting.create({ data: { key: 'settlementNumber', value: { MXN: DAILY_SETTLEMENT_CLABE } } });
    await registerEndpoint(system('setup'));
    await syncFintoc(system('setup'));
  });
  afterAll(async () => {
    receiver?.closeAllConnections();
    receiver?.close();
    await sandbox?.stop();
    await pool?.end();
  });
  return connect(
    () => sandbox?.url ?? '',
    (text, values) => {
      if (!pool) throw new Error('The local Fintoc is not started yet.');
      return pool.query(text, values);
    },
  );
}

function connect(
  url: () => string,
  query: (text: string, values?: unknown[]) => Promise<pg.QueryResult>,
): LocalFintoc {
  const ask = async (method: string, path: string, body?: object): Promise<Json> => {
    const response = await fetch(`${url()}${path}`, {
      method,
      headers: { authorization: SECRET_KEY, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const control = (method: string, path: string, body?: object) => ask(method, `/_control${path}`, body);
  const sql = async <Row>(text: string, values?: unknown[]) => (await query(text, values)).rows as Row[];
  return {
    get url() {
      return url();
    },
    control,
    api: ask,
    sql,
    rootAccount: async () =>
      (await ask('GET', '/v2/accounts')).find((account: { is_root: boolean }) => account.is_root),
    fund: async (accountId, amount) => {
      const account = await ask('GET', `/v2/accounts/${accountId}`);
      const number = account.root_account_number_id;
      await control('POST', '/inbound-transfers', { account_number_id: number, amount, settle: true });
    },
    payouts: () => sql(`SELECT * FROM sandbox.transfers WHERE direction = 'outbound' ORDER BY seq`),
    deliveriesDone: () =>
      eventually(async () => {
        const [row] = await sql<{ open: number }>(`
          SELECT (SELECT count(*) FROM sandbox.deliveries WHERE status = 'pending')::int
               + (SELECT count(*) FROM sandbox.transfers WHERE due_at IS NOT NULL)::int AS open`);
        return row?.open === 0;
      }).then(() => undefined),
    calm: async () => {
      await control('DELETE', '/faults');
      await control('DELETE', '/delivery-rules');
      await control('POST', '/settlement-mode', { mode: 'auto' });
    },
  };
}

/** The front door without its frame: what app/api/webhooks/fintoc does with a request. */
async function startReceiver(): Promise<http.Server> {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { status } = await receiveDelivery(headers, Buffer.concat(chunks).toString('utf8'));
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Waits until `check` gives something, and answers it. */
export async function eventually<Result>(
  check: () => Promise<Result | undefined | false | null>,
  withinMs = 60_000,
): Promise<Result> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Nothing within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
