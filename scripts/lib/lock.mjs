import fs from 'node:fs';
import path from 'node:path';
import { atExit } from './lifecycle.mjs';
import { commandOf } from './processes.mjs';
import { PlainError } from './progress.mjs';

/** What works on a data directory alone: a start, a restore, and the making of a demo company. */
const HOLDERS = /scripts\/(start|restore|seed)\.mjs/;

/**
 * One starter per data directory: a second one would stop the first one's database as an orphan.
 *
 * @param {string} dataDir
 */
export function lock(dataDir) {
  const file = path.join(dataDir, 'starter.pid');
  const holder = fs.existsSync(file) ? Number.parseInt(fs.readFileSync(file, 'utf8'), 10) : 0;
  if (holder > 0 && holder !== process.pid && HOLDERS.test(commandOf(holder))) {
    throw new PlainError(
      `Monedero already runs on ${dataDir} (process ${holder}). Stop it, or choose another DATA_DIR.`,
    );
  }
  fs.mkdirSync(dataDir, { recursive: true });
  fs.writeFileSync(file, String(process.pid));
  atExit(() => fs.rmSync(file, { force: true }));
}
