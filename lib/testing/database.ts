import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { disconnect } from '~/lib/db';
import { endTampering } from '~/lib/testing/tampering';

export interface TestDatabase {
  /** Address for the role that web and worker hold: what nobody granted it fails a test. */
  url: string;
  /** Address for the role that owns the database and migrates it. */
  ownerUrl: string;
  drop(): Promise<void>;
}

/** An empty, migrated database of its own: a copy of the template that global-setup.ts made. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(required('TEST_DATABASE_TEMPLATE'));
  const role = template.username;
  const name = `${role}_${randomBytes(6).toString('hex')}`;
  await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${role} OWNER ${role}`);
  const addressOf = (role: string) => Object.assign(new URL(role), { pathname: `/${name}` }).href;
  const [url, ownerUrl] = [addressOf(required('TEST_DATABASE_RUNTIME')), addressOf(template.href)];
  return { url, ownerUrl, drop: () => asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/**
 * Gives the tests of this file a database of their own: `db()` and `env()` use it from the first test on.
 * Call it at the top of a test file or of its outermost `describe`.
 */
export function withTestDatabase(): void {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    process.env.DATABASE_URL = database.url;
    process.env.TEST_DATABASE_OWNER_URL = database.ownerUrl;
  });
  afterAll(async () => {
    await Promise.all([disconnect(), endTampering()]);
    await database?.drop();
  });
}

/** One statement with every right, beside what tests prove. */
export async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: required('TEST_DATABASE_URL') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run tests with vitest, whose global setup provides it.`);
  return value;
}
