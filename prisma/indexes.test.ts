import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';

withTestDatabase();

it('every index of what a payment writes names the query that earns it', async () => {
  const said = readFileSync(new URL('INDEXES.md', import.meta.url), 'utf8');
  const tables = [...said.matchAll(/^## (\w+)$/gm)].map(([, table]) => table ?? '');
  const named = [...said.matchAll(/^\| (\w+) \| [^|]+ \| [^|]+ \|$/gm)].map(([, index]) => index);
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT indexname AS name FROM pg_indexes WHERE tablename = ANY (${tables})`;
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
  expect(named.filter((name) => name !== 'index').toSorted()).toEqual(
    rows.map(({ name }) => name).toSorted(),
  );
});
