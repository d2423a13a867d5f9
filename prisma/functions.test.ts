import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '~/lib/testing/database';
import { sqlToFunctions } from '~/scripts/lib/functions.mjs';

const FILES = 'prisma/functions';
let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

const textOf = (name: string) => fs.readFileSync(path.join(FILES, `${name}.sql`), 'utf8');

describe('prisma/functions', () => {
  it('is what the migrations make: every function, word for word', async () => {
    const { rows } = await owner.query<{ name: string }>(`
      SELECT proname AS name FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole ORDER BY 1`);
    expect(rows.map(({ name }) => `${name}.sql`)).toEqual(fs.readdirSync(FILES).sort());
    expect(await sqlToFunctions(database.ownerUrl)).toBe('');
  });

  it('is drafted into a migration where it says more than they do', async () => {
    await owner.query(`
      CREATE OR REPLACE FUNCTION clabe_bank(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT number';
      ALTER FUNCTION ledger_post(jsonb) SECURITY INVOKER;
      DROP FUNCTION movements_of(text[], uuid[], uuid[], bigint[], int);
      DROP FUNCTION wallet_debts(json);
      CREATE FUNCTION wallet_debts(wallets json) RETURNS json LANGUAGE sql AS 'SELECT NULL::json';
      DROP FUNCTION ledger_fold(int);
      CREATE FUNCTION ledger_fold(most bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
      CREATE FUNCTION unwritten() RETURNS int LANGUAGE sql AS 'SELECT 1'`);
    const drafted = await sqlToFunctions(database.ownerUrl);
    expect(drafted).toBe(
      [
        'DROP FUNCTION unwritten();\n',
        textOf('clabe_bank'),
        `DROP FUNCTION ledger_fold(bigint);\n${textOf('ledger_fold')}`,
        textOf('ledger_post'),
        textOf('movements_of'),
        `DROP FUNCTION wallet_debts(json);\n${textOf('wallet_debts')}`,
      ].join('\n'),
    );
    await owner.query(drafted);
    expect(await sqlToFunctions(database.ownerUrl)).toBe('');
  });

  it('refuses a file that makes another function than its name says', async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'functions-'));
    fs.writeFileSync(path.join(directory, 'one.sql'), textOf('clabe_bank'));
    await expect(sqlToFunctions(database.ownerUrl, directory)).rejects.toThrow('makes no function one');
    fs.rmSync(directory, { recursive: true });
  });
});
