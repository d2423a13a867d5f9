import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { answer, monedero, type Schemas } from '~/clients/typescript/client';
import type { paths } from '~/clients/typescript/schema';

type Body<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Sent } } };
}
  ? Sent
  : never;

/** The calls of the quickstart; how they are made is another matter. */
export type Calls = {
  createEndpoint(body: Body<'/webhook-endpoints'>): Promise<Schemas['WebhookEndpointWithSecret']>;
  createCustomer(body: Body<'/customers'>): Promise<Schemas['CreatedCustomer']>;
  wallet(id: string): Promise<Schemas['Wallet']>;
  deposit(body: Body<'/test/deposits'>): Promise<Schemas['TestDeposit']>;
  balance(id: string): Promise<Schemas['Balance']>;
  createWithdrawal(body: Body<'/withdrawals'>): Promise<Schemas['Payout']>;
  withdrawal(id: string): Promise<Schemas['Withdrawal']>;
  transactions(id: string): Promise<Schemas['WalletTransactionList']>;
  /** From where a reader stood, or from the beginning. */
  events(cursor?: string): Promise<Schemas['EventList']>;
  endpoint(id: string): Promise<Schemas['WebhookEndpoint']>;
  removeEndpoint(id: string): Promise<unknown>;
};

export type Access = { url: string; key: string };

export function byClient(access: Access): Calls {
  const api = monedero(access);
  const of = (id: string) => ({ params: { path: { id } } });
  return {
    createEndpoint: (body) => answer(api.POST('/webhook-endpoints', { body })),
    createCustomer: (body) => answer(api.POST('/customers', { body })),
    wallet: (id) => answer(api.GET('/wallets/{id}', of(id))),
    deposit: (body) => answer(api.POST('/test/deposits', { body })),
    balance: (id) => answer(api.GET('/wallets/{id}/balance', of(id))),
    createWithdrawal: (body) => answer(api.POST('/withdrawals', { body })),
    withdrawal: (id) => answer(api.GET('/withdrawals/{id}', of(id))),
    transactions: (id) => answer(api.GET('/wallets/{id}/transactions', of(id))),
    events: (cursor) => answer(api.GET('/events', { params: { query: { ...(cursor && { cursor }) } } })),
    endpoint: (id) => answer(api.GET('/webhook-endpoints/{id}', of(id))),
    removeEndpoint: (id) => answer(api.POST('/webhook-endpoints/{id}/remove', { ...of(id), body: {} })),
  };
}

const run = promisify(execFile);

export function byCurl({ url, key }: Access): Calls {
  const ask = async (path: string, body?: object) => {
    const posting = ['-H', `Idempotency-Key: ${randomUUID()}`, '-d', JSON.stringify(body)];
    const { stdout } = await run('curl', [
      ...['-sS', '--fail-with-body', '-H', `Authorization: Bearer ${key}`],
      ...['-H', 'Content-Type: application/json', ...(body ? posting : []), `${url}/api/v1${path}`],
    ]).catch((error: { stdout?: string; message: string }) => {
      throw new Error(`${path}: ${error.stdout || error.message}`);
    });
    return JSON.parse(stdout);
  };
  return {
    createEndpoint: (body) => ask('/webhook-endpoints', body),
    createCustomer: (body) => ask('/customers', body),
    wallet: (id) => ask(`/wallets/${id}`),
    deposit: (body) => ask('/test/deposits', body),
    balance: (id) => ask(`/wallets/${id}/balance`),
    createWithdrawal: (body) => ask('/withdrawals', body),
    withdrawal: (id) => ask(`/withdrawals/${id}`),
    transactions: (id) => ask(`/wallets/${id}/transactions`),
    events: (cursor) => ask(`/events${cursor ? `?cursor=${cursor}` : ''}`),
    endpoint: (id) => ask(`/webhook-endpoints/${id}`),
    removeEndpoint: (id) => ask(`/webhook-endpoints/${id}/remove`, {}),
  };
}
