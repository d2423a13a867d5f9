import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { disconnect } from '~/lib/db';
import { type Link, linkTo } from '~/lib/testing/links';
import { endTampering } from '~/lib/testing/tampering';
import { copyData } from '~/scripts/lib/backups.mjs';
import { migrate } from '~/scripts/lib/migrations.mjs';
import { freePort } from '~/scripts/lib/ports.mjs';
import {
  giveToPostgres,
  lendDirectory,
  type RunningPostgres,
  startPostgres,
} from '~/scripts/lib/postgres.mjs';
import { ensureOwnedDatabase, ensureRuntimeRole, grantRuntime } from '~/scripts/lib/roles.mjs';
import { removeScratch, scratchDirectory } from '~/scripts/lib/scratch.mjs';

const PASSWORD = 'only of this test';
const DATABASE = 'monedero';
type Server = RunningPostgres & { port: number; scratch: string };

export type ReplicatedBooks = {
  /** Where the app finds its primary, and the replica what it follows. */
  primary: Link;
  stream: Link;
  /** Where the app finds the replica. */
  replica: Link;
  /** Answers once the replica has replayed all that is there now. */
  caughtUp(): Promise<void>;
  onReplica(sql: string): Promise<void>;
  /** Makes a primary of the replica. */
  promote(): Promise<void>;
  /** The machine of the primary is gone; the replica takes its place, under the same address. */
  failOver(): Promise<void>;
  /** And gets a replica of its own. */
  replicate(): Promise<void>;
  primaryPort(): number;
  replicaPort(): number;
};

/** The books of this file in a PostgreSQL of their own, with a replica that streams from it; as a role that owns nothing. */
export function withReplicatedBooks(): ReplicatedBooks {
  const servers: Partial<Record<'primary' | 'replica', Server>> = {};
  const links = {} as Record<'primary' | 'stream' | 'replica', Link>;
  const shared = process.env.TEST_DATABASE_URL;
  const serverOf = (name: 'primary' | 'replica') => servers[name] ?? expect.unreachable(`no ${name}`);

  beforeAll(async () => {
    // Its log is kept for the replica as long as a test is.
    servers.primary = await start(await scratchDirectory({ inMemory: true }), { wal_keep_size: '1GB' });
    links.primary = await linkTo(servers.primary.port);
    links.stream = await linkTo(servers.primary.port);
    await makeDatabase(servers.primary.url, links.primary.port);
    servers.replica = await startReplica(servers.primary.url, links.stream.port);
    links.replica = await linkTo(servers.replica.port);
    const replicaUrl = new URL(process.env.DATABASE_URL ?? '');
    replicaUrl.port = String(links.replica.port);
    Object.assign(process.env, { DATABASE_REPLICA_URL: replicaUrl.href, DATABASE_REPLICA_LAG_MS: '8000' });
  });
  afterAll(async () => {
    await Promise.all([disconnect(), endTampering()]);
    for (const link of Object.values(links)) link.close();
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    for (const { scratch } of Object.values(servers)) removeScratch(scratch);
    process.env.TEST_DATABASE_URL = shared;
  });

  return {
    get primary() {
      return links.primary;
    },
    get stream() {
      return links.stream;
    },
    get replica() {
      return links.replica;
    },
    primaryPort: () => serverOf('primary').port,
    replicaPort: () => serverOf('replica').port,
    caughtUp: async () => {
      const [now] = await ask(serverOf('primary').url, 'SELECT pg_current_wal_insert_lsn()::text AS lsn');
      const isThere = `SELECT pg_last_wal_replay_lsn() >= '${now?.lsn}' AS there`;
      await expect.poll(async () => (await ask(serverOf('replica').url, isThere))[0]?.there).toBe(true);
    },
    onReplica: async (sql) => void (await ask(serverOf('replica').url, sql)),
    promote: async () => {
      await ask(serverOf('replica').url, 'SELECT pg_promote()');
    },
    failOver: async () => {
      const { child, scratch, ...gone } = serverOf('primary');
      links.stream.cut();
      links.primary.cut();
      // What it was about to send goes with it.
      child.kill('SIGQUIT');
      await gone.stop();
      removeScratch(scratch);
      await ask(serverOf('replica').url, 'SELECT pg_promote()');
      servers.primary = serverOf('replica');
      delete servers.replica;
      await Promise.all([disconnect(), endTampering()]);
      links.primary.pointTo(servers.primary.port);
    },
    replicate: async () => {
      links.stream.pointTo(serverOf('primary').port);
      servers.replica = await startReplica(serverOf('primary').url, links.stream.port);
      links.replica.pointTo(servers.replica.port);
    },
  };
}

async function start(scratch: string, settings: Record<string, string>): Promise<Server> {
  const port = await freePort();
  const [dataDir, logFile] = [path.join(scratch, 'postgres'), path.join(scratch, 'postgres.log')];
  const server = await startPostgres({
    dataDir,
    port,
    password: PASSWORD,
    logFile,
    durable: false,
    settings,
  });
  return { ...server, port, scratch };
}

/** As a deployment has it: an owner who migrated, and the role of web and worker. */
async function makeDatabase(superuserUrl: string, port: number): Promise<void> {
  const role = { name: DATABASE, password: PASSWORD };
  const owner = await ensureOwnedDatabase(superuserUrl, role);
  const app = { ...role, name: `${DATABASE}_app`, database: DATABASE };
  const runtime = await ensureRuntimeRole(superuserUrl, app);
  await migrate(owner);
  await grantRuntime(owner, runtime);
  const linked = (url: string) => Object.assign(new URL(url), { port: String(port) }).href;
  Object.assign(process.env, {
    DATABASE_URL: linked(runtime),
    TEST_DATABASE_OWNER_URL: linked(owner),
    TEST_DATABASE_URL: linked(superuserUrl),
  });
}

/** The files of the running primary, which its log makes whole, and from then on what it streams. */
async function startReplica(superuserUrl: string, port: number): Promise<Server> {
  const scratch = await scratchDirectory({ inMemory: true });
  const data = lendDirectory(path.join(scratch, 'postgres'));
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query(`SELECT current_setting('data_directory') AS directory`);
    await client.query(`SELECT pg_backup_start('replica', true)`);
    await copyData(rows[0].directory, data, false);
    const { rows: stopped } = await client.query('SELECT labelfile FROM pg_backup_stop(false)');
    fs.writeFileSync(path.join(data, 'backup_label'), stopped[0].labelfile, { mode: 0o600 });
  } finally {
    await client.end();
  }
  fs.writeFileSync(path.join(data, 'standby.signal'), '', { mode: 0o600 });
  giveToPostgres(data);
  const from = `host=127.0.0.1 port=${port} user=postgres password='${PASSWORD}'`;
  return start(scratch, { primary_conninfo: from, wal_retrieve_retry_interval: '100ms' });
}

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
