import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stopOrphan } from './postgres.mjs';
import { commandOf } from './processes.mjs';

const PREFIX = 'monedero-scratch-';

/**
 * A temporary directory of this process. What a killed process left of its own, a PostgreSQL included, is put
 * away on the way.
 */
export async function scratchDirectory() {
  await sweep();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), PREFIX));
  // The account that root lends to PostgreSQL must be able to pass through.
  fs.chmodSync(directory, 0o711);
  fs.writeFileSync(path.join(directory, 'owner.pid'), String(process.pid));
  return directory;
}

/** @param {string} directory */
export function removeScratch(directory) {
  fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

async function sweep() {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const directory = path.join(os.tmpdir(), name);
    const owner = path.join(directory, 'owner.pid');
    try {
      const pid = Number.parseInt(fs.readFileSync(owner, 'utf8'), 10);
      if (commandOf(pid).includes('node')) continue;
      await stopOrphan(path.join(directory, 'postgres'));
      removeScratch(directory);
    } catch {
      // Another account's, or one that is being made or removed at this moment.
    }
  }
}
