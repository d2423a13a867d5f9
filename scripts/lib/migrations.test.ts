import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '~/lib/testing/database';
import { migrate } from '~/scripts/lib/migrations.mjs';

let database: TestDatabase;
let client: pg.Client;
let directory: string;

beforeEach(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query('DROP TABLE _prisma_migrations');
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'migrations-'));
  write('0001_first', 'CREATE TABLE first (id int);');
});

afterEach(async () => {
  await client.end();
  await database.drop();
  fs.rmSync(directory, { recursive: true });
});

it('applies what is missing, in order, once', async () => {
  write('0002_second', 'ALTER TABLE first ADD COLUMN name text;');
  expect(await migrate(database.ownerUrl, directory)).toEqual(['0001_first', '0002_second']);
  expect(await migrate(database.ownerUrl, directory)).toEqual([]);
});

it('applies each migration once when two processes start together', async () => {
  const applied = await Promise.all([
    migrate(database.ownerUrl, directory),
    migrate(database.ownerUrl, directory),
  ]);
  expect(applied.flat()).toEqual(['0001_first']);
});

it('refuses a migration that was changed after it was applied, and one that is gone', async () => {
  await migrate(database.ownerUrl, directory);
  write('0001_first', 'CREATE TABLE first (id bigint);');
  await expect(migrate(database.ownerUrl, directory)).rejects.toThrow(
    '0001_first was changed after it was applied',
  );
  fs.rmSync(path.join(directory, '0001_first'), { recursive: true });
  await expect(migrate(database.ownerUrl, directory)).rejects.toThrow(
    '0001_first was applied to this database but',
  );
});

it('refuses a database that the twenty-four migrations before these made, and says what to do', async () => {
  write('0001_tables', 'CREATE TABLE tables (id int);');
  await migrate(database.ownerUrl, directory);
  await expect(migrate(database.ownerUrl)).rejects.toThrow(
    /made by older migrations .* Move it away and start with an empty one/,
  );
});

it('leaves nothing of a migration that fails half-way, and says which one it was', async () => {
  write('0002_half', 'CREATE TABLE half (id int); SELECT 1 / 0;');
  await expect(migrate(database.ownerUrl, directory)).rejects.toThrow(
    'Migration 0002_half failed: division by zero',
  );
  const { rows } = await client.query(`SELECT to_regclass('first') AS first, to_regclass('half') AS half`);
  expect(rows).toEqual([{ first: 'first', half: null }]);
});

it('records what it did as Prisma does', async () => {
  await migrate(database.ownerUrl, directory);
  const { rows } = await client.query(
    `SELECT migration_name, applied_steps_count, finished_at >= started_at AS finished, logs, rolled_back_at,
            checksum = encode(sha256('CREATE TABLE first (id int);'), 'hex') AS checked
     FROM _prisma_migrations`,
  );
  expect(rows).toEqual([
    {
      migration_name: '0001_first',
      applied_steps_count: 1,
      finished: true,
      logs: null,
      rolled_back_at: null,
      checked: true,
    },
  ]);
});

function write(name: string, sql: string): void {
  fs.mkdirSync(path.join(directory, name), { recursive: true });
  fs.writeFileSync(path.join(directory, name, 'migration.sql'), sql);
}
