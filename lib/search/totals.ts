import { db, sqlState } from '~/lib/db';
import { allOfList, type ListOf } from '~/lib/search/page';
import { Prisma } from '~/prisma/generated/client';

/** Up to so many rows are added up. */
export const MOST_TOTALLED = 10_000;
const PATIENCE_MS = 3_000;
/** PostgreSQL's query_canceled. */
const OUT_OF_TIME = '57014';

/**
 * What a filtered list comes to. `more`: there are more rows than are added up, and no sums; null: it took too long to
 * find out. `direction` is of lists in which money goes both ways. Amounts in the asset's smallest unit.
 */
export type ListTotals = {
  count: number;
  more: boolean;
  sums: { asset: string; direction: 'in' | 'out' | null; amount: bigint }[];
} | null;

/** Of a list whose rows have an asset and an amount. */
export function totalsOfList(list: Omit<ListOf, 'cursor' | 'by'>): Promise<ListTotals> {
  const { alias } = list;
  const columns = Prisma.sql`${alias}.id, ${alias}.asset, ${alias}.amount, NULL::text AS direction`;
  return totalsOf(allOfList(list, columns));
}

/** Of rows with `asset`, `amount` and `direction`. */
export async function totalsOf(rows: Prisma.Sql): Promise<ListTotals> {
  const sums = await inTime(
    Prisma.sql`
      SELECT asset, direction, count(*)::int AS count, sum(amount)::bigint AS amount
      FROM (SELECT * FROM (${rows}) matching LIMIT ${MOST_TOTALLED + 1}) totalled
      GROUP BY asset, direction ORDER BY asset DESC, direction`,
  );
  if (!sums) return null;
  const count = sums.reduce((total, each) => total + each.count, 0);
  if (count > MOST_TOTALLED) return { count: MOST_TOTALLED, more: true, sums: [] };
  return { count, more: false, sums: sums.map(({ count: _rows, ...sum }) => sum) };
}

type Sum = { asset: string; direction: 'in' | 'out' | null; count: number; amount: bigint };

async function inTime(query: Prisma.Sql): Promise<Sum[] | null> {
  try {
    return await db().$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(PATIENCE_MS)}, true)`;
      return tx.$queryRaw<Sum[]>(query);
    });
  } catch (error) {
    if (sqlState(error) === OUT_OF_TIME) return null;
    throw error;
  }
}
