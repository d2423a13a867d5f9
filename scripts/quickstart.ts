/**
 * npm run quickstart, beside `npm start` with the local Fintoc: from nothing to a paid withdrawal in ten calls of the
 * API, with all that happened received at a webhook endpoint and verified by the `standardwebhooks` library.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { OperatorActor } from '~/lib/actor';
import { makeKey, revokeKey } from '~/lib/api/keys';
import { SCOPE_NAMES } from '~/lib/api/scopes';
import { decideApproval } from '~/lib/approvals-registry';
import { db, disconnect } from '~/lib/db';
import { env, isLocalFintoc } from '~/lib/env';

type Json = ReturnType<typeof JSON.parse>;

const api = new URL('/api/v1', `http://127.0.0.1:${env().PORT}`).href;
const AMOUNT = '59013';
const PATIENCE_MS = 180_000;
let calls = 0;

async function somebody(role: 'admin' | 'approver'): Promise<OperatorActor> {
  const found = await db().operator.findFirst({
    where: { role, disabledAt: null },
    orderBy: { createdAt: 'asc' },
  });
  if (!found) throw new Error(`No ${role} is here: npm start seeds them.`);
  return { kind: 'operator', id: found.id, name: found.name, role };
}

/** A key that may all, as two people make it in the console. */
async function key(): Promise<{ secret: string; end: () => Promise<unknown> }> {
  const [admin, approver] = [await somebody('admin'), await somebody('approver')];
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { id, secret = '' } = await makeKey(admin, { name: 'Quickstart', scopes: SCOPE_NAMES, expiresAt });
  const waiting = await db().approval.findFirstOrThrow({ where: { action: 'key.make', subjectId: id } });
  await decideApproval(approver, { approvalId: waiting.id, verdict: 'approved' });
  return { secret, end: () => revokeKey(admin, { keyId: id, reason: 'The quickstart is over' }) };
}

/** Whoever receives: verifies each message, and keeps what is genuine. */
async function receiver() {
  const received = new Map<string, Json>();
  let secret = '';
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    try {
      const event = new Webhook(secret).verify(text, request.headers as Record<string, string>) as Json;
      received.set(event.id, event);
      response.writeHead(204).end();
    } catch {
      response.writeHead(401).end();
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    knows: (its: string) => {
      secret = its;
    },
    close: () => server.close(),
  };
}

function caller(secret: string) {
  const call = async (method: 'GET' | 'POST', path: string, body?: object): Promise<Json> => {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        ...(body && { 'idempotency-key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.detail}`);
    return answer;
  };
  const say = (method: string, path: string, found: string) => {
    calls += 1;
    console.log(`${String(calls).padStart(2)}  ${method.padEnd(4)} ${path.padEnd(52)} ${found}`);
  };
  return {
    tidy: (path: string) => call('POST', path, {}),
    post: async (path: string, body: object, found: (answer: Json) => string): Promise<Json> => {
      const answer = await call('POST', path, body);
      say('POST', path, found(answer));
      return answer;
    },
    /** Asked again until it is so: an account opens, and money moves, in their own time. */
    get: async (path: string, found: (answer: Json) => string | null): Promise<Json> => {
      for (const since = Date.now(); ; await sleep(500)) {
        const answer = await call('GET', path);
        const told = found(answer);
        if (told !== null) say('GET', path, told);
        if (told !== null) return answer;
        if (Date.now() - since > PATIENCE_MS) throw new Error(`GET ${path}: not yet, after three minutes.`);
      }
    },
  };
}

async function quickstart(): Promise<void> {
  if (!isLocalFintoc()) throw new Error('The quickstart moves money at the local Fintoc alone.');
  const [{ secret, end }, hook] = [await key(), await receiver()];
  const { post, get, tidy } = caller(secret);
  const to = { name: 'Quickstart', url: hook.url, event_types: ['*'] };
  const endpoint = await post('/webhook-endpoints', to, ({ id }) => id);
  hook.knows(endpoint.secret);
  const wallet = { asset: 'MXN', pattern: 'A', name: 'Monedero de Ana' };
  const ana = { kind: 'individual', name: 'Ana López', tax_id: 'LOHA900101AB1', wallet };
  const { id } = (await post('/customers', ana, (made) => `${made.id}, ${made.wallet.id}`)).wallet;
  const open = await get(`/wallets/${id}`, ({ status, assets }) =>
    status === 'open' ? `open, CLABE ${assets[0].account_number.number}` : null,
  );
  const number = open.assets[0].account_number.id;
  const deposit = { account_number_id: number, asset: 'MXN', amount: '250000' };
  await post('/test/deposits', deposit, (made) => made.deposit_id);
  await get(`/wallets/${id}/balance`, ({ balances: [{ available }] }) =>
    available === '250000' ? `available ${available}` : null,
  );
  const payout = { wallet_id: id, asset: 'MXN', amount: AMOUNT, destination: '012180012345678909' };
  const withdrawal = await post(
    '/withdrawals',
    { ...payout, beneficiary_name: 'Ana López' },
    (made) => made.id,
  );
  await get(`/withdrawals/${withdrawal.id}`, ({ status, tracking_key }) =>
    status === 'succeeded' ? `succeeded, ${tracking_key}` : null,
  );
  await get(`/wallets/${id}/transactions`, ({ data }) => data.map((row: Json) => row.amount).join(', '));
  await get('/events', ({ data }) => `${data.length} events, the oldest first`);
  const isTold = () => [...hook.received.values()].some(({ type }) => type === 'withdrawal.succeeded');
  await get(`/webhook-endpoints/${endpoint.id}`, ({ last_success_at: at }) =>
    at && isTold() ? 'told' : null,
  );
  console.log(`\n${hook.received.size} messages, each verified:`);
  for (const { type, subject } of hook.received.values()) console.log(`    ${type.padEnd(28)} ${subject.id}`);
  await tidy(`/webhook-endpoints/${endpoint.id}/remove`);
  hook.close();
  await end();
}

try {
  await quickstart();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await disconnect();
}
