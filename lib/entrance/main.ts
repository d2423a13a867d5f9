import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkConfiguration, checkStart } from '~/lib/boot';
import { isHttps } from '~/lib/cookies';
import { disconnect } from '~/lib/db';
import { createEntrance, drain } from '~/lib/entrance/entrance';
import { env } from '~/lib/env';
import { keepLarge } from '~/lib/inbox/answer';
import { receiveDelivery } from '~/lib/inbox/receive';
import { log } from '~/lib/log';

/** What is under way when the end is asked for may finish until then. */
const DRAIN_MS = 10_000;
/** The app computes; who takes deliveries goes first where there is one core for both. */
const APP_NICENESS = 5;
/** A statement of the app's that takes longer serves nobody any more. */
const STATEMENT_TIMEOUT_MS = '60000';

async function main(): Promise<void> {
  checkConfiguration();
  await checkStart();
  const { PORT, NEXTAUTH_URL, PUBLIC_URL, PROXY_HOPS, METRICS_TOKEN } = env();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'monedero-'));
  const socketPath = path.join(directory, 'app.sock');
  process.on('exit', () => fs.rmSync(directory, { recursive: true, force: true }));
  const app = startApp(socketPath);
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `${host}:${PORT}`);
  const { server, metrics } = createEntrance({
    socketPath,
    hosts: [new URL(NEXTAUTH_URL).host, ...(PUBLIC_URL ? [new URL(PUBLIC_URL).host] : []), ...own],
    isHttps: isHttps(NEXTAUTH_URL),
    proxyHops: PROXY_HOPS,
    deliver: receiveDelivery,
    refuseDelivery: keepLarge,
    metricsToken: METRICS_TOKEN,
  });
  app.on('message', ({ lagSeconds = 0 }: { lagSeconds?: number }) => metrics?.lag.set(lagSeconds));
  server.listen(PORT, process.env.HOST || undefined);
  await once(server, 'listening');
  log.info({ address: NEXTAUTH_URL, port: PORT }, 'web started');
  const end = async () => {
    await drain(server, DRAIN_MS);
    app.removeAllListeners('exit').kill('SIGTERM');
    await Promise.race([once(app, 'exit'), sleep(2_000)]);
    await disconnect();
    process.exit(0);
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

/** Starts the app as a program of its own. Until it listens, deliveries are taken already; without it, nothing is left. */
function startApp(socketPath: string): ChildProcess {
  const app = spawn(process.execPath, [path.resolve('scripts/lib/next-server.mjs')], {
    env: { ...process.env, ENTRANCE_SOCKET: socketPath, STATEMENT_TIMEOUT_MS },
    // Its standard input is the tether: it ends when this process does, however that happens.
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  app.on('exit', (code, signal) => {
    log.fatal({ how: code ?? signal }, 'the app ended');
    process.exit(1);
  });
  try {
    os.setPriority(app.pid ?? 0, os.getPriority() + APP_NICENESS);
  } catch {
    // Where that isn't allowed, they share.
  }
  return app;
}

await main().catch((error) => {
  log.fatal({ err: error }, error instanceof Error ? error.message : 'web failed');
  process.exit(1);
});
