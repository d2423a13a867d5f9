import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

const said = readFileSync(new URL('INDEXES.md', import.meta.url), 'utf8');
const named = [...said.matchAll(/^\| (\w+) \| [^|]+ \| [^|]+ \|$/gm)].flatMap(([, name = '']) =>
  name === 'index' ? [] : name,
);

it('every index names the query that earns it, and every line an index', async () => {
  const rows = await db().$queryRaw<{ name: string; primary: boolean }[]>`
    SELECT c.relname AS name, i.indisprimary AS primary FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = 'public'::regnamespace`;
  expect(rows.filter(({ name, primary }) => !primary && !named.includes(name))).toEqual([]);
  expect(named.filter((line) => !rows.some(({ name }) => name === line))).toEqual([]);
  expect(named).toEqual([...new Set(named)]);
});

it('what every payment writes says so of its primary keys too', () => {
  const tables = [...said.matchAll(/^## (\w+_\w+|transfers|withdrawals)$/gm)].map(([, table]) => table ?? '');
  expect(tables).toEqual(
    expect.arrayContaining([
      'ledger_entries',
      'ledger_transactions',
      'ledger_accounts',
      'transfers',
      'withdrawals',
      'inbox_events',
    ]),
  );
  expect(tables.filter((table) => !named.includes(`${table}_pkey`))).toEqual([]);
});
