/** Where each restore left the log of the database before it: PostgreSQL writes that into a history file per timeline. */
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { walDirectory } from './archive.mjs';
import { PlainError } from './progress.mjs';

const HISTORY = /^([0-9A-F]{8})\.history(\.gz)?$/;
/** What PostgreSQL says of a restore to the end of all WAL: it left nothing behind. */
const TO_THE_END = /no recovery target specified/;
const STOPPED_BEFORE = /\bbefore (\d{4}-\d\d-\d\d [\d:.]+)([+-]\d\d(:?\d\d)?)/;

/**
 * @typedef {object} Fork
 * @property {number} from  the timeline that was left
 * @property {bigint} lsn  where
 * @property {string} reason  as PostgreSQL tells it
 */
/**
 * @typedef {object} Timeline
 * @property {number} id
 * @property {Date} beganAt  when its server took up the work
 * @property {Fork[]} forks  the way to it, from the first timeline on
 */

/** @param {string} text  as PostgreSQL writes it: 0/3000148 */
export function lsnOf(text) {
  const [, high, low] = text.match(/^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})$/) ?? [];
  if (!high || !low) throw new PlainError(`${text} is no LSN: one looks like 0/3000148.`);
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

/** @param {bigint} lsn */
export const lsnText = (lsn) =>
  `${(lsn >> 32n).toString(16)}/${(lsn & 0xffffffffn).toString(16)}`.toUpperCase();

/**
 * Those that restores made, by number; the first of all has no history. The last may not be archived yet: its own
 * database has it.
 *
 * @param {string} backups
 * @param {string} [dataDir]  of PostgreSQL
 * @returns {Map<number, Timeline>}
 */
export function readTimelines(backups, dataDir) {
  const places = [walDirectory(backups), ...(dataDir ? [path.join(dataDir, 'pg_wal')] : [])];
  const timelines = new Map();
  for (const directory of places.filter((place) => fs.existsSync(place))) {
    for (const name of fs.readdirSync(directory)) {
      const [, number] = name.match(HISTORY) ?? [];
      if (number === undefined) continue;
      const id = Number.parseInt(number, 16);
      if (!timelines.has(id)) timelines.set(id, { id, ...readHistory(path.join(directory, name)) });
    }
  }
  return timelines;
}

/** gzip keeps when the file was written that it made smaller, however often the archive is copied. */
function readHistory(file) {
  const raw = fs.readFileSync(file);
  const isPacked = file.endsWith('.gz');
  const seconds = isPacked ? raw.readUInt32LE(4) : 0;
  const beganAt = seconds > 0 ? new Date(seconds * 1000) : fs.statSync(file).mtime;
  const forks = (isPacked ? gunzipSync(raw) : raw)
    .toString('utf8')
    .split('\n')
    .filter((line) => /^\s*\d/.test(line))
    .map((line) => {
      const [from = '', lsn = '', reason = ''] = line.trim().split('\t');
      return { from: Number(from), lsn: lsnOf(lsn), reason };
    });
  return { beganAt, forks };
}

/**
 * The way along which a restore goes: to the timeline that was named, or to the newest, as PostgreSQL does.
 *
 * @param {Map<number, Timeline>} timelines
 * @param {number | undefined} named
 * @returns {Timeline | null} null: no restore has made one yet
 */
export function wayTo(timelines, named) {
  const id = named ?? Math.max(...timelines.keys());
  const found = timelines.get(id);
  if (found) return found;
  if (named !== undefined && named > 1)
    throw new PlainError(
      `There is no timeline ${named}. There are: ${[1, ...timelines.keys()].sort((a, b) => a - b).join(', ')}`,
    );
  return named === undefined ? null : { id: 1, beganAt: new Date(0), forks: [] };
}

/**
 * Whether a backup stands on the way, before it left the backup's timeline.
 *
 * @param {Timeline | null} way
 * @param {{ timeline: number, stopLsn: string }} manifest
 */
export function isOnWay(way, { timeline, stopLsn }) {
  if (!way || timeline === way.id) return true;
  const fork = way.forks.find(({ from }) => from === timeline);
  return fork !== undefined && lsnOf(stopLsn) <= fork.lsn;
}

/**
 * Where the books of a moment were on a timeline that the way had left: between what a restore went back to, and when it
 * had done so. Null where the way itself has them.
 *
 * @param {Timeline | null} way
 * @param {Map<number, Timeline>} timelines
 * @param {Date} at
 * @returns {{ fork: Fork, to: Timeline } | null}
 */
export function leftBehind(way, timelines, at) {
  for (const [nth, fork] of (way?.forks ?? []).entries()) {
    const to = timelines.get(way?.forks[nth + 1]?.from ?? way?.id ?? 0);
    if (!to || at >= to.beganAt || TO_THE_END.test(fork.reason)) continue;
    // What was to be restored ended before this, and is the same on both.
    const stopped = stoppedBefore(fork.reason);
    if (stopped && at < stopped) return null;
    return { fork, to };
  }
  return null;
}

function stoppedBefore(reason) {
  const [, moment, zone] = reason.match(STOPPED_BEFORE) ?? [];
  if (!moment || !zone) return null;
  const at = new Date(`${moment.replace(' ', 'T')}${zone.length === 3 ? `${zone}:00` : zone}`);
  return Number.isNaN(at.getTime()) ? null : at;
}
