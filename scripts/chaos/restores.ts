/** A killed database that comes back from its backup, with its archived WAL replayed over it: to the end, or not so far. */
import fs from 'node:fs';
import path from 'node:path';
import { archiveSettings } from '../lib/archive.mjs';
import { takeBackup } from '../lib/backups.mjs';
import { chooseBackup, restoreBackup } from '../lib/restores.mjs';
import type { Dice } from './dice.ts';
import type { Lapse } from './evidence.ts';

/** What a death is followed by, turn by turn: the others leave it to recover by itself. */
const TURNS = ['older', 'none', 'latest', 'none'] as const;
/** Each replays all that happened since the backup. */
const MOST = { older: 2, latest: 4, none: Number.POSITIVE_INFINITY };
/** So long before its death the moment is that it comes back to. */
const BACK_MS: [number, number] = [3_000, 20_000];

export class Restores {
  /** How often it came back from a backup. */
  readonly count = { older: 0, latest: 0, none: 0 };
  /** The times of which the books know nothing any more. */
  readonly lapses: Lapse[] = [];
  readonly #dataDir: string;
  readonly #backups: string;
  readonly #password: string;
  readonly #logs: string;
  #deaths = 0;
  #dice: Dice | null = null;
  #notBefore = new Date();

  constructor({ dataDir, password, logs }: { dataDir: string; password: string; logs: string }) {
    this.#dataDir = path.join(dataDir, 'postgres');
    this.#backups = path.join(dataDir, 'backups');
    this.#password = password;
    this.#logs = logs;
  }

  settings(): Record<string, string> {
    return archiveSettings(this.#backups);
  }

  /** While everything else goes on. */
  async backUp(superuserUrl: string): Promise<void> {
    await takeBackup({ superuserUrl, backups: this.#backups, secrets: '' });
  }

  /** From now on it comes back from its backup, and never to an earlier moment than this one. */
  begin(dice: Dice): void {
    this.#dice = dice;
    this.#notBefore = new Date();
  }

  /** What this run did not have of them. */
  missing(): string[] {
    const { older, latest } = this.count;
    return [
      ...(older === 0 ? ['restore to an older moment'] : []),
      ...(latest === 0 ? ['restore to the end'] : []),
    ];
  }

  /** Before the server that died then is started again, which on a slow day is long after. */
  async afterDeath(diedAt: Date): Promise<void> {
    if (!this.#dice) return;
    const kind = TURNS[this.#deaths % TURNS.length] ?? 'none';
    this.#deaths += 1;
    if (kind === 'none' || this.count[kind] >= MOST[kind]) return;
    const back = this.#dice.int(...BACK_MS);
    const at = new Date(Math.max(diedAt.getTime() - back, this.#notBefore.getTime()));
    // Nothing was written between the two: there is no such moment in its archive.
    if (kind === 'older' && at.getTime() > diedAt.getTime() - BACK_MS[0] / 2) return;
    const target = kind === 'older' ? ({ kind: 'time', at } as const) : ({ kind: 'latest' } as const);
    const backup = chooseBackup(this.#backups, undefined, target, { dataDir: this.#dataDir });
    const { aside } = await restoreBackup({
      backup,
      timeline: backup.timeline,
      backups: this.#backups,
      dataDir: this.#dataDir,
      password: this.#password,
      target,
      logFile: path.join(this.#logs, 'restore.log'),
    });
    if (aside) fs.rmSync(aside, { recursive: true, force: true });
    this.count[kind] += 1;
    if (kind !== 'older') return;
    // What lies between the two is left behind with the old timeline.
    this.#notBefore = new Date();
    this.lapses.push({ from: at, to: this.#notBefore });
  }
}
