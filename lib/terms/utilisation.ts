import { db } from '~/lib/db';
import { heldOf, walletBalances } from '~/lib/ledger/balances';
import { type Standing, standings } from '~/lib/ledger/ceilings';
import { readUsage, type UsageOf } from '~/lib/ledger/usage';
import { ceilingsIn, ceilingsOut, zoneOf } from '~/lib/terms/limits';
import type { Direction } from '~/prisma/generated/enums';

/** A limit of a wallet in one of its assets, with what is used of it. Amounts in the asset's smallest unit. */
export type Utilisation = Standing & {
  walletId: string;
  wallet: string;
  asset: string;
  direction: Direction;
  /** Hundredths, rounded down; over a hundred where the terms were tightened since. */
  percent: number;
};

/** Every limit of these wallets, by wallet and asset, what comes in first. */
export async function utilisationOf(walletIds: string[]): Promise<Utilisation[]> {
  const held = await db().walletAsset.findMany({
    where: { walletId: { in: walletIds }, state: 'open' },
    include: { terms: true, wallet: { select: { name: true } } },
    orderBy: [{ walletId: 'asc' }, { createdAt: 'asc' }, { asset: 'asc' }],
  });
  const [balances, usages] = await Promise.all([walletBalances(walletIds), usagesOf(held)]);
  return held.flatMap(({ walletId, asset, terms, wallet, accountId }) => {
    const of = (direction: Direction) => {
      const ceilings = direction === 'inbound' ? ceilingsIn(terms) : ceilingsOut(terms);
      const usage = usages.get(zoneOf({ asset, accountId }))?.(walletId, asset, direction);
      return usage ? standings(ceilings, usage, heldOf(balances(walletId, asset))) : [];
    };
    return (['inbound', 'outbound'] as const).flatMap((direction) =>
      of(direction).map((standing) => ({
        ...standing,
        ...{ walletId, wallet: wallet.name, asset, direction },
        percent: Number((standing.used * 100n) / standing.ceiling),
      })),
    );
  });
}

async function usagesOf(
  held: { walletId: string; asset: string; accountId: string | null }[],
): Promise<Map<string, UsageOf>> {
  const usages = new Map<string, UsageOf>();
  for (const zone of new Set(held.map(zoneOf))) {
    const ids = held.filter((each) => zoneOf(each) === zone).map(({ walletId }) => walletId);
    usages.set(zone, await readUsage([...new Set(ids)], zone));
  }
  return usages;
}
