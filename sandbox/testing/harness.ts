import { Fintoc } from 'fintoc';
import { createJwsSignature } from '~/lib/rails/fintoc/signature';
import { createTestDatabase } from '~/lib/testing/database';
import { platformKeys } from '~/lib/testing/keys';
import type { SandboxOptions } from '~/sandbox/config';
import { startSandbox } from '~/sandbox/server';

export const SECRET_KEY = 'sk_test_sandbox';

const { privateKey, publicKey } = platformKeys();

/** What JSON.parse gives: a test asserts it instead of typing it. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  status: number;
  body: Json;
  text: string;
  headers: Headers;
}

interface Ask {
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestSandbox {
  readonly url: string;
  /** The official SDK, pointed here. */
  fintoc: Fintoc;
  /** Plain HTTP with the key. */
  api(method: string, path: string, ask?: Ask): Promise<Answer>;
  /** Plain HTTP with the key and a signature over the body. */
  signed(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Puts money into an account's root number and waits until it is there. */
  fund(accountId: string, amount: number): Promise<void>;
  rootAccount(): Promise<Json>;
  restart(options?: Partial<SandboxOptions>): Promise<void>;
  stop(): Promise<void>;
}

/** A sandbox on a database of its own, quick in everything that takes time. */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const database = await createTestDatabase();
  const start = (changed: Partial<SandboxOptions> = {}) =>
    startSandbox({
      databaseUrl: database.ownerUrl,
      port: 0,
      secretKey: SECRET_KEY,
      jwsPublicKey: publicKey,
      settleMs: 0,
      retryBaseMs: 20,
      transfersPerSecond: 0,
      poolSize: 10,
      ...options,
      ...changed,
    });
  let running = await start();
  const fintoc = new Fintoc(SECRET_KEY, privateKey);
  const point = () => {
    (fintoc.v2.transfers as unknown as { _client: { baseUrl: string } })._client.baseUrl = running.url;
  };
  point();

  const request = async (method: string, path: string, { body, headers = {} }: Ask): Promise<Answer> => {
    const response = await fetch(`${running.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : null,
      text,
      headers: response.headers,
    };
  };
  const api = (method: string, path: string, { body, headers = {} }: Ask = {}) =>
    request(method, path, { body, headers: { authorization: SECRET_KEY, ...headers } });
  const signed = (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const text = JSON.stringify(body);
    return api('POST', path, {
      body: text,
      headers: { 'fintoc-jws-signature': createJwsSignature(text, privateKey), ...headers },
    });
  };
  const control = (method: string, path: string, body?: unknown) =>
    request(method, `/_control${path}`, body === undefined ? {} : { body });

  return {
    get url() {
      return running.url;
    },
    fintoc,
    api,
    signed,
    control,
    rootAccount: async () => (await api('GET', '/v2/accounts')).body.find((account: Json) => account.is_root),
    fund: async (accountId, amount) => {
      const { body: account } = await api('GET', `/v2/accounts/${accountId}`);
      const { status } = await control('POST', '/inbound-transfers', {
        account_number_id: account.root_account_number_id,
        amount,
        settle: true,
      });
      if (status !== 201) throw new Error(`Funding was refused with ${status}.`);
    },
    restart: async (changed) => {
      await running.stop();
      running = await start(changed);
      point();
    },
    stop: async () => {
      await running.stop();
      await database.drop();
    },
  };
}

/** Waits until `check` gives something, and returns it. */
export async function eventually<T>(
  check: () => Promise<T | undefined | false | null> | T | undefined | false | null,
  ms = 60_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Nothing within ${ms} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Signs like the SDK does, with the key that the sandbox knows. */
export function sign(body: string, claims: { nonce?: string; ts?: number } = {}): string {
  return createJwsSignature(body, privateKey, claims);
}
