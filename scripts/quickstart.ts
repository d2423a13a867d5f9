/**
 * npm run quickstart [-- --curl], beside `npm start` with the local Fintoc: from nothing to a paid withdrawal in ten calls
 * of the API, by the TypeScript client or by curl, with all that happened received at a webhook endpoint and verified by
 * the `standardwebhooks` library.
 */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Webhook } from 'standardwebhooks';
import type { OperatorActor } from '~/lib/actor';
import { makeKey, revokeKey } from '~/lib/api/keys';
import { SCOPE_NAMES } from '~/lib/api/scopes';
import { db, disconnect } from '~/lib/db';
import { decideApproval } from '~/lib/deciding/registry';
import { env, isLocalFintoc } from '~/lib/env';
import { byClient, byCurl } from './lib/quickstart-calls.ts';

type Event = { id: string; type: string; subject: { id: string } };

const { values } = parseArgs({ options: { curl: { type: 'boolean', default: false } } });
const DEPOSIT = '250000';
const PAYOUT = '59013';
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
  const received = new Map<string, Event>();
  let secret = '';
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    try {
      const event = new Webhook(secret).verify(text, request.headers as Record<string, string>) as Event;
      received.set(event.id, event);
      response.writeHead(204).end();
    } catch {
      response.writeHead(401).end();
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // What goes wrong elsewhere ends the program all the same.
  server.unref();
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    knows: (its: string) => {
      secret = its;
    },
    close: () => server.close(),
  };
}

function say(what: string, found: string): void {
  calls += 1;
  console.log(`${String(calls).padStart(2)}  ${what.padEnd(46)} ${found}`);
}

/** Asked again until it is so: an account opens, and money moves, in their own time. */
async function until<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  found: (answer: Answer) => string | false | null,
): Promise<Answer> {
  for (const since = Date.now(); ; await sleep(500)) {
    const answer = await ask();
    const told = found(answer);
    if (told) say(what, told);
    if (told) return answer;
    if (Date.now() - since > PATIENCE_MS) throw new Error(`${what}: not yet, after three minutes.`);
  }
}

/** Whether an event is the end of this payout. */
const isOf =
  (id: string) =>
  ({ type, subject }: { type: string; subject: { id: string } }) =>
    type === 'withdrawal.succeeded' && subject.id === id;

async function quickstart(): Promise<void> {
  if (!isLocalFintoc()) throw new Error('The quickstart moves money at the local Fintoc alone.');
  const [{ secret, end }, hook] = [await key(), await receiver()];
  const access = { url: `http://127.0.0.1:${env().PORT}`, key: secret };
  const api = values.curl ? byCurl(access) : byClient(access);

  const endpoint = await api.createEndpoint({ name: 'Quickstart', url: hook.url, event_types: ['*'] });
  hook.knows(endpoint.secret ?? '');
  say('POST /webhook-endpoints', endpoint.id);
  const { id: customer, wallet } = await api.createCustomer({
    ...{ kind: 'individual', name: 'Ana López', tax_id: 'LOHA900101AB1' },
    wallet: { asset: 'MXN', pattern: 'A', name: 'Monedero de Ana' },
  });
  const id = wallet?.id ?? '';
  say('POST /customers', `${customer}, ${id}`);
  const opened = await until(
    'GET  /wallets/{id}',
    () => api.wallet(id),
    ({ status, assets }) => status === 'open' && `open, CLABE ${assets[0]?.account_number?.number}`,
  );
  const number = opened.assets[0]?.account_number?.id ?? '';
  const deposit = await api.deposit({ account_number_id: number, asset: 'MXN', amount: DEPOSIT });
  say('POST /test/deposits', deposit.deposit_id);
  await until(
    'GET  /wallets/{id}/balance',
    () => api.balance(id),
    ({ balances: [pesos] }) => pesos?.available === DEPOSIT && `available ${pesos.available}`,
  );
  const withdrawal = await api.createWithdrawal({
    ...{ wallet_id: id, asset: 'MXN', amount: PAYOUT },
    ...{ destination: '012180012345678909', beneficiary_name: 'Ana López' },
  });
  say('POST /withdrawals', withdrawal.id);
  await until(
    'GET  /withdrawals/{id}',
    () => api.withdrawal(withdrawal.id),
    ({ status, tracking_key }) => status === 'succeeded' && `succeeded, ${tracking_key}`,
  );
  const { data: history } = await api.transactions(id);
  say('GET  /wallets/{id}/transactions', history.map(({ amount }) => amount).join(', '));
  let [read, place] = [0, ''];
  await until(
    'GET  /events',
    () => api.events(place),
    ({ data, next_cursor: next }) => {
      [read, place] = [read + data.length, next];
      return data.some(isOf(withdrawal.id)) && `${read} up to its own, the oldest first`;
    },
  );
  const isTold = () => [...hook.received.values()].some(isOf(withdrawal.id));
  await until(
    'GET  /webhook-endpoints/{id}',
    () => api.endpoint(endpoint.id),
    ({ last_success_at: at }) => isTold() && `last took one at ${at}`,
  );

  console.log(`\n${hook.received.size} messages, each verified:`);
  for (const { type, subject } of hook.received.values()) console.log(`    ${type.padEnd(28)} ${subject.id}`);
  await api.removeEndpoint(endpoint.id);
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
