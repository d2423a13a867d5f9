import { db } from '~/lib/db';
import type { Prisma } from '~/prisma/generated/client';

const OF_WALLET = {
  select: {
    ...{ id: true, name: true, houseRole: true, status: true },
    customer: { select: { id: true, name: true } },
  },
} satisfies Prisma.WalletDefaultArgs;

export type FormerUse = {
  use: 'former' | 'arrival';
  wallet: Prisma.WalletGetPayload<typeof OF_WALLET>;
};

/**
 * What a number is to a wallet that moved to another account: the one that it had before, and receives on still, or the
 * one that its money is brought along or back by. Null where it is neither.
 */
export async function formerUseOf(numberId: string): Promise<FormerUse | null> {
  const move = await db().patternMove.findFirst({
    where: {
      OR: [
        { fromNumberId: numberId, state: 'moved' },
        { arrivalNumberId: numberId },
        { backNumberId: numberId },
      ],
    },
    orderBy: { createdAt: 'desc' },
    select: { fromNumberId: true, wallet: OF_WALLET },
  });
  if (!move) return null;
  return { use: move.fromNumberId === numberId ? 'former' : 'arrival', wallet: move.wallet };
}

/** The move of a wallet's asset that is under way. */
export async function movingNow(walletId: string, asset: string) {
  return db().patternMove.findFirst({
    where: { walletId, asset, state: { in: ['opening', 'switching', 'moving'] } },
    select: { state: true, toPattern: true },
  });
}
