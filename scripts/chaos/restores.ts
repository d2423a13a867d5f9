/** A killed database that comes back from its backup, with its archived WAL replayed over it to the end. */
import path from 'node:path';
import { archiveSettings } from '../lib/archive.mjs';
import { takeBackup } from '../lib/backups.mjs';
import { chooseBackup, restoreBackup } from '../lib/restores.mjs';

/** Every so many deaths: the others leave it to recover by itself. */
const EVERY = 2;

export class Restores {
  /** How often it came back from a backup. */
  count = 0;
  readonly #dataDir: string;
  readonly #backups: string;
  readonly #password: string;
  readonly #logs: string;
  #deaths = 0;
  #isBackedUp = false;

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
    this.#isBackedUp = true;
  }

  /** Before the server is started again. */
  async afterDeath(): Promise<void> {
    if (!this.#isBackedUp) return;
    this.#deaths += 1;
    if (this.#deaths % EVERY !== 1) return;
    const target = { kind: 'latest' } as const;
    await restoreBackup({
      backup: chooseBackup(this.#backups, undefined, target),
      backups: this.#backups,
      dataDir: this.#dataDir,
      password: this.#password,
      target,
      logFile: path.join(this.#logs, 'restore.log'),
    });
    this.count += 1;
  }
}
