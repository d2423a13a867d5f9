import { db } from '~/lib/db';
import type { MovementOrder } from '~/lib/movements/order';
import type { Typed } from '~/lib/search/typed';
import { firstSaying } from '~/lib/search/weeks';
import { transferSearch } from '~/lib/transfers/matching';
import { Prisma } from '~/prisma/generated/client';

/** So many are walked at most where it is known that they fill a page. */
const FARTHEST = 80_000;
/** A page; what is summed is read whole anyway. */
const MOST_ROWS = 1_000;

/**
 * How many movements from where a page begins fill it with deposits that say what was typed; 0 where that is not known, or
 * more than is soon walked. Only how far: what is there besides, and what came late, the walk sees itself.
 */
export async function reachOf(
  typed: Typed | null,
  wholeOnly: boolean,
  { span, order, limit }: { span: Prisma.Sql; order: MovementOrder; limit: number },
): Promise<number> {
  const words = typed && transferSearch(typed, wholeOnly).said?.words;
  if (!words || order.accountId !== null || limit > MOST_ROWS) return 0;
  const [first] = await db().$queryRaw<{ at: Date }[]>`
    SELECT e.effective_at AS at FROM ledger_entries e WHERE ${span} ORDER BY ${order.by} LIMIT 1`;
  if (!first) return 0;
  const deposits = {
    ...{ table: Prisma.sql`transfers`, alias: Prisma.sql`f` },
    ...{ at: Prisma.sql`f.transacted_at`, direction: 'desc' as const },
  };
  const within = Prisma.sql`f.direction = 'inbound' AND f.transacted_at <= ${first.at}`;
  const last = (await firstSaying(deposits, { words, within, limit }))?.at(-1);
  if (!last) return 0;
  const beyond = await db().$queryRaw<{ one: number }[]>`
    SELECT 1 AS one FROM ledger_entries e WHERE ${span} AND e.effective_at >= ${last.key} OFFSET ${FARTHEST} LIMIT 1`;
  return beyond.length > 0 ? 0 : FARTHEST;
}
