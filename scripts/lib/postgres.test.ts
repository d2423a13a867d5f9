import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { freePort } from '~/scripts/lib/ports.mjs';
import { type RunningPostgres, startPostgres } from '~/scripts/lib/postgres.mjs';
import { removeScratch, scratchDirectory } from '~/scripts/lib/scratch.mjs';
import { waitUntil } from '~/scripts/lib/wait.mjs';

it('a start waits for what a killed server left running, and then has its data', async () => {
  const scratch = await scratchDirectory();
  const logFile = path.join(scratch, 'postgres.log');
  const options = { dataDir: path.join(scratch, 'postgres'), password: 'only of this test', logFile };
  const start = async () => startPostgres({ ...options, port: await freePort() });
  const killed = await start();
  const client = new pg.Client({ connectionString: killed.url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TABLE kept AS SELECT 7 AS n');
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const backend = rows[0]?.pid ?? 0;
  let again: RunningPostgres | null = null;
  try {
    // Stands for a backend that is too busy to see that its server is gone.
    process.kill(backend, 'SIGSTOP');
    killed.child.kill('SIGKILL');
    await waitUntil(() => killed.child.signalCode !== null, 60_000, 'the server to be gone');
    const starting = start();
    const held = () => fs.readFileSync(logFile, 'utf8').includes('pre-existing shared memory block');
    await waitUntil(held, 60_000, 'the new server to meet what is left');
    process.kill(backend, 'SIGCONT');
    again = await starting;
    const fresh = new pg.Client({ connectionString: again.url });
    await fresh.connect();
    expect((await fresh.query('SELECT n FROM kept')).rows).toEqual([{ n: 7 }]);
    await fresh.end();
  } finally {
    await client.end().catch(() => undefined);
    await again?.stop();
    removeScratch(scratch);
  }
}, 300_000);
