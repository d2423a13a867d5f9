import { type Word, wordsOn } from '~/lib/approvals/words';
import { db } from '~/lib/db';
import type { Sight } from '~/lib/people/masking';
import { type Reader, type Shown, shown, sightOf } from '~/lib/people/sight';
import type { TimelineItem } from '~/lib/timeline';
import { historyOf } from '~/lib/transfers/history';
import type { Explanation } from '~/lib/transfers/unexplained';
import type { Prisma } from '~/prisma/generated/client';
import type { WalletPattern } from '~/prisma/generated/enums';

const NAMED = { id: true, name: true, status: true, houseRole: true } as const;
const PAID = {
  ...{ id: true, status: true, amount: true, asset: true, transferId: true },
  wallet: { select: NAMED },
} satisfies Prisma.WithdrawalSelect;
const WITH_TRANSFER = { transfer: true } satisfies Prisma.UnexplainedPayoutInclude;
/** An account that is one wallet's alone. */
const ownAccount = (accountId: string) => ({ accountId, pattern: { in: ['B', 'C'] as WalletPattern[] } });

type Found = Prisma.UnexplainedPayoutGetPayload<{ include: typeof WITH_TRANSFER }>;
type NamedWallet = Prisma.WalletGetPayload<{ select: typeof NAMED }>;
type Said = { transferId: string; kind: Explanation; walletId: string | null; wallet: NamedWallet | null };

export type PayoutPage = Omit<Found, 'transfer'> & {
  transfer: Shown<'transfer', Found['transfer']>;
  sight: Sight;
  withdrawal: Prisma.WithdrawalGetPayload<{ select: typeof PAID }> | null;
  wallet: NamedWallet | null;
  /** Whose money it was, as far as can be told: by its mark, or because the account is one wallet's alone. */
  likely: NamedWallet | null;
  explanations: (Omit<Word, 'facts'> & Said)[];
  timeline: TimelineItem[];
};

/** A payout that no withdrawal explains: what left, whose mark it bears, and what people said of it. */
export async function payoutOf(reader: Reader, transferId: string): Promise<PayoutPage | null> {
  const found = await db().unexplainedPayout.findUnique({ where: { transferId }, include: WITH_TRANSFER });
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
    withdrawalId ? db().withdrawal.findUnique({ where: { id: withdrawalId }, select: PAID }) : null,
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
    likely: named(walletId) ?? withdrawal?.wallet ?? own ?? null,
    explanations: explanations.map((each) => ({ ...each, wallet: named(each.walletId) })),
    timeline,
  };
}
