import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { withTestDatabase } from '~/lib/testing/database';
import { ERASED, KEPT, NOBODYS } from '~/lib/testing/erased';

withTestDatabase();

it('every column that can hold a text is erased, kept for a reason, or holds nothing of anybody', async () => {
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT c.table_name || '.' || c.column_name AS name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE' AND table_name <> '_prisma_migrations'
      AND c.udt_name IN ('text', '_text', 'varchar', 'bpchar', 'json', 'jsonb', 'bytea', '_bytea')`;
  const said = [...Object.values(ERASED), ...Object.values(KEPT), NOBODYS].flat();
  expect(said.toSorted(), 'a line for each, and one alone').toEqual(rows.map(({ name }) => name).toSorted());
});
