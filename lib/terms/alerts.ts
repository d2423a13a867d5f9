import { type Pool, poolFigures, type Standing, stepOf } from '~/lib/ledger/ceilings';
import type { EventType } from '~/lib/outbox/catalogue';
import type { NewEvent } from '~/lib/outbox/emit';
import type { Direction } from '~/prisma/generated/enums';

/** Hundredths of a limit from which on the world is told, the highest first. */
export const LEVELS = [100n, 90n, 70n];

type Moved = { walletId: string; asset: string; direction: Direction; amount: bigint };

/** What to tell of an operation that took limits over a level: of each the highest that it reached. Pure. */
export function limitEvents(
  standing: Standing[],
  { walletId, asset, direction, amount }: Moved,
  net = amount,
): NewEvent[] {
  return standing.flatMap((each) => {
    const percent = reached(each, each.name === 'balanceAmount' ? net : stepOf(each.name, amount));
    if (percent === null) return [];
    const facts = { asset, direction, limit: each.name, percent };
    return [{ type: typeOf(percent), subject: 'wallet' as const, id: walletId, walletId, after: facts }];
  });
}

/** The same of what a portfolio may as a whole: it is told of its customer. `used` is what it was before. Pure. */
export function capEvents(
  pool: Pool & { customerId: string },
  { asset, direction, used, amount }: Omit<Moved, 'walletId'> & { used: bigint },
): NewEvent[] {
  const figures = poolFigures(direction, pool, used);
  const percent = reached(figures, amount);
  if (percent === null) return [];
  const facts = { portfolioId: pool.id, asset, direction, limit: figures.name, percent };
  return [{ type: typeOf(percent), subject: 'customer', id: pool.customerId, after: facts }];
}

/** The highest level that a limit comes to by a step; null where it comes to none. */
function reached({ used, ceiling }: Pick<Standing, 'used' | 'ceiling'>, step: bigint): number | null {
  const after = used + step;
  const level = LEVELS.find((each) => used * 100n < each * ceiling && after * 100n >= each * ceiling);
  return level === undefined ? null : Number(level);
}

function typeOf(percent: number): EventType {
  return percent === 100 ? 'limit.reached' : 'limit.approached';
}
