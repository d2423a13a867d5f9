import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../lib/migrations.mjs';
import { ensureOwnedDatabase } from '../../lib/roles.mjs';
import { generate } from './growth-data.ts';

/** The one address that a process reads: each size has the name in its turn. */
export const DATABASE = 'monedero';
const stored = (size: number) => `growth_${size}`;

/** A database of each size on one PostgreSQL, of which one at a time is the one that is read. */
export class Sizes {
  private readonly superuserUrl: string;
  private readonly sizes: readonly number[];
  private readonly disconnect: () => Promise<void>;
  private readonly password = randomBytes(12).toString('hex');

  /** `disconnect` ends the connections of whoever reads. */
  constructor(superuserUrl: string, sizes: readonly number[], disconnect: () => Promise<void>) {
    this.superuserUrl = superuserUrl;
    this.sizes = sizes;
    this.disconnect = disconnect;
  }

  /** Writes what isn't there yet, and brings what was kept up to this code's tables. */
  async provide(): Promise<void> {
    await this.tidy();
    for (const size of this.sizes) await this.provideOne(size);
  }

  /** Every size takes part in every round, so that a slow minute of the machine is everybody's. */
  async inRounds(rounds: number, work: (size: number) => Promise<unknown>): Promise<void> {
    for (let round = 1; round <= rounds; round += 1) for (const size of this.sizes) await this.on(size, work);
  }

  async on(size: number, work: (size: number) => Promise<unknown>): Promise<void> {
    await this.rename(stored(size), DATABASE);
    await work(size);
    await this.rename(DATABASE, stored(size));
  }

  private async provideOne(size: number): Promise<void> {
    if (await this.isThere(stored(size))) return this.on(size, () => this.migrated());
    const begin = Date.now();
    await generate(await this.migrated(), size);
    await this.ask(`COMMENT ON DATABASE ${DATABASE} IS '${stored(size)}'`);
    await this.rename(DATABASE, stored(size));
    const took = Math.round((Date.now() - begin) / 1_000);
    console.log(`${size.toLocaleString('en')} movements written in ${took} s`);
  }

  private async isThere(name: string): Promise<boolean> {
    return (await this.ask(`SELECT FROM pg_database WHERE datname = '${name}'`)).length > 0;
  }

  /** A run that was cut left a database under the common name: a written one says its size, and stays. */
  private async tidy(): Promise<void> {
    const [left] = await this.ask(
      `SELECT shobj_description(oid, 'pg_database') AS name FROM pg_database WHERE datname = '${DATABASE}'`,
    );
    if (left?.name) await this.rename(DATABASE, left.name);
    else if (left) await this.ask(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
  }

  /** Migrated, and made if need be, under the one address that this process reads. Answers a superuser's address of it. */
  private async migrated(): Promise<string> {
    const url = await ensureOwnedDatabase(this.superuserUrl, { name: DATABASE, password: this.password });
    await migrate(url);
    process.env.DATABASE_URL = url;
    const ownerUrl = new URL(this.superuserUrl);
    ownerUrl.pathname = `/${DATABASE}`;
    return ownerUrl.href;
  }

  private async rename(from: string, to: string): Promise<void> {
    await this.disconnect();
    await this.ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${from}'`);
    await this.ask(`ALTER DATABASE ${from} RENAME TO ${to}`);
  }

  private async ask(sql: string): Promise<{ name?: string | null }[]> {
    const client = new pg.Client({ connectionString: this.superuserUrl });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
}
