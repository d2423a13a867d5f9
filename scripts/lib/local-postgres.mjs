/** What `npm run backup` and `npm run restore` work on: the PostgreSQL that `npm start` runs here, and no other. */
import fs from 'node:fs';
import path from 'node:path';
import { backupDirectory } from './archive.mjs';
import { PlainError } from './progress.mjs';
import { readDotenv, root } from './settings.mjs';

/**
 * @param {Record<string, string | undefined>} env  as scripts/run.mjs made it
 */
export function localPostgres(env) {
  const dataDir = path.resolve(root, env.DATA_DIR ?? '.data');
  const secrets = path.join(dataDir, 'local.env');
  const kept = readDotenv(secrets);
  if (env.DATABASE_URL !== undefined && env.DATABASE_URL !== kept.DATABASE_URL) {
    throw new PlainError(
      'DATABASE_URL names a PostgreSQL of your own: back it up with pg_basebackup and WAL archiving, as README says.',
    );
  }
  return {
    dataDir,
    directory: path.join(dataDir, 'postgres'),
    backups: backupDirectory(dataDir, env.BACKUP_DIR),
    secrets,
    password: kept.POSTGRES_PASSWORD ?? null,
    port: kept.DATABASE_URL ? new URL(kept.DATABASE_URL).port : null,
  };
}

/** Where the keys of the backed up database went with the machine, the backup has them. @param {string} backup @param {string} secrets */
export function bringSecrets(backup, secrets) {
  const kept = path.join(backup, 'local.env');
  if (fs.existsSync(secrets) || !fs.existsSync(kept)) return false;
  fs.copyFileSync(kept, secrets);
  fs.chmodSync(secrets, 0o600);
  return true;
}
