import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../lib/ports.mjs';
import { startPostgres, stopOrphan } from '../../lib/postgres.mjs';
import { startThrowawayPostgres } from '../../lib/throwaway.mjs';

const SERVER = {
  shared_buffers: '4GB',
  max_wal_size: '16GB',
  checkpoint_timeout: '30min',
  random_page_cost: '1.1',
  effective_cache_size: '12GB',
};

export type BenchServer = { url: string; stop: () => Promise<void> };

/** A PostgreSQL with durability on: of this run alone, or in a directory that stays, with what is in it. */
export function startBenchServer(directory: string | undefined): Promise<BenchServer> {
  return directory
    ? startKept(path.resolve(directory))
    : startThrowawayPostgres({ durable: true, settings: SERVER });
}

async function startKept(directory: string): Promise<BenchServer> {
  // The account that root lends to PostgreSQL must be able to pass through.
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const passwordFile = path.join(directory, 'password');
  if (!existsSync(passwordFile))
    writeFileSync(passwordFile, randomBytes(12).toString('hex'), { mode: 0o600 });
  const dataDir = path.join(directory, 'postgres');
  await stopOrphan(dataDir);
  const server = await startPostgres({
    dataDir,
    logFile: path.join(directory, 'postgres.log'),
    port: await freePort(),
    password: readFileSync(passwordFile, 'utf8'),
    durable: true,
    settings: SERVER,
  });
  const child: ChildProcess = server.child;
  const abandon = () => void child.kill('SIGKILL');
  process.once('exit', abandon);
  return {
    url: server.url,
    async stop() {
      process.off('exit', abandon);
      await server.stop();
    },
  };
}
