import { db } from '~/lib/db';
import { type Reader, shownAll } from '~/lib/people/sight';
import { HELD } from '~/lib/wallets/asset-wallets';
import type { Prisma } from '~/prisma/generated/client';

const HOLDER = {
  select: { id: true, name: true, houseRole: true, customer: { select: { id: true, name: true } } },
} satisfies Prisma.WalletDefaultArgs;

/** An account at its rail, by what people know it by. */
export type NamedAccount = {
  id: string;
  /** As its rail describes it. */
  description: string | null;
  rootAccountNumber: string;
  /** All wallets without an account of their own stand on it together. */
  isShared: boolean;
  /** Whose alone it is (patterns B and C), or was before the wallet moved to another. */
  wallet: Holder | null;
};

type Holder = Prisma.WalletGetPayload<typeof HOLDER>;

/** What accounts are known by, as their reader may see them. One that isn't there, or not for them, goes by its id. */
export async function namedAccounts(
  reader: Reader,
  ids: readonly string[],
): Promise<(id: string) => NamedAccount> {
  const accounts = await db().account.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: {
      ...{ id: true, description: true, rootAccountNumber: true, isRoot: true },
      wallets: {
        where: { ...HELD, pattern: { in: ['B', 'C'] } },
        orderBy: { createdAt: 'asc' },
        take: 1,
        select: { wallet: HOLDER },
      },
    },
  });
  const left = accounts.filter(({ isRoot, wallets }) => !isRoot && wallets.length === 0);
  const moved = await movedBetween(left.map(({ id }) => id));
  const found = new Map(
    shownAll(reader, 'account', accounts).map(({ isRoot, wallets: [held], ...account }) => [
      account.id,
      { ...account, isShared: isRoot, wallet: held?.wallet ?? moved.get(account.id) ?? null },
    ]),
  );
  return (id) =>
    found.get(id) ?? { id, description: id, rootAccountNumber: '', isShared: false, wallet: null };
}

/** Whose money was or will be on accounts that are no wallet's now: the old one and the new one of a move. */
async function movedBetween(ids: string[]): Promise<Map<string, Holder>> {
  if (ids.length === 0) return new Map();
  const moves = await db().patternMove.findMany({
    where: {
      OR: [{ fromAccountId: { in: ids } }, { toAccountId: { in: ids } }],
      state: { not: 'cancelled' },
    },
    orderBy: { createdAt: 'asc' },
    select: { fromAccountId: true, toAccountId: true, wallet: HOLDER },
  });
  return new Map(
    moves.flatMap(({ fromAccountId, toAccountId, wallet }): [string, Holder][] => [
      [fromAccountId, wallet],
      [toAccountId ?? fromAccountId, wallet],
    ]),
  );
}
