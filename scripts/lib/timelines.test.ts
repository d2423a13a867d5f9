import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseBackup, type Target } from '~/scripts/lib/restores.mjs';
import { removeScratch, scratchDirectory } from '~/scripts/lib/scratch.mjs';

let backups: string;

/** As PostgreSQL writes them and the archive keeps them. */
function history(id: number, beganAt: string, ...forks: string[]): void {
  const name = path.join(backups, 'wal', `${String(id).padStart(8, '0')}.history`);
  fs.writeFileSync(name, forks.map((fork, nth) => `${nth + 1}\t${fork}\n`).join('\n'));
  fs.utimesSync(name, new Date(beganAt), new Date(beganAt));
  fs.writeFileSync(`${name}.gz`, execFileSync('gzip', ['-1', '-c', name]));
  fs.rmSync(name);
}

function backup(label: string, timeline: number, stopLsn: string, finishedAt: string): void {
  fs.mkdirSync(path.join(backups, label));
  const manifest = JSON.stringify({ label, timeline, stopLsn, finishedAt });
  fs.writeFileSync(path.join(backups, label, 'manifest.json'), manifest);
}

beforeAll(async () => {
  backups = await scratchDirectory();
  fs.mkdirSync(path.join(backups, 'wal'));
  const first = '0/5000000\tno recovery target specified';
  const second = '0/7000148\tbefore 2026-11-25 09:00:00.123456+00';
  const third = '0/9000000\tbefore LSN 0/9000000';
  history(2, '2026-11-24T10:00:00Z', first);
  history(3, '2026-11-25T13:00:00Z', first, second);
  history(4, '2026-11-26T13:00:00Z', first, second, third);
  backup('1-monday', 1, '0/3000000', '2026-11-23T00:00:00Z');
  backup('2-left-behind', 2, '0/8000000', '2026-11-25T10:00:00Z');
  backup('3-wednesday', 3, '0/8500000', '2026-11-25T20:00:00Z');
});

afterAll(() => removeScratch(backups));

const time = (at: string): Target => ({ kind: 'time', at: new Date(at) });
const lsn = (at: string): Target => ({ kind: 'lsn', lsn: at });
function chosen(label: string | undefined, target: Target, timeline?: number): string {
  const { manifest, timeline: along } = chooseBackup(backups, label, target, { timeline });
  return `${manifest.label} along ${along}`;
}

it('the newest backup that leads to the target is taken, along the newest timeline', () => {
  expect(chosen(undefined, { kind: 'latest' })).toBe('3-wednesday along 4');
  expect(chosen(undefined, lsn('0/8600000'))).toBe('3-wednesday along 4');
  expect(chosen(undefined, lsn('0/8100000'))).toBe('1-monday along 4');
  // Before the moment to which the restore went back, both timelines say the same.
  expect(chosen(undefined, time('2026-11-25T08:00:00Z'))).toBe('1-monday along 4');
});

it('a moment that a restore left behind says on which timeline it is, and is had by its name', () => {
  const moment = time('2026-11-25T11:00:00Z');
  expect(() => chosen(undefined, moment)).toThrow(
    /were on timeline 2, which a restore left behind at LSN 0\/7000148 .* --timeline 2 --to-time 2026-11-25T11:00:00.000Z/,
  );
  expect(chosen(undefined, moment, 2)).toBe('2-left-behind along 2');
  // Of a restore to a place in the log PostgreSQL tells no moment.
  const later = time('2026-11-26T10:00:00Z');
  expect(() => chosen(undefined, later)).toThrow(/were on timeline 3/);
  expect(chosen(undefined, later, 3)).toBe('3-wednesday along 3');
});

it('a backup of what was left behind leads to its own end, and nowhere else but along its timeline', () => {
  expect(() => chosen('2-left-behind', { kind: 'latest' })).toThrow(/Add --timeline 2/);
  expect(chosen('2-left-behind', { kind: 'backup' })).toBe('2-left-behind along 2');
  expect(chosen('2-left-behind', { kind: 'latest' }, 2)).toBe('2-left-behind along 2');
  expect(() => chosen(undefined, { kind: 'latest' }, 99)).toThrow(/There is no timeline 99/);
});
