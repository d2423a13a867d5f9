import { db } from '~/lib/db';

/**
 * What a number is to a wallet that moved to another account: the one that it had before, and receives on still, or the
 * one that its money is brought along or back by. Null where it is neither.
 */
export async function formerUseOf(numberId: string) {
  const move = await db().patternMove.findFirst({
    where: {
      OR: [
        { fromNumberId: numberId, state: 'moved' },
        { arrivalNumberId: numberId },
        { backNumberId: numberId },
      ],
    },
    orderBy: { createdAt: 'desc' },
    select: {
      fromNumberId: true,
      wallet: {
        select: {
          id: true,
          name: true,
          houseRole: true,
          status: true,
          customer: { select: { id: true, name: true } },
        },
      },
    },
  });
  if (!move) return null;
  return {
    use: move.fromNumberId === numberId ? ('former' as const) : ('arrival' as const),
    wallet: move.wallet,
  };
}

/** The move of a wallet's asset that is under way. */
export async function movingNow(walletId: string, asset: string) {
  return db().patternMove.findFirst({
    where: { walletId, asset, state: { in: ['opening', 'switching', 'moving'] } },
    select: { state: true, toPattern: true },
  });
}
