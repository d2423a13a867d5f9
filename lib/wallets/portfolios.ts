import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { type Balances, walletBalances } from '~/lib/ledger/balances';
import { lockRow } from '~/lib/lock';
import { lineOf } from '~/lib/text';
import { belongings, requireThawed } from '~/lib/wallets/standing';
import { lockWallet } from '~/lib/wallets/wallets';
import type { Portfolio, Wallet } from '~/prisma/generated/client';

/** One portfolio. */
export async function getPortfolio(id: string): Promise<Portfolio> {
  const found = await db().portfolio.findUnique({ where: { id } });
  if (!found) throw notFound('portfolio', id);
  return found;
}

/** Another name for a portfolio; of one customer no two have the same. The same name again changes nothing. */
export async function renamePortfolio(
  actor: Actor,
  { portfolioId, ...input }: { portfolioId: string; name: string },
): Promise<Portfolio> {
  authorize(actor, 'customers:write');
  const name = lineOf(input.name);
  if (name === '') throw new InvalidInputError({ name: 'required' });
  return transaction(async (tx) => {
    const found = await tx.portfolio.findUnique({ where: { id: portfolioId } });
    if (!found) throw notFound('portfolio', portfolioId);
    const { customerId } = found;
    // Of two who take one name at once the second sees the first's.
    await lockRow(tx, 'customers', customerId);
    const before = await tx.portfolio.findUniqueOrThrow({ where: { id: portfolioId } });
    if (before.name === name) return before;
    if ((await tx.portfolio.count({ where: { customerId, name } })) > 0)
      throw new InvalidInputError({ name: 'taken' });
    const after = await tx.portfolio.update({ where: { id: portfolioId }, data: { name } });
    await recordAudit(tx, actor, {
      action: 'portfolio.renamed',
      subject: 'customer',
      id: customerId,
      before,
      after,
    });
    return after;
  });
}

/**
 * Puts a wallet into one of its customer's portfolios, or with null out of the one that it is in. Throws
 * `portfolio_frozen` where that one is frozen as a whole: what is in it then can't be open.
 */
export async function moveToPortfolio(
  actor: Actor,
  { walletId, portfolioId }: { walletId: string; portfolioId: string | null },
): Promise<Wallet> {
  authorize(actor, 'customers:write');
  return transaction(async (tx) => {
    const { customerId } = await belongings(tx, walletId);
    // Nobody freezes the portfolio meanwhile.
    if (customerId) await lockRow(tx, 'customers', customerId);
    const before = await lockWallet(tx, walletId);
    if (before.portfolioId === portfolioId) return before;
    const to = portfolioId ? await tx.portfolio.findUnique({ where: { id: portfolioId } }) : null;
    if (portfolioId && !to) throw notFound('portfolio', portfolioId);
    if (to && to.customerId !== before.customerId)
      throw new InvalidInputError({ portfolioId: 'of_another_customer' });
    if (to && before.status !== 'closed') await requireThawed(tx, to.id);
    const after = await tx.wallet.update({ where: { id: walletId }, data: { portfolioId } });
    await recordAudit(tx, actor, {
      action: 'wallet.moved',
      subject: 'wallet',
      id: walletId,
      before: { portfolioId: before.portfolioId },
      after: { portfolioId },
    });
    return after;
  });
}

/** The portfolios that a wallet of this customer could stand in. */
export async function portfoliosOf(customerId: string | null): Promise<{ id: string; name: string }[]> {
  if (customerId === null) return [];
  return db().portfolio.findMany({
    where: { customerId },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });
}

export type AssetBalances = Balances & { asset: string };

/** What the wallets of each of these portfolios have together, asset by asset. */
export async function portfolioTotals(ids: readonly string[]): Promise<Map<string, AssetBalances[]>> {
  const wallets = await db().wallet.findMany({
    where: { portfolioId: { in: [...ids] } },
    select: { id: true, portfolioId: true, assets: { select: { asset: true }, orderBy: { asset: 'asc' } } },
  });
  const balances = await walletBalances(wallets.map(({ id }) => id));
  const totals = new Map<string, AssetBalances[]>();
  for (const { id, portfolioId, assets } of wallets)
    for (const { asset } of assets) add(totals, portfolioId ?? '', { asset, ...balances(id, asset) });
  return totals;
}

function add(totals: Map<string, AssetBalances[]>, id: string, one: AssetBalances): void {
  const of = totals.get(id) ?? [];
  const sum = of.find(({ asset }) => asset === one.asset);
  totals.set(id, of);
  if (!sum) of.push(one);
  else for (const bucket of ['available', 'pending', 'reserved'] as const) sum[bucket] += one[bucket];
}
