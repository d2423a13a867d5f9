/** What the payout queue runs in: a PostgreSQL of its own, a local Fintoc beside it, and one worker as in production. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDatabase } from '../../lib/database.mjs';
import { atExit } from '../../lib/lifecycle.mjs';
import { freePort } from '../../lib/ports.mjs';
import { startSandbox, workerProgram } from '../../lib/programs.mjs';
import { step } from '../../lib/progress.mjs';
import { ensureOwnedDatabase } from '../../lib/roles.mjs';
import { root } from '../../lib/settings.mjs';
import { stop } from '../../lib/supervisor.mjs';
import { testSettings } from '../../lib/test-app.mjs';
import { startThrowawayPostgres } from '../../lib/throwaway.mjs';

const logs = path.join(root, '.data', 'bench-logs');

export type PayoutWorld = {
  /** Of the local Fintoc itself, past what counts. */
  fintocUrl: string;
  secretKey: string;
  /** Where webhooks are to be received. */
  port: number;
  /** When each request of ours left for Fintoc, in ms. */
  requests: () => number[];
  startWorker: () => void;
  stopWorker: () => void;
};

/** `base`: the checkout whose migrations and worker are measured. This process's environment becomes the app's. */
export async function startPayoutWorld(base: string): Promise<PayoutWorld> {
  fs.mkdirSync(logs, { recursive: true });
  const settings = await testSettings();
  const theirs = await startThrowawayPostgres();
  atExit(() => theirs.stop());
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  Object.assign(settings.env, {
    SANDBOX_DATABASE_URL: await ensureOwnedDatabase(theirs.url, { name: 'fintoc', password }),
    SANDBOX_SETTLE_MS: '100',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    // As in production.
    FINTOC_WEBHOOK_GRACE_MS: '',
    FINTOC_POLL_MS: '',
  });
  await step('Start PostgreSQL', () => startDatabase(settings, logs));
  await migrateAs(base, settings.env);
  await startSandbox({ settings, logs });
  const fintocUrl = settings.env.FINTOC_BASE_URL ?? '';
  const counted = await countRequests(fintocUrl);
  settings.env.FINTOC_BASE_URL = counted.url;
  Object.assign(process.env, settings.env);
  let worker: ReturnType<typeof spawn> | null = null;
  return {
    ...{ fintocUrl, port, requests: counted.requests, secretKey: settings.env.FINTOC_SECRET_KEY ?? '' },
    startWorker() {
      const { command, env } = workerProgram(settings);
      const log = fs.openSync(path.join(logs, 'payout-worker.log'), 'a');
      const [file = '', ...args] = command;
      const child = spawn(file, args, {
        ...{ cwd: base, detached: true, stdio: ['pipe', log, log] },
        env: { ...env, NODE_ENV: 'production' },
      });
      atExit(() => stop(child));
      worker = child;
    },
    stopWorker() {
      worker?.kill('SIGTERM');
    },
  };
}

async function migrateAs(base: string, env: Record<string, string>): Promise<void> {
  const theirs = (name: string) => import(pathToFileURL(path.join(base, 'scripts/lib', name)).href);
  const { migrate } = (await theirs('migrations.mjs')) as typeof import('../../lib/migrations.mjs');
  const { grantRuntime } = (await theirs('roles.mjs')) as Partial<typeof import('../../lib/roles.mjs')>;
  const { DATABASE_OWNER_URL: owner = '', DATABASE_URL: runtime = '' } = env;
  await migrate(owner);
  if (grantRuntime) await grantRuntime(owner, runtime);
  // A checkout older than the two roles: its worker owns its database.
  else env.DATABASE_URL = owner;
}

/** Lets everything through to the local Fintoc, and writes down when. */
async function countRequests(target: string): Promise<{ url: string; requests: () => number[] }> {
  const { hostname, port: to } = new URL(target);
  const times: number[] = [];
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((request, response) => {
    times.push(Date.now());
    const { method, url, headers } = request;
    const onwards = http.request({ hostname, port: to, method, path: url, headers, agent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    request.pipe(onwards);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  atExit(() => {
    server.closeAllConnections();
    server.close();
    agent.destroy();
  });
  return { url: `http://127.0.0.1:${port}`, requests: () => times };
}
