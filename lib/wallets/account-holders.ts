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
    select: { id: true, description: true, rootAccountNumber: true, isRoot: true },
  });
  const holders = await holdersOf(accounts);
  const found = new Map(
    shownAll(reader, 'account', accounts).map(({ isRoot, ...account }) => [
      account.id,
      { ...account, isShared: isRoot, wallet: holders.get(account.id) ?? null },
    ]),
  );
  return (id) =>
    found.get(id) ?? { id, description: id, rootAccountNumber: '', isShared: false, wallet: null };
}

/** Whose accounts are, of those that are somebody's own. The shared one, on which all others stand, is never asked for: that would be nearly all. */
export async function holdersOf(
  accounts: readonly { id: string; isRoot: boolean }[],
): Promise<Map<string, Holder>> {
  const ids = accounts.flatMap(({ id, isRoot }) => (isRoot ? [] : [id]));
  if (ids.length === 0) return new Map();
  const held = await db().walletAsset.findMany({
    where: { ...HELD, accountId: { in: ids }, pattern: { in: ['B', 'C'] } },
    orderBy: { createdAt: 'desc' },
    select: { accountId: true, wallet: HOLDER },
  });
  // Of several the oldest.
  const holders = new Map(held.map(({ accountId, wallet }) => [accountId ?? '', wallet]));
  const moved = await movedBetween(ids.filter((id) => !holders.has(id)));
  return new Map([...moved, ...holders]);
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
