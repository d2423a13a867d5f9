import { type Actor, authorize } from '~/lib/actor';
import { recordAudit } from '~/lib/audit/audit';
import { db, transaction } from '~/lib/db';
import { InvalidInputError, notFound } from '~/lib/errors';
import { type Balances, walletBalances } from '~/lib/ledger/balances';
import { lockRow } from '~/lib/lock';
import { byName } from '~/lib/names';
import { lineOf } from '~/lib/text';
import type { Portfolio } from '~/prisma/generated/client';

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
      after: { ...after, portfolioId },
    });
    return after;
  });
}

/** The portfolios that a wallet of this customer could stand in. */
export async function portfoliosOf(customerId: string | null): Promise<{ id: string; name: string }[]> {
  if (customerId === null) return [];
  return byName(await db().portfolio.findMany({ where: { customerId }, select: { id: true, name: true } }));
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
