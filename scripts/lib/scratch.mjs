import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stopOrphan } from './postgres.mjs';
import { commandOf } from './processes.mjs';

const PREFIX = 'monedero-scratch-';
const MEMORY = '/dev/shm';
const TMPFS = 0x01021994;
const ROOM_BYTES = 4 * 2 ** 30;

/**
 * A temporary directory of this process. What a killed process left of its own, a PostgreSQL included, is put
 * away on the way.
 *
 * @param {{ inMemory?: boolean }} [options]  inMemory: for what may be lost with the machine, where memory has room
 */
export async function scratchDirectory({ inMemory = false } = {}) {
  await sweep();
  const home = inMemory && memoryHasRoom() ? MEMORY : os.tmpdir();
  const directory = fs.mkdtempSync(path.join(home, PREFIX));
  // The account that root lends to PostgreSQL must be able to pass through.
  fs.chmodSync(directory, 0o711);
  fs.writeFileSync(path.join(directory, 'owner.pid'), String(process.pid));
  return directory;
}

/** @param {string} directory */
export function removeScratch(directory) {
  fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** Containers often have a small one. */
function memoryHasRoom() {
  if (!fs.existsSync(MEMORY)) return false;
  const { type, bsize, bavail } = fs.statfsSync(MEMORY);
  return type === TMPFS && Math.min(bsize * bavail, os.freemem()) >= ROOM_BYTES;
}

async function sweep() {
  const homes = [os.tmpdir(), MEMORY].filter((home) => fs.existsSync(home));
  for (const directory of homes.flatMap(scratchIn)) {
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

/** @param {string} home */
function scratchIn(home) {
  return fs
    .readdirSync(home)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => path.join(home, name));
}
