/** `npm run backup [-- --keep n]`: backs up the PostgreSQL that `npm start` runs, while it runs. */
import util from 'node:util';
import { noteBackup, pruneBackups, takeBackup } from './lib/backups.mjs';
import { localPostgres } from './lib/local-postgres.mjs';
import { servingProcess } from './lib/postgres.mjs';
import { PlainError, step } from './lib/progress.mjs';
import { OWNER } from './lib/settings.mjs';

function keepOf(args) {
  try {
    const { values } = util.parseArgs({ args, options: { keep: { type: 'string' } } });
    if (values.keep === undefined) return null;
    if (/^[1-9]\d{0,3}$/.test(values.keep)) return Number(values.keep);
  } catch {
    // Told below.
  }
  throw new PlainError(
    'Use: npm run backup, or npm run backup -- --keep 7, which then removes all but the newest 7.',
  );
}

async function backup() {
  const keep = keepOf(process.argv.slice(2));
  const { directory, backups, secrets, password, port } = localPostgres(process.env);
  if (password === null || port === null || servingProcess(directory) === 0)
    throw new PlainError(`No PostgreSQL of Monedero runs on ${directory}. Start it with: npm start`);
  const superuserUrl = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const { directory: made, manifest } = await step('Copy the database', () =>
    takeBackup({ superuserUrl, backups, secrets }),
  );
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  console.log(`  ${made}: ${manifest.files.length} files, ${Math.ceil(bytes / 1e6)} MB`);
  console.log(
    `  LSN ${manifest.startLsn} to ${manifest.stopLsn}; it can be restored to any moment from ${manifest.finishedAt} on`,
  );
  console.log(
    '  It holds every secret of this installation: keep it as one, on another disk than the database.',
  );
  await noteBackup(superuserUrl, OWNER, manifest);
  if (keep === null) return;
  const gone = pruneBackups(backups, keep);
  console.log(
    `  Removed: ${gone.backups.join(', ') || 'no backup'}, and ${gone.segments} files of WAL that none needs`,
  );
}

try {
  await backup();
} catch (error) {
  console.error(error instanceof PlainError ? `\n${error.message}` : error);
  process.exitCode = 1;
}
