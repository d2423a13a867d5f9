/** `npm run restore [-- <backup>] [--to-time t | --to-lsn l | --to-backup]`: puts a backup in the database's place. */
import fs from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import { endAll } from './lib/lifecycle.mjs';
import { bringSecrets, localPostgres } from './lib/local-postgres.mjs';
import { lock } from './lib/lock.mjs';
import { note, PlainError, step } from './lib/progress.mjs';
import { assertStopped, checkBackup, chooseBackup, restoreBackup } from './lib/restores.mjs';
import { lsnOf } from './lib/timelines.mjs';

const USE = `Use: npm run restore                                       to the end of what was archived
     npm run restore -- --to-time 2026-11-26T04:50:00Z     to a moment
     npm run restore -- --to-lsn 0/3000148                 to a place in the log
     npm run restore -- --to-backup                        to the backup's own end, without what was archived after it
     npm run restore -- --timeline 1 …                     along an older timeline, to what an earlier restore left behind
     npm run restore -- 2026-11-26T04-40-00Z               from that backup; else from the newest that ended before`;

function asked(args) {
  const options = {
    'to-time': { type: 'string' },
    'to-lsn': { type: 'string' },
    'to-backup': { type: 'boolean' },
    timeline: { type: 'string' },
  };
  try {
    const { values, positionals } = util.parseArgs({ args, options, allowPositionals: true });
    const { timeline, ...targets } = values;
    if (Object.keys(targets).length > 1 || positionals.length > 1) throw new Error('too many');
    if (timeline !== undefined && !/^[1-9]\d{0,8}$/.test(timeline)) throw new Error('no timeline');
    const along = timeline === undefined ? {} : { timeline: Number(timeline) };
    return { label: positionals[0], target: targetOf(targets), ...along };
  } catch (error) {
    if (error instanceof PlainError) throw error;
    throw new PlainError(USE);
  }
}

function targetOf({ 'to-time': time, 'to-lsn': lsn, 'to-backup': backup }) {
  if (lsn !== undefined) {
    lsnOf(lsn);
    return { kind: 'lsn', lsn };
  }
  if (backup) return { kind: 'backup' };
  if (time === undefined) return { kind: 'latest' };
  // Without its zone a moment is ambiguous, and money is paid between the two.
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || !/(Z|[+-]\d\d:?\d\d)$/.test(time))
    throw new PlainError(
      `${time} is no moment with its zone: write 2026-11-26T04:50:00Z or 2026-11-25T22:50:00-06:00.`,
    );
  return { kind: 'time', at };
}

async function restore() {
  const { label, target, timeline: along } = asked(process.argv.slice(2));
  const { dataDir, directory, backups, secrets } = localPostgres(process.env);
  lock(dataDir);
  assertStopped(directory);
  const backup = chooseBackup(backups, label, target, { timeline: along, dataDir: directory });
  await step(`Check ${backup.manifest.label}`, () => checkBackup(backup, backups));
  const brought = bringSecrets(backup.directory, secrets);
  const { password } = localPostgres(process.env);
  const { aside, lsn, lastCommitAt, timeline } = await step('Restore and recover', () =>
    restoreBackup({
      backup,
      backups,
      dataDir: directory,
      password: password ?? '',
      target,
      timeline: backup.timeline,
      logFile: path.join(dataDir, 'logs', 'restore.log'),
      note,
    }),
  );
  if (brought) console.log(`  ${secrets} came from the backup`);
  if (aside)
    console.log(`  The database as it was is in ${aside}${linked(aside)}: remove it when you are sure`);
  console.log(
    `  Recovered to LSN ${lsn}, ${lastCommitAt ? `last commit ${lastCommitAt.toISOString()}` : 'no commit after the backup'}; timeline ${timeline}`,
  );
  console.log(
    '  Now: npm start. Where more had happened than these books know, payouts and openings hold until two people let them go: /proof/restored',
  );
}

const linked = (aside) => (fs.lstatSync(aside).isSymbolicLink() ? ` (${fs.realpathSync(aside)})` : '');

try {
  await restore();
} catch (error) {
  console.error(error instanceof PlainError ? `\n${error.message}` : error);
  process.exitCode = 1;
}
await endAll();
