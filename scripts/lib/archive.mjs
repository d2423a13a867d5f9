/** Where backups and the WAL since them are kept, and what PostgreSQL is told about it. */
import fs from 'node:fs';
import path from 'node:path';
import { lendDirectory } from './postgres.mjs';
import { root } from './settings.mjs';

const WAL = 'wal';
/** Only while it is there is WAL archived: without a backup to begin from, it would fill a disk for nothing. */
export const WANTED = 'wanted';
/** What is not archived for so long is lost with the disk. A segment that is mostly empty compresses to little. */
const ARCHIVE_TIMEOUT = '60s';

/** @param {string} dataDir @param {string | undefined} given */
export function backupDirectory(dataDir, given) {
  return given ? path.resolve(root, given) : path.join(dataDir, 'backups');
}

/** @param {string} backups */
export const walDirectory = (backups) => path.join(backups, WAL);

/**
 * What the server needs to keep its WAL, from the first backup on. A file appears under its name only when it is whole.
 *
 * @param {string} backups
 * @param {(line: string) => void} [note]
 */
export function archiveSettings(backups, note) {
  fs.mkdirSync(backups, { recursive: true, mode: 0o711 });
  const directory = lendDirectory(walDirectory(backups), note);
  const wanted = quoted(path.join(directory, WANTED));
  const to = quoted(`${directory}/`);
  return {
    archive_mode: 'on',
    archive_timeout: ARCHIVE_TIMEOUT,
    // Of a segment that was archived before a crash, the same again is no failure, and another is.
    archive_command:
      `[ ! -e ${wanted} ] || if [ -e ${to}%f.gz ]; then gzip -dc ${to}%f.gz | cmp -s - "%p"; ` +
      `else gzip -1 -c "%p" > ${to}%f.copying && { sync ${to}%f.copying || true; } && mv ${to}%f.copying ${to}%f.gz; fi`,
  };
}

/** @param {string} backups */
export function restoreCommand(backups) {
  const from = quoted(`${fs.realpathSync(walDirectory(backups))}/`);
  return `[ -e ${from}%f.gz ] && gzip -dc ${from}%f.gz > "%p"`;
}

/** For the shell, in a setting in which PostgreSQL reads % itself. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''").replaceAll('%', '%%')}'`;
}
