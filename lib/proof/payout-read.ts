import { wordsOn } from '~/lib/approvals/words';
import { db } from '~/lib/db';
import { type Reader, shown, sightOf } from '~/lib/people/sight';
import { historyOf } from '~/lib/transfers/history';
import type { Explanation } from '~/lib/transfers/unexplained';
import type { WalletPattern } from '~/prisma/generated/enums';

const NAMED = { id: true, name: true, status: true, houseRole: true } as const;
/** An account that is one wallet's alone. */
const ownAccount = (accountId: string) => ({ accountId, pattern: { in: ['B', 'C'] as WalletPattern[] } });

/** A payout that no withdrawal explains: what left, whose mark it bears, and what people said of it. */
export async function payoutOf(reader: Reader, transferId: string) {
  const found = await db().unexplainedPayout.findUnique({
    where: { transferId },
    include: { transfer: true },
  });
  if (!found) return null;
  const { transfer, withdrawalId, walletId } = found;
  const person = { subject: 'transfer', id: transferId } as const;
  const explanations = (await wordsOn('payout.explain', transferId)).map(({ facts, ...word }) => ({
    ...shown(reader, 'approval', person, word),
    transferId,
    ...(facts as { kind: Explanation; walletId: string | null }),
  }));
  const ids = [walletId, ...explanations.map((each) => each.walletId)].filter((each) => each !== null);
  const [withdrawal, wallets, timeline] = await Promise.all([
    withdrawalId
      ? db().withdrawal.findUnique({
          where: { id: withdrawalId },
          select: {
            id: true,
            status: true,
            amount: true,
            asset: true,
            transferId: true,
            wallet: { select: NAMED },
          },
        })
      : null,
    db().wallet.findMany({
      where: { OR: [{ id: { in: ids } }, { assets: { some: ownAccount(transfer.accountId) } }] },
      select: { ...NAMED, assets: { where: ownAccount(transfer.accountId), select: { asset: true } } },
    }),
    historyOf(reader, { person, told: null }, 'transfer', transferId),
  ]);
  const named = (id: string | null) => wallets.find((wallet) => wallet.id === id) ?? null;
  const own = wallets.find(({ assets }) => assets.length > 0);
  return {
    ...found,
    transfer: shown(reader, 'transfer', person, transfer),
    sight: sightOf(reader, person),
    withdrawal,
    wallet: named(walletId),
    /** Whose money it was, as far as can be told: by its mark, or because the account is one wallet's alone. */
    likely: named(walletId) ?? withdrawal?.wallet ?? own ?? null,
    explanations: explanations.map((each) => ({ ...each, wallet: named(each.walletId) })),
    timeline,
  };
}

export type PayoutPage = NonNullable<Awaited<ReturnType<typeof payoutOf>>>;
