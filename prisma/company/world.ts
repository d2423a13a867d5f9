import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { env, webhookUrl } from '~/lib/env';
import { BATCH_SIZE, processEvents } from '~/lib/inbox/process';
import { receiveDelivery } from '~/lib/inbox/receive';
import type { MovedClock } from '~/prisma/company/clock';
import { parseSandboxEnv } from '~/sandbox/config';
import { startSandbox } from '~/sandbox/server';

const PATIENCE_MS = 30_000;

/** `share`: of the days, in percent. */
type Told = { share: number; customers: number };

/** The demo's Fintoc and who receives for us, both in this process and by its clock. */
export type World = {
  clock: MovedClock;
  /** The control API, or Fintoc's own under `/v2`. */
  fintoc<Answer = unknown>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer>;
  /** Waits until all that is under way at Fintoc has ended and been told, and takes it into the books. */
  settle(): Promise<void>;
  /** Does what Fintoc tells of by so many events, waits for them and takes them into the books. */
  takeIn(count: number, act: () => Promise<unknown>): Promise<void>;
  /** How much of the story is told, for who asks where the console would be. */
  show(more: Partial<Told>): void;
  close(): Promise<void>;
};

/** Refuses where a Monedero is at work: both listen where it would. */
export async function openWorld(clock: MovedClock): Promise<World> {
  const { SANDBOX_DATABASE_URL, DATABASE_OWNER_URL } = process.env;
  const options = parseSandboxEnv({
    ...process.env,
    SANDBOX_DATABASE_URL: SANDBOX_DATABASE_URL || DATABASE_OWNER_URL,
  });
  const sandbox = await startSandbox({ ...options, settleMs: 0, transfersPerSecond: 0 }).catch(inUse);
  let received = 0;
  let told: Told = { share: 0, customers: 0 };
  const server = http.createServer(async (request, response) => {
    if (request.method === 'GET') {
      // As a console that is away for a while.
      response.writeHead(503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify({ making: told }));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = new Headers(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { status } = await receiveDelivery(headers, Buffer.concat(chunks).toString('utf8'));
    response.writeHead(status).end();
    received += 1;
  });
  const close = async () => {
    await sandbox.stop();
    server.closeAllConnections();
    server.close();
  };
  const { hostname, port } = new URL(webhookUrl());
  try {
    server.listen(Number(port), hostname);
    await once(server, 'listening');
  } catch (error) {
    await sandbox.stop();
    inUse(error);
  }
  const fintoc = <Answer>(method: string, path: string, body?: object) =>
    ask<Answer>(method, `${sandbox.url}${path.startsWith('/v2') ? path : `/_control${path}`}`, body);
  const drain = async () => {
    // A claim that was not full left nothing.
    while ((await processEvents()) === BATCH_SIZE);
  };
  return {
    clock,
    fintoc,
    settle: async () => {
      await until(async () => {
        const { transfers, deliveries } = await fintoc<Record<string, number>>('GET', '/waiting');
        return transfers === 0 && deliveries === 0;
      });
      await drain();
    },
    takeIn: async (count, act) => {
      const all = received + count;
      await act();
      await until(async () => received >= all);
      await drain();
    },
    show: (more) => {
      told = { ...told, ...more };
    },
    close,
  };
}

async function ask<Answer>(method: string, url: string, body?: object): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { authorization: env().FINTOC_SECRET_KEY, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Answer;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('The local Fintoc does not come to rest.');
    await sleep(2);
  }
}

function inUse(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    throw new Error('Monedero is at work on this machine. Stop it, make the company, and start it again.');
  throw error;
}
