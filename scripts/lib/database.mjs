/** The database of a started app: ours unless DATABASE_URL was given, migrated either way. */
import fs from 'node:fs';
import path from 'node:path';
import { archiveSettings, backupDirectory } from './archive.mjs';
import { atExit, isEnding } from './lifecycle.mjs';
import { startPostgres, stopOrphan } from './postgres.mjs';
import { note, PlainError } from './progress.mjs';

const RESTART_DELAY_MS = 5_000;

/** What a killed starter left behind is put away, before its port counts as taken. @param {import('./settings.mjs').Settings} settings */
export async function clearAway({ dataDir, localPostgres }) {
  if (localPostgres && (await stopOrphan(path.join(dataDir, 'postgres')))) {
    console.log('✓ Stopped the PostgreSQL that an earlier start left running');
  }
}

/**
 * Starts our PostgreSQL and sees to the app's role and database.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {string} logs
 * @param {{ durable?: boolean }} [options]  false where the data ends with the test
 */
export async function startDatabase({ dataDir, ports, generated, env }, logs, { durable = true } = {}) {
  const directory = path.join(dataDir, 'postgres');
  const password = generated.POSTGRES_PASSWORD ?? '';
  const options = {
    dataDir: directory,
    port: ports.postgres,
    password,
    logFile: path.join(logs, 'postgres.log'),
    durable,
    settings: archiveSettings(backupDirectory(dataDir, env.BACKUP_DIR), note),
    note,
  };
  let server = await startPostgres(options);
  atExit(() => server.stop());
  const keepRunning = () =>
    server.child.once('close', async (code, signal) => {
      if (isEnding()) return;
      console.error(`PostgreSQL ended (${code ?? signal}), starting it again. Its log: ${options.logFile}`);
      server = await startAgain(options);
      keepRunning();
    });
  keepRunning();

  await ensureDatabase(server.url, generated);
}

/**
 * The database, its owner, and the role of web and worker, with the passwords that this machine keeps.
 *
 * @param {string} superuserUrl
 * @param {Record<string, string>} env
 */
export async function ensureDatabase(superuserUrl, env) {
  const { ensureOwnedDatabase, ensureRuntimeRole } = await import('./roles.mjs');
  const owner = new URL(env.DATABASE_OWNER_URL ?? '');
  await ensureOwnedDatabase(superuserUrl, { name: owner.username, password: owner.password });
  const app = new URL(env.DATABASE_URL ?? '');
  await ensureRuntimeRole(superuserUrl, {
    name: app.username,
    password: app.password,
    database: owner.username,
  });
}

/** A full disk may be emptied. */
async function startAgain(options) {
  for (;;) {
    try {
      return await startPostgres(options);
    } catch (error) {
      console.error(error.message);
      await new Promise((resolve) => setTimeout(resolve, RESTART_DELAY_MS));
    }
  }
}

/** A cluster whose passwords are lost can't be used, and must not be removed without a word. @param {import('./settings.mjs').Settings} settings */
export function assertPasswordKnown({ dataDir, localPostgres }) {
  const file = path.join(dataDir, 'local.env');
  if (localPostgres && fs.existsSync(path.join(dataDir, 'postgres')) && !fs.existsSync(file)) {
    throw new PlainError(
      `${file} is gone, and with it the keys of the database beside it. Restore it, or remove ${dataDir}.`,
    );
  }
}

/**
 * As the owner, and grants the role of web and worker what it needs. Where there is one address, it is for everything.
 *
 * @param {Record<string, string>} env
 */
export async function applyMigrations({ DATABASE_URL = '', DATABASE_OWNER_URL = DATABASE_URL }) {
  const { migrate } = await import('./migrations.mjs');
  const { grantRuntime } = await import('./roles.mjs');
  try {
    const applied = await migrate(DATABASE_OWNER_URL);
    await grantRuntime(DATABASE_OWNER_URL, DATABASE_URL);
    return applied;
  } catch (error) {
    throw new PlainError(error.message, { cause: error });
  }
}
