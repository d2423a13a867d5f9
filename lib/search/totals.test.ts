import { expect, it } from 'vitest';
import { db } from '~/lib/db';
import { MOST_TOTALLED, totalsOf } from '~/lib/search/totals';
import { withTestDatabase } from '~/lib/testing/database';
import { Prisma } from '~/prisma/generated/client';

withTestDatabase();

it('a total of very many rows is only that they are more', async () => {
  const rows = (count: number) =>
    Prisma.sql`SELECT 'MXN' AS asset, 2::bigint AS amount, NULL::text AS direction FROM generate_series(1, ${count}::int)`;
  expect(await totalsOf(rows(MOST_TOTALLED))).toMatchObject({ more: false, sums: [{ amount: 20_000n }] });
  expect(await totalsOf(rows(MOST_TOTALLED + 1))).toEqual({ count: MOST_TOTALLED, more: true, sums: [] });
});

it('a total that takes too long is not told, and holds nobody up', async () => {
  const slow = Prisma.sql`SELECT 'MXN' AS asset, 1::bigint AS amount, NULL::text AS direction FROM (SELECT pg_sleep(60)) s`;
  expect(await totalsOf(slow)).toBeNull();
  expect(await db().$queryRaw`SELECT current_setting('statement_timeout') AS limit`).toEqual([
    { limit: '0' },
  ]);
});
