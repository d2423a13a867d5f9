/** The books of a checkout: wallets with money in them, withdrawals that wait, and what the database does for one. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OperatorActor } from '~/lib/actor';
import { waitUntil } from '../../lib/wait.mjs';
import { measure, percentile } from './measure.ts';
import type { PayoutWorld } from './payout-world.ts';

const FUNDS = 5_000_000;
const TIMEOUT_MS = 600_000;
const POSTING_SECONDS = 3;

export type Sent = { queuedAt: Date; sentAt: Date };

/** In ms. `gate` and `postings` (a second) are null where the checkout has no gate. */
export type PayoutCosts = {
  gate: Spread | null;
  posting: Spread;
  payout: Spread;
  postings: { alone: number; asked: number } | null;
};
type Spread = { p50: number; p95: number };

export type PayoutBooks = {
  queue(count: number, atOnce: number): Promise<string[]>;
  prepare(wallets: number): Promise<void>;
  untilSent(queued: string[]): Promise<Sent[]>;
  costs(asked: number): Promise<PayoutCosts>;
  close(): Promise<void>;
};

/** Rooms were named otherwise once: the first of these that the checkout has. */
async function load<Module>(base: string, ...names: string[]): Promise<Module> {
  const file = names
    .map((name) => path.join(base, 'lib', `${name}.ts`))
    .find((candidate) => fs.existsSync(candidate));
  if (!file) throw new Error(`${base} has none of ${names.join(', ')}.`);
  return (await import(pathToFileURL(file).href)) as Module;
}

async function modulesOf(base: string) {
  return {
    ...(await load<typeof import('~/lib/db')>(base, 'db')),
    ...(await load<typeof import('~/lib/actor')>(base, 'actor')),
    ...(await load<typeof import('~/lib/people/customers')>(base, 'people/customers', 'customers')),
    ...(await load<typeof import('~/lib/wallets/opening')>(base, 'wallets/opening', 'wallets')),
    ...(await load<typeof import('~/lib/withdrawals/withdrawals')>(
      base,
      'withdrawals/withdrawals',
      'transfers/withdrawals',
    )),
    ...(await load<typeof import('~/lib/inbox/receive')>(base, 'inbox/receive', 'webhooks/receive')),
    ...(await load<typeof import('~/lib/inbox/endpoints')>(base, 'inbox/endpoints', 'webhooks/endpoints')),
    ...(await load<typeof import('~/lib/inbox/sync')>(base, 'inbox/sync', 'sync')),
    ...(await load<typeof import('~/lib/ledger/post')>(base, 'ledger/post')),
    ...(await load<typeof import('~/lib/ledger/chart')>(base, 'ledger/chart')),
  };
}

type Modules = Awaited<ReturnType<typeof modulesOf>>;

export async function payoutBooks(base: string, world: PayoutWorld): Promise<PayoutBooks> {
  const modules = await modulesOf(base);
  const receiver = await receive(modules, world.port);
  const ids: string[] = [];
  let operator: OperatorActor;
  let serial = 0;
  const queueOne = async (): Promise<string> => {
    serial += 1;
    const { id } = await modules.requestWithdrawal(operator, {
      walletId: ids[serial % ids.length] ?? '',
      amount: BigInt(1_000 + serial),
      destination: clabe(serial),
      beneficiaryName: 'Ximena Robles',
      requestId: randomUUID(),
    });
    return id;
  };
  const queue = async (count: number, atOnce: number): Promise<string[]> => {
    const queued: string[] = [];
    let left = count;
    const lane = async () => {
      while (left > 0) {
        left -= 1;
        queued.push(await queueOne());
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    return queued;
  };
  return {
    queue,
    async prepare(wallets: number): Promise<void> {
      operator = await anOperator(modules);
      await modules.registerEndpoint(SETUP);
      await modules.syncFintoc(SETUP);
      world.startWorker();
      ids.push(...(await openWallets(modules, wallets)));
      await fund(modules, world, ids);
      // Until what was put in is confirmed, and each wallet has paid once.
      await untilSent(modules, await queue(wallets, 4));
    },
    untilSent: (queued: string[]) => untilSent(modules, queued),
    costs: (asked: number) => costs(base, modules, ids, asked),
    async close(): Promise<void> {
      receiver.closeAllConnections();
      receiver.close();
      await modules.disconnect();
    },
  };
}

/** In the words of every checkout that this measures. */
const SETUP = { kind: 'system', name: 'setup' } as const;

async function anOperator({ db }: Modules): Promise<OperatorActor> {
  const facts = { email: `${randomUUID()}@monedero.test`, name: 'Bench', role: 'operator' as const };
  const { id } = await db().operator.create({ data: { ...facts, passwordHash: 'none' } });
  return { kind: 'operator', id, name: facts.name, role: facts.role };
}

async function openWallets({ createCustomer, openWallet, db }: Modules, count: number) {
  const ids: string[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const customer = await createCustomer(SETUP, {
      ...{ kind: 'individual', name: `Ana ${nth}`, country: 'mx', taxId: 'MUAD800101AB1' },
      requestId: randomUUID(),
    });
    const { id } = await openWallet(SETUP, {
      ...{ customerId: customer.id, pattern: 'A', name: `Monedero ${nth}`, asset: 'MXN' },
      requestId: randomUUID(),
    });
    ids.push(id);
  }
  const open = () => db().wallet.count({ where: { id: { in: ids }, status: 'open' } });
  await waitUntil(async () => (await open()) === count, TIMEOUT_MS, 'the wallets to be open');
  return ids;
}

async function fund({ db }: Modules, { fintocUrl, secretKey }: PayoutWorld, ids: string[]): Promise<void> {
  const wallets = await db().walletAsset.findMany({ where: { walletId: { in: ids } } });
  for (const { accountNumberId } of wallets) {
    const response = await fetch(`${fintocUrl}/_control/inbound-transfers`, {
      method: 'POST',
      headers: { authorization: secretKey, 'content-type': 'application/json' },
      body: JSON.stringify({ account_number_id: accountNumberId, amount: FUNDS, settle: true }),
    });
    if (!response.ok)
      throw new Error(`The local Fintoc answered ${response.status}: ${await response.text()}`);
  }
  const funded = () =>
    db().ledgerAccount.count({ where: { ownerId: { in: ids }, bucket: 'available', balance: { gt: 0 } } });
  await waitUntil(async () => (await funded()) === ids.length, TIMEOUT_MS, 'the deposits to be credited');
}

async function untilSent({ db }: Modules, ids: string[]): Promise<Sent[]> {
  const where = { id: { in: ids }, submittedAt: { not: null } };
  await waitUntil(async () => (await db().withdrawal.count({ where })) === ids.length, TIMEOUT_MS, 'payouts');
  const rows = await db().withdrawal.findMany({ where, select: { createdAt: true, submittedAt: true } });
  return rows.map(({ createdAt, submittedAt }) => ({
    queuedAt: createdAt,
    sentAt: submittedAt ?? createdAt,
  }));
}

const spread = (times: number[]): Spread => ({ p50: percentile(times, 0.5), p95: percentile(times, 0.95) });

/** One at a time. */
async function costs(base: string, modules: Modules, ids: string[], asked: number): Promise<PayoutCosts> {
  const { db, transaction } = modules;
  const hasGate = fs.existsSync(path.join(base, 'lib/gate/gate.ts'));
  const gate = hasGate ? await load<typeof import('~/lib/gate/gate')>(base, 'gate/gate') : null;
  const rows = await db().withdrawal.findMany({ take: asked, select: { id: true } });
  const times: number[] = [];
  const ask = (id: string) =>
    transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS locked FROM withdrawals WHERE id = ${id}::uuid FOR UPDATE`;
      const from = performance.now();
      await gate?.heldBack(tx, id);
      times.push(performance.now() - from);
    });
  for (const { id } of rows) await ask(id);
  const posted: number[] = [];
  const post = async (walletId: string) => {
    const from = performance.now();
    await postOne(modules, walletId, ids);
    posted.push(performance.now() - from);
  };
  for (let nth = 0; nth < asked; nth += 1) await post(ids[nth % ids.length] ?? '');
  const rate = (before: (nth: number) => Promise<unknown>) => {
    let nth = 0;
    return measure(1, POSTING_SECONDS, async () => {
      nth += 1;
      await before(nth);
      await postOne(modules, ids[nth % ids.length] ?? '', ids);
      return 1;
    });
  };
  const payout = await payoutTimes(modules);
  return {
    gate: gate && spread(times),
    posting: spread(posted),
    payout,
    postings: gate && {
      alone: (await rate(async () => undefined)).perSecond,
      asked: (await rate((nth) => ask(rows[nth % rows.length]?.id ?? ''))).perSecond,
    },
  };
}

/** From when its request was written down to when its answer was booked, as the books say. */
async function payoutTimes({ db }: Modules): Promise<Spread> {
  const rows = await db().$queryRaw<{ ms: number }[]>`
    SELECT (extract(epoch FROM t.created_at - w.submitted_at) * 1000)::float8 AS ms
    FROM withdrawals w JOIN transfers t ON t.id = w.transfer_id WHERE w.submitted_at IS NOT NULL`;
  return spread(rows.map(({ ms }) => ms));
}

async function postOne(
  { db, postTransactions, walletAccount, debit, credit, retried }: Modules,
  from: string,
  ids: string[],
): Promise<void> {
  const wallet = (id: string) =>
    walletAccount({ id, kind: 'customer', houseRole: null, asset: 'MXN' }, 'available');
  const to = ids[(ids.indexOf(from) + 1) % ids.length] ?? '';
  const lines = [debit(wallet(from), 1n), credit(wallet(to), 1n)];
  const cause = { kind: 'transfer', id: `bench:${randomUUID()}`, step: 'bench' } as const;
  const posting = { cause, kind: 'adjustment', effectiveAt: new Date(), lines } as const;
  await retried(() => postTransactions(db(), [posting]));
}

function receive({ receiveDelivery }: Modules, port: number): Promise<http.Server> {
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { status } = await receiveDelivery(headers, Buffer.concat(chunks).toString('utf8'));
    response.writeHead(status).end();
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

const WEIGHTS = [3, 7, 1];

/** A CLABE of another bank, with its check digit. */
function clabe(serial: number): string {
  const digits = `012180${String(serial).padStart(11, '0')}`;
  const sum = [...digits].reduce(
    (total, digit, nth) => total + ((Number(digit) * (WEIGHTS[nth % 3] ?? 0)) % 10),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
