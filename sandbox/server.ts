import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOrganisation } from '~/sandbox/accounts';
import type { SandboxOptions } from '~/sandbox/config';
import { Courier } from '~/sandbox/deliver';
import { releaseAllHeld } from '~/sandbox/events';
import { createHandler } from '~/sandbox/http/handle';
import { migrate } from '~/sandbox/schema';
import { createSettler } from '~/sandbox/settle';
import { createState, loadSettings, type Sandbox, transaction } from '~/sandbox/state';

export interface RunningSandbox {
  url: string;
  stop(): Promise<void>;
}

const MAINTENANCE_MS = 600_000;

// Under load many requests share one round of the settlement loop.
const COALESCE_MS = 5;

/** Starts a local Fintoc on its database and answers once it is ready. Several may share one database. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const sandbox = createState(options);
  try {
    await migrate(sandbox.pool);
    await loadSettings(sandbox);
    await transaction(sandbox, async (db) => {
      await db.query('select pg_advisory_xact_lock(735969)');
      await createOrganisation(sandbox, db);
      await releaseAllHeld(sandbox, db);
    });
    return await listen(sandbox);
  } catch (error) {
    await sandbox.pool.end();
    throw error;
  }
}

async function listen(sandbox: Sandbox): Promise<RunningSandbox> {
  const { host, port } = sandbox.config;
  const server = http.createServer({ keepAliveTimeout: 30_000 }, createHandler(sandbox));
  server.listen(port, host);
  await once(server, 'listening');
  // Inside bodies and links: an address that also works when we listen on every interface.
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  sandbox.baseUrl = `http://${reachable}:${(server.address() as AddressInfo).port}`;

  const settler = createSettler(sandbox);
  const courier = new Courier(sandbox);
  sandbox.wake = () => {
    settler.nudge(COALESCE_MS);
    courier.nudge();
    // What was just created falls due after this long; the loop's own rounds would come a little later.
    setTimeout(() => settler.nudge(), sandbox.settings.settleMs + COALESCE_MS).unref();
  };
  settler.start();
  courier.start();
  const maintenance = setInterval(() => forgetOld(sandbox).catch(() => undefined), MAINTENANCE_MS);
  await forgetOld(sandbox);

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    clearInterval(maintenance);
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await Promise.all([settler.stop(), courier.stop()]);
    // Requests under way have had the time of the deliveries; those that still wait are cut.
    const cut = setTimeout(() => server.closeAllConnections(), 2_000);
    await closed;
    clearTimeout(cut);
    await sandbox.pool.end();
  };
  return {
    url: sandbox.baseUrl,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Nonces only need to outlive the window of the timestamps that they come with. */
async function forgetOld(sandbox: Sandbox): Promise<void> {
  await sandbox.pool.query(`delete from sandbox.nonces where used_at < now() - $1 * interval '1 s'`, [
    sandbox.config.jwsWindowSeconds * 3,
  ]);
}
