import type { Actor } from '~/lib/actor';
import type { Tx } from '~/lib/db';
import { both, freezeOf, isSameFreeze } from '~/lib/wallets/frozen';
import { freezesOver, standingBy } from '~/lib/wallets/standing';
import { freezeIn } from '~/lib/wallets/status';

/**
 * Freezes an open wallet again as whatever still has it frozen says: its customer's and its portfolio's freeze, and what
 * somebody froze of it alone. Under the locks of its customer and of itself.
 */
export async function freezeAsLeft(tx: Tx, actor: Actor, walletId: string): Promise<void> {
  const { customerId, portfolioId } = await tx.wallet.findUniqueOrThrow({ where: { id: walletId } });
  const own = await ownStanding(tx, walletId);
  for (const each of [
    ...(own.status === 'frozen' ? [own] : []),
    ...(await freezesOver(tx, { customerId, portfolioId })),
  ]) {
    const { freeze, act } = each;
    const stands = freezeOf(await tx.wallet.findUniqueOrThrow({ where: { id: walletId } }));
    if (stands && isSameFreeze(stands, both(stands, freeze))) continue;
    const { direction, until } = freeze;
    const { reason } = await tx.lifecycleAct.findUniqueOrThrow({ where: { id: act } });
    await freezeIn(tx, actor, {
      ...{ walletId, reason, direction, until: until ?? undefined },
      ...(each !== own && { partOf: act }),
    });
  }
}

/** What was done to the wallet alone; with whom it was closed and reopened, it ended that too. */
async function ownStanding(tx: Tx, walletId: string) {
  const acts = await tx.lifecycleAct.findMany({
    where: {
      subjectType: 'wallet',
      subjectId: walletId,
      OR: [{ partOf: null }, { act: { in: ['closed', 'reopened'] } }],
    },
    orderBy: { id: 'asc' },
  });
  return standingBy(acts, new Date());
}
