import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { excessOfRole } from '~/lib/boot';
import { db, disconnect } from '~/lib/db';
import { expectSoundBooks, moneyOf } from '~/lib/testing/books';
import { withTestDatabase } from '~/lib/testing/database';
import { fundWallet, type OpenWallet, someClabe, someOperator, someWallet } from '~/lib/testing/factories';
import { withdraw, withdrawalRow } from '~/lib/testing/journeys';
import { asSuperuser } from '~/lib/testing/tampering';
import { freezeWallet, unfreezeWallet } from '~/lib/wallets/status';
import { approveWithdrawal } from '~/lib/withdrawals/withdrawals';
import { grantRuntime } from '~/scripts/lib/roles.mjs';

withTestDatabase();

const OVER_THRESHOLD = 5_000_000n;
/** The role that web and worker hold, and its owner's. */
let app: pg.Client;
let owner: pg.Client;
let wallet: OpenWallet;
let withdrawalId: string;

beforeAll(async () => {
  app = new pg.Client({ connectionString: process.env.DATABASE_URL ?? '' });
  owner = new pg.Client({ connectionString: process.env.TEST_DATABASE_OWNER_URL ?? '' });
  await Promise.all([app.connect(), owner.connect()]);
  wallet = await someWallet();
  await fundWallet(wallet, 100_000_000n);
  const { id } = await withdraw(await someOperator(), wallet, { amount: OVER_THRESHOLD });
  await approveWithdrawal(await someOperator('approver'), { withdrawalId: id });
  withdrawalId = id;
  await app.query(`
    INSERT INTO inbox_events (id, type, mode, headers, body, occurred_at) VALUES ('evt_1', 'x', 'test', '{}', '{}', now())`);
});

afterAll(() => Promise.all([app.end(), owner.end()]));

const answer = (client: pg.Client, sql: string) =>
  client.query(sql).then(
    () => 'accepted',
    (error: pg.DatabaseError) => `${error.code} ${error.message}`,
  );

const LEDGER = ['accounts', 'transactions', 'entries', 'sums', 'flows', 'folds'].map(
  (each) => `ledger_${each}`,
);
const DENIED = /^42501 /;

describe('as the app’s role one is refused', () => {
  it.each([
    ['to switch a trigger off', 'ALTER TABLE ledger_entries DISABLE TRIGGER ALL'],
    ['to switch one off by name', 'ALTER TABLE withdrawals DISABLE TRIGGER withdrawals_asked'],
    ['to drop one', 'DROP TRIGGER ledger_entries_append_only ON ledger_entries'],
    ['to have triggers pass over it', 'SET session_replication_role = replica'],
    [
      'to write a trigger’s function anew',
      'CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    ],
    [
      'to make a trigger of its own',
      'CREATE TRIGGER mine BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    ],
    ['to make a rule', 'CREATE RULE mine AS ON INSERT TO audit_entries DO INSTEAD NOTHING'],
    ['to rewrite entries', 'UPDATE ledger_entries SET amount = amount * 2'],
    ['to delete entries', 'DELETE FROM ledger_entries'],
    ['to give a wallet a balance', 'UPDATE ledger_accounts SET balance = balance + 1'],
    ['to let customers go below zero', 'UPDATE ledger_accounts SET non_negative = false'],
    ['to change the audit log', `UPDATE audit_entries SET actor_name = 'somebody else'`],
    ['to delete from the audit log', 'DELETE FROM audit_entries'],
    ['to empty the audit log', 'TRUNCATE audit_entries'],
    ['to delete what Fintoc said', 'DELETE FROM inbox_events'],
    ['to change what happened', `UPDATE outbox_events SET type = 'x'`],
    ['to delete what happened', 'DELETE FROM outbox_events'],
    ['to change who asked for a release', 'UPDATE approvals SET asked_by_id = gen_random_uuid()'],
    ['to change who decided on it', 'UPDATE approval_decisions SET operator_id = gen_random_uuid()'],
    ['to change what somebody wrote', `UPDATE notes SET body = ''`],
    ['to make a table', 'CREATE TABLE mine (n int)'],
    ['to make a schema', 'CREATE SCHEMA mine'],
    ['to make a column', 'ALTER TABLE withdrawals ADD COLUMN mine int'],
    ['to drop a table', 'DROP TABLE audit_entries'],
    ['to drop what is checked', 'ALTER TABLE withdrawals DROP CONSTRAINT withdrawals_amount'],
    ['to make an extension', 'CREATE EXTENSION pg_stat_statements'],
    ['to become a superuser', 'ALTER ROLE CURRENT_USER SUPERUSER'],
    ['to run a program', `COPY (SELECT 1) TO PROGRAM 'true'`],
    ['to set the numbers of entries', `SELECT setval('ledger_entries_id_seq', 1)`],
    ['to use them up', `SELECT nextval('ledger_entries_id_seq')`],
    ['to grant itself more', `SELECT grant_runtime(current_user)`],
    ['to rewrite the history of migrations', 'DELETE FROM _prisma_migrations'],
  ])('%s', async (_what, sql) => {
    expect(await answer(app, sql)).toMatch(DENIED);
  });

  it('to change what Fintoc said, and to make it a poll’s word', async () => {
    for (const change of [`body = '{"forged":true}'`, `origin = 'poll'`, `type = 'y'`, 'occurred_at = now()'])
      expect(await answer(app, `UPDATE inbox_events SET ${change}`)).toMatch(/^23001 .*append-only/);
  });

  it('to become the owner', async () => {
    const { rows } = await owner.query('SELECT current_user AS name');
    expect(await answer(app, `SET ROLE ${rows[0].name}`)).toMatch(DENIED);
    expect(await answer(app, `GRANT ${rows[0].name} TO CURRENT_USER`)).toMatch(DENIED);
  });

  it('to change the CLABE, amount or approver of an approved withdrawal', async () => {
    const before = await withdrawalRow(withdrawalId);
    for (const sql of [`destination = '${someClabe('012')}'`, 'amount = 1', `status = 'awaiting_approval'`])
      expect(await answer(app, `UPDATE withdrawals SET ${sql} WHERE id = '${withdrawalId}'`)).toMatch(
        /^23001 /,
      );
    for (const sql of [
      'DELETE FROM approval_decisions',
      'UPDATE approval_decisions SET operator_id = gen_random_uuid()',
    ])
      expect(await answer(app, sql)).toMatch(DENIED);
    expect(await withdrawalRow(withdrawalId)).toEqual(before);
  });

  it.each(LEDGER)('to write to %s by itself', async (table) => {
    const { rows } = await app.query(`
      SELECT privilege_type FROM information_schema.role_table_grants
      WHERE table_name = '${table}' AND grantee = current_user`);
    expect(rows).toEqual([{ privilege_type: 'SELECT' }]);
    expect(await answer(app, `INSERT INTO ${table} SELECT * FROM ${table}`)).toMatch(DENIED);
  });

  it('to truncate any table', async () => {
    const { rows } = await app.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
    expect(rows.length).toBeGreaterThan(30);
    for (const { tablename } of rows)
      expect(await answer(app, `TRUNCATE ${tablename} CASCADE`)).toMatch(DENIED);
  });

  it('to have the ledger post into a table of its own', async () => {
    await app.query('CREATE TEMPORARY TABLE ledger_transactions (LIKE public.ledger_transactions)');
    const { rows } = await app.query('SELECT * FROM ledger_post($1)', [
      JSON.stringify({
        items: [
          {
            ...{ cause_kind: 'transfer', cause_id: 'shadow', step: 'test', round: 0 },
            ...{ kind: 'adjustment', effective_at: new Date(), entry_count: 2 },
          },
        ],
        accounts: [
          { code: 'x/a', asset: 'MXN', side: 'debit', bucket: 'cash', non_negative: false },
          { code: 'x/b', asset: 'MXN', side: 'credit', bucket: 'suspense', non_negative: false },
        ],
        lines: [
          { item: 1, line: 1, account: 1, amount: 5, kind: 'test' },
          { item: 1, line: 2, account: 2, amount: -5, kind: 'test' },
        ],
      }),
    ]);
    expect(rows).toMatchObject([{ outcome: 'posted' }]);
    expect(await db().ledgerTransaction.count({ where: { causeId: 'shadow' } })).toBe(1);
    await app.query('DROP TABLE pg_temp.ledger_transactions');
  });

  it('and after all that the books are sound', expectSoundBooks);
});

describe('as the app’s role one may', () => {
  it('do what web and worker do: the money of a wallet moves, and is audited', async () => {
    const before = await moneyOf(wallet);
    await withdraw(await someOperator(), wallet, { amount: 100n });
    expect((await moneyOf(wallet)).available).toBe(before.available - 100n);
    await freezeWallet(await someOperator('admin'), { walletId: wallet.id, reason: 'test' });
    await unfreezeWallet(await someOperator('admin'), { walletId: wallet.id, reason: 'test' });
    expect(await db().auditEntry.count({ where: { subjectId: wallet.id } })).toBeGreaterThan(1);
  });

  it('say of an event how far it is, though not what it says', async () => {
    expect(await answer(app, `UPDATE inbox_events SET state = 'dead' WHERE id = 'evt_1'`)).toBe('accepted');
  });
});

describe('by rule', () => {
  it('a function with the owner’s rights says itself where it looks for names, and nobody else may call ours', async () => {
    const { rows } = await owner.query(`
      SELECT p.oid::regprocedure::text AS name, p.proconfig, p.prosecdef, has_function_privilege('pg_monitor', p.oid, 'EXECUTE') AS public
      FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole`);
    const definers = rows.filter(({ prosecdef }) => prosecdef);
    expect(definers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ledger_post(jsonb)', 'ledger_fold(integer)']),
    );
    for (const { name, proconfig } of definers)
      expect(proconfig, name).toContain('search_path=pg_catalog, public, pg_temp');
    expect(rows.filter((row) => row.public).map(({ name }) => name)).toEqual([]);
  });

  it('what is made later is the app’s to use, what is kept is kept, and the ledger’s stays the ledger’s', async () => {
    await owner.query(`
      CREATE TABLE later (id bigserial PRIMARY KEY, word text);
      CREATE TABLE kept_later (id bigserial PRIMARY KEY, word text, state text);
      CREATE TRIGGER kept_later_kept BEFORE UPDATE OF id, word OR DELETE ON kept_later
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TABLE ledger_later (id bigserial PRIMARY KEY);
      CREATE FUNCTION later_function() RETURNS int LANGUAGE sql AS 'SELECT 1'`);
    for (const sql of [
      `INSERT INTO later (word) VALUES ('a')`,
      `UPDATE later SET word = 'b'`,
      'DELETE FROM later',
      'SELECT later_function()',
    ])
      expect(await answer(app, sql), sql).toBe('accepted');

    await grantRuntime(process.env.TEST_DATABASE_OWNER_URL ?? '', process.env.DATABASE_URL);
    expect(await answer(app, `INSERT INTO later (word) VALUES ('a')`)).toBe('accepted');
    expect(await answer(app, `INSERT INTO kept_later (word) VALUES ('a')`)).toBe('accepted');
    expect(await answer(app, `UPDATE kept_later SET state = 'b'`)).toBe('accepted');
    expect(await answer(app, `UPDATE kept_later SET word = 'b'`)).toMatch(DENIED);
    expect(await answer(app, 'DELETE FROM kept_later')).toMatch(DENIED);
    expect(await answer(app, 'INSERT INTO ledger_later DEFAULT VALUES')).toMatch(DENIED);
  });

  it('a role is made where the owner may make one, and said how to make where not', async () => {
    const name = `monedero_test_${randomUUID().slice(0, 8)}`;
    const url = Object.assign(new URL(process.env.DATABASE_URL ?? ''), {
      username: name,
      password: 'x',
    }).href;
    const ownerUrl = process.env.TEST_DATABASE_OWNER_URL ?? '';
    await expect(grantRuntime(ownerUrl, url)).rejects.toThrow(`CREATE ROLE "${name}" LOGIN PASSWORD`);

    const superuser = await asSuperuser();
    const [me] = (await owner.query('SELECT current_user AS name')).rows;
    await superuser.query(`ALTER ROLE ${me.name} CREATEROLE`);
    try {
      await grantRuntime(ownerUrl, url);
      const other = new pg.Client({ connectionString: url });
      await other.connect();
      expect(await answer(other, 'SELECT count(*) FROM wallets')).toBe('accepted');
      expect(await answer(other, 'DELETE FROM audit_entries')).toMatch(DENIED);
      await other.end();
    } finally {
      await superuser.query(`ALTER ROLE ${me.name} NOCREATEROLE; DROP OWNED BY ${name}; DROP ROLE ${name}`);
      await superuser.end();
    }
  });
});

describe('web and worker start', () => {
  const excessAs = async (url: string | undefined) => {
    const known = process.env.DATABASE_URL;
    await disconnect();
    // What lib/db reads was parsed once and is the same object.
    const { env } = await import('~/lib/env');
    env().DATABASE_URL = url ?? '';
    try {
      return await excessOfRole();
    } finally {
      await disconnect();
      env().DATABASE_URL = known ?? '';
    }
  };

  it('as the app’s role, and not as the owner or a superuser, which is said in one line', async () => {
    expect(await excessAs(process.env.DATABASE_URL)).toBeNull();
    const told =
      /^DATABASE_URL: the role \w+ owns [^\n]*DATABASE_OWNER_URL[^\n]*ALLOW_OWNER_DATABASE_ROLE=1\.$/;
    expect(await excessAs(process.env.TEST_DATABASE_OWNER_URL)).toMatch(told);
    const superuser = Object.assign(new URL(process.env.TEST_DATABASE_URL ?? ''), {
      pathname: new URL(process.env.DATABASE_URL ?? '').pathname,
    });
    expect(await excessAs(superuser.href)).toMatch(/^DATABASE_URL: the role \w+ is a superuser[^\n]*$/);
  });
});
