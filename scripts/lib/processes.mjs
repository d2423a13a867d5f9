import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * The command line of a running process, or '' if there is none: pids are reused, so a pid alone proves nothing.
 *
 * @param {number} pid
 */
export function commandOf(pid) {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
