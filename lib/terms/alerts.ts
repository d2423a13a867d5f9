import { type Standing, stepOf } from '~/lib/ledger/ceilings';
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
  return standing.flatMap(({ name, used, ceiling }) => {
    const after = used + (name === 'balanceAmount' ? net : stepOf(name, amount));
    const percent = LEVELS.find((level) => used * 100n < level * ceiling && after * 100n >= level * ceiling);
    if (percent === undefined) return [];
    const facts = { asset, direction, limit: name, percent: Number(percent) };
    const type: EventType = percent === 100n ? 'limit.reached' : 'limit.approached';
    return [{ type, subject: 'wallet' as const, id: walletId, walletId, after: facts }];
  });
}
