import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asSuperuser } from '~/lib/testing/database';
import { migrate } from '~/scripts/lib/migrations.mjs';

/**
 * Whoever updates migrates first, and then replaces one process after the other: for a while the version before works on
 * the new schema. So a migration only adds. What takes something away comes a version after nothing uses it any more,
 * and stands here with why that is so.
 */
const SINCE = '0067_told_and_accounted';
const ALLOWED: Record<string, Record<string, string>> = {
  '0071_doors_by_role': {
    'operators operators_custom_role may refuse':
      'it asks of the new column alone, which the version before leaves empty',
  },
  '0080_deciders_and_claims': {
    'function claim_inbox_events(integer,integer,timestamp with time zone,integer) is gone':
      'the one in its place takes a fifth argument or none: called with four it is the same',
  },
  '0081_closed_sets': Object.fromEntries(
    [
      'access_links access_links_kind_check',
      'alarms alarms_kind_check',
      'approval_rules approval_rules_action_check',
      'approval_shadows approval_shadows_action_check',
      'approvals approvals_action_check',
      'factor_challenges factor_challenges_purpose_check',
      'hold_acts hold_acts_actor_kind_check',
      'ledger_transactions ledger_transactions_kind_check',
      'lifecycle_acts lifecycle_acts_actor_kind_check',
      'transfers transfers_mode_check',
    ].map((guard) => [`${guard} may refuse`, 'what the version before writes is in the set']),
  ),
  '0083_sealed_people': Object.fromEntries(
    ['customers customers_sealed', 'kyb_drafts kyb_drafts_sealed', 'onboardings onboardings_sealed'].map(
      (guard) => [`${guard} may refuse`, 'the version before seals nothing: it stops first (CHANGELOG)'],
    ),
  ),
  '0084_erased_people': {
    'customers customers_erased may refuse': 'it asks of the new column alone',
  },
  '0087_batches_told': Object.fromEntries(
    ['withdrawal_batches withdrawal_batches_tell_over', 'withdrawals withdrawals_tell_batches'].map(
      (guard) => [
        `${guard} may refuse`,
        'it refuses nothing: it tells of a type that the version before neither shows nor sends',
      ],
    ),
  ),
  '0091_cheaper_limits': {
    'transfers transfers_suspense_reason_check may refuse': 'what the version before writes is in the set',
  },
  '0094_scoped_keys': {
    'api_keys api_keys_made may refuse': 'the same as before, and the new column',
    'api_keys api_keys_of_some_check may refuse':
      'it asks of a key with portfolios alone, which the version before never makes',
    'inbox_events inbox_events_said may refuse': 'it refuses less than before',
    'statement_mails statement_mails_asked may refuse': 'it refuses less than before',
    'statement_mails statement_mails_sent_to may refuse': 'what another trigger refused before',
    'statement_orders statement_orders_made may refuse': 'it refuses less than before',
    'statement_orders statement_orders_sent_to may refuse': 'what another trigger refused before',
  },
};

const folder = path.join(import.meta.dirname, 'migrations');
let directory: string;
let url: URL;
let client: pg.Client;

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'rolling-'));
  const owner = new URL(process.env.TEST_DATABASE_TEMPLATE ?? '');
  url = Object.assign(owner, { pathname: `/${owner.username}_rolling` });
  await asSuperuser(`DROP DATABASE IF EXISTS ${url.pathname.slice(1)} WITH (FORCE)`);
  await asSuperuser(`CREATE DATABASE ${url.pathname.slice(1)} OWNER ${url.username}`);
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await asSuperuser(`DROP DATABASE ${url.pathname.slice(1)} WITH (FORCE)`);
  fs.rmSync(directory, { recursive: true });
});

const names = fs
  .readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  .sort();

async function apply(...migrations: string[]): Promise<void> {
  for (const name of migrations)
    fs.cpSync(path.join(folder, name), path.join(directory, name), { recursive: true });
  await migrate(url.href, directory);
}

/** A table's column, as the version before reads and writes it. */
type Column = { at: string; table: string; type: string; isNeeded: boolean; isRequired: boolean };
/** What may refuse what the version before writes. */
type Guard = { at: string; table: string; columns: string[]; says: string };
type Schema = { columns: Map<string, Column>; names: Set<string>; guards: Map<string, Guard> };

async function schemaNow(): Promise<Schema> {
  const { rows: columns } = await client.query<Column>(`
    SELECT c.relname || '.' || a.attname AS at, c.relname AS table, format_type(a.atttypid, a.atttypmod) AS type,
      a.attnotnull AS "isRequired", a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS "isNeeded"
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped`);
  const { rows: named } = await client.query<{ name: string }>(`
    SELECT 'function ' || oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      AND prorettype <> 'trigger'::regtype
    UNION ALL SELECT 'value ' || enumtypid::regtype || '.' || enumlabel FROM pg_enum`);
  const { rows: guards } = await client.query<Guard>(`
    SELECT conrelid::regclass || ' ' || conname AS at, conrelid::regclass::text AS table, pg_get_constraintdef(k.oid) AS says,
      ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
    FROM pg_constraint k WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'u', 'x', 'f')
    UNION ALL SELECT indrelid::regclass || ' ' || indexrelid::regclass, indrelid::regclass::text, pg_get_indexdef(indexrelid),
      ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = indrelid AND attnum = ANY (indkey))
    FROM pg_index WHERE indisunique AND NOT indisprimary
    UNION ALL SELECT tgrelid::regclass || ' ' || tgname, tgrelid::regclass::text, pg_get_triggerdef(oid),
      ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = tgrelid AND attnum = ANY (tgattr))
    FROM pg_trigger WHERE NOT tgisinternal`);
  return {
    columns: new Map(columns.map((column) => [column.at, column])),
    names: new Set(named.map(({ name }) => name)),
    guards: new Map(guards.map((guard) => [guard.at, guard])),
  };
}

/** What the version before can't do any more. */
function broken(before: Schema, after: Schema): string[] {
  const tables = new Set([...before.columns.values()].map(({ table }) => table));
  const faults: string[] = [];
  for (const [at, was] of before.columns) {
    const is = after.columns.get(at);
    if (!is) faults.push(`${at} is gone`);
    else if (is.type !== was.type) faults.push(`${at} is ${is.type} in place of ${was.type}`);
    else if (is.isRequired && !was.isRequired) faults.push(`${at} may not be null`);
    else if (is.isNeeded && !was.isNeeded) faults.push(`${at} has no default`);
  }
  for (const { at, table, isNeeded } of after.columns.values())
    if (tables.has(table) && !before.columns.has(at) && isNeeded) faults.push(`${at} has to be given`);
  for (const name of before.names) if (!after.names.has(name)) faults.push(`${name} is gone`);
  for (const guard of after.guards.values()) {
    const isOfOld =
      tables.has(guard.table) &&
      !(
        guard.columns.length > 0 &&
        guard.columns.every((name) => !before.columns.has(`${guard.table}.${name}`))
      );
    if (isOfOld && !isWider(before.guards.get(guard.at)?.says, guard.says))
      faults.push(`${guard.at} may refuse`);
  }
  return faults.toSorted();
}

/** The same, or with more values that it lets through. */
function isWider(before: string | undefined, after: string): boolean {
  if (before === undefined) return false;
  const values = (says: string): string[] => says.match(/'[^']*'/g) ?? [];
  const frame = (says: string) => says.replaceAll(/'[^']*'(::\w+)?(, )?/g, '');
  return frame(before) === frame(after) && values(before).every((value) => values(after).includes(value));
}

it('each migration leaves the version before able to work, but for what is known', async () => {
  await apply(...names.filter((name) => name <= SINCE));
  let before = await schemaNow();
  for (const name of names.filter((each) => each > SINCE)) {
    await apply(name);
    const after = await schemaNow();
    expect(broken(before, after), name).toEqual(Object.keys(ALLOWED[name] ?? {}).toSorted());
    before = after;
  }
});

it.each([
  ['ALTER TABLE wallets DROP COLUMN status_reason', 'wallets.status_reason is gone'],
  ['ALTER TABLE accounts RENAME COLUMN description TO words', 'accounts.description is gone'],
  ['ALTER TABLE customers ALTER COLUMN email SET NOT NULL', 'customers.email may not be null'],
  ['ALTER TABLE withdrawals ALTER COLUMN created_at DROP DEFAULT', 'withdrawals.created_at has no default'],
  ['ALTER TABLE withdrawals ADD mine int NOT NULL', 'withdrawals.mine has to be given'],
  [
    'ALTER TABLE accounts ALTER COLUMN description TYPE varchar(9)',
    'accounts.description is character varying(9) in place of text',
  ],
  ['ALTER TABLE withdrawals ADD CONSTRAINT mine CHECK (amount > 7)', 'withdrawals mine may refuse'],
  ['CREATE UNIQUE INDEX mine ON customers (name)', 'customers mine may refuse'],
  [
    'CREATE TRIGGER mine BEFORE INSERT ON notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
    'notes mine may refuse',
  ],
  ['DROP FUNCTION grant_runtime(text)', 'function grant_runtime(text) is gone'],
  ['ALTER TABLE withdrawals ADD mine int NOT NULL DEFAULT 1 CHECK (mine > 0)', null],
  ['ALTER TABLE withdrawals ADD mine int UNIQUE', null],
  ['CREATE TABLE mine (n int NOT NULL)', null],
])('%s → %s', async (sql, fault) => {
  const before = await schemaNow();
  await client.query('BEGIN');
  await client.query(sql);
  const faults = broken(before, await schemaNow());
  await client.query('ROLLBACK');
  expect(faults).toEqual(fault === null ? [] : [fault]);
});
