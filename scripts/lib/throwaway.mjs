/** A PostgreSQL that exists for one task: free port, temporary directory, nothing kept. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { freePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { ensureOwnedDatabase } from './roles.mjs';
import { removeScratch, scratchDirectory } from './scratch.mjs';

/** Starts one; `stop` ends it and removes its files, and so does the end of this process. */
export async function startThrowawayPostgres({ durable = false, settings = {} } = {}) {
  const directory = await scratchDirectory({ inMemory: !durable });
  try {
    const server = await startPostgres({
      dataDir: path.join(directory, 'postgres'),
      logFile: path.join(directory, 'postgres.log'),
      port: await freePort(),
      password: randomBytes(12).toString('hex'),
      durable,
      settings,
    });
    const abandon = () => {
      server.child.kill('SIGKILL');
      removeScratch(directory);
    };
    process.once('exit', abandon);
    return {
      ...server,
      async stop() {
        process.off('exit', abandon);
        await server.stop();
        removeScratch(directory);
      },
    };
  } catch (error) {
    removeScratch(directory);
    throw error;
  }
}

/** @param {(url: string) => Promise<void>} task */
export async function withThrowawayDatabase(task) {
  const server = await startThrowawayPostgres();
  try {
    const password = randomBytes(12).toString('hex');
    await task(await ensureOwnedDatabase(server.url, { name: 'monedero', password }));
  } finally {
    await server.stop();
  }
}
