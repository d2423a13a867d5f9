/**
 * Applies prisma/migrations the way `prisma migrate deploy` does, on `pg` alone: Prisma's own command needs an
 * engine that it downloads. The rows in _prisma_migrations are the same, so Prisma's command can take over anywhere.
 */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
// The number that Prisma's engine locks too: the two never migrate one database at once.
const ADVISORY_LOCK = 72707369;

/** The first of twenty-four migrations that were put together into ten, while nobody kept money in Monedero. */
const FIRST_OF_OLD = '0001_tables';

const HISTORY_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36) PRIMARY KEY NOT NULL,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

/**
 * Applies what is missing, each migration in a transaction of its own, and returns the names applied.
 *
 * @param {string} url
 * @param {string} [directory]
 * @returns {Promise<string[]>}
 */
export async function migrate(url, directory = MIGRATIONS) {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(HISTORY_TABLE);
    const pending = pendingMigrations(readMigrations(directory), await appliedMigrations(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function readMigrations(directory) {
  return fs
    .readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const sql = fs.readFileSync(path.join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

async function appliedMigrations(client) {
  const { rows } = await client.query(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
  );
  return rows;
}

/** History is not rewritten: what was applied must still be there, unchanged, before anything new. */
function pendingMigrations(migrations, applied) {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  if (applied.some((row) => row.migration_name === FIRST_OF_OLD) && !byName.has(FIRST_OF_OLD)) {
    throw new Error(
      'This database was made by older migrations that were since put together into fewer, and cannot be brought forward. Move it away and start with an empty one: what `npm start` keeps is in .data (DATA_DIR); a database of your own, drop and create again.',
    );
  }
  for (const { migration_name: name, checksum, finished_at: finishedAt } of applied) {
    const migration = byName.get(name);
    if (!finishedAt)
      throw new Error(`Migration ${name} failed half-way in this database. Resolve it by hand first.`);
    if (!migration)
      throw new Error(`Migration ${name} was applied to this database but is not in prisma/migrations.`);
    if (migration.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was changed after it was applied. Restore it and write a new migration.`,
      );
    }
  }
  const done = new Set(applied.map((row) => row.migration_name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(client, { name, sql, checksum }) {
  await client.query('BEGIN');
  try {
    // Without parameters `pg` sends the script whole, so function bodies keep their semicolons.
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${name} failed: ${error.message}`, { cause: error });
  }
}
