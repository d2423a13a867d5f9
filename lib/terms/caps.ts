import { db, type Tx } from '~/lib/db';
import { type Pool, poolReached, poolStanding, type Standing } from '~/lib/ledger/ceilings';
import { readPooled, readUsage } from '~/lib/ledger/usage';
import { dayZone } from '~/lib/rails/registry';
import type { Direction } from '~/prisma/generated/enums';

/** Of a portfolio, in an asset's smallest unit; null is no limit. */
export type Cap = { dayAmount: bigint | null; balanceAmount: bigint | null };

export const NO_CAP: Cap = { dayAmount: null, balanceAmount: null };

export async function capOf(tx: Tx, portfolioId: string, asset: string): Promise<Cap> {
  const where = { portfolioId_asset: { portfolioId, asset } };
  const select = { dayAmount: true, balanceAmount: true } as const;
  return (await tx.portfolioCap.findUnique({ where, select })) ?? NO_CAP;
}

type Within = { portfolioId: string | null; asset: string };

/** What a posting of this wallet uses of what its portfolio may as a whole; nothing where that is not limited. */
export async function poolOf(
  tx: Tx,
  { portfolioId, asset }: Within,
  direction: Direction,
): Promise<{ pool?: Pool }> {
  if (portfolioId === null) return {};
  const { dayAmount, balanceAmount } = await capOf(tx, portfolioId, asset);
  const amount = direction === 'outbound' ? dayAmount : balanceAmount;
  return amount === null ? {} : { pool: { id: portfolioId, amount } };
}

/**
 * The same of what goes out. Throws `portfolio_limit_reached` where nothing that large has room, before anything is written;
 * the posting looks once more, under the portfolio's lock.
 */
export async function poolOut(
  tx: Tx,
  wallet: Within,
  { amount, timeZone }: { amount: bigint; timeZone: string },
): Promise<{ pool?: Pool }> {
  const { pool } = await poolOf(tx, wallet, 'outbound');
  if (!pool) return {};
  const used = await readPooled(pool.id, wallet.asset, 'outbound', timeZone, tx);
  if (used + amount > pool.amount) {
    const { day } = (await readUsage([], timeZone, tx))(pool.id, wallet.asset, 'outbound');
    throw poolReached('outbound', wallet.asset, pool.id, poolStanding('outbound', pool, used, day.renewsAt));
  }
  return { pool };
}

/** Whether so much has room in what the wallet's portfolio may hold. */
export async function hasRoomInPool(tx: Tx, wallet: Within, amount: bigint): Promise<boolean> {
  const { pool } = await poolOf(tx, wallet, 'inbound');
  if (!pool) return true;
  const held = await readPooled(pool.id, wallet.asset, 'inbound', dayZone(wallet.asset), tx);
  return held + amount <= pool.amount;
}

/** A limit of a portfolio as a whole, with what is used of it; `percent` in hundredths, rounded down. */
export type CapStanding = Standing & { asset: string; direction: Direction; percent: number };

type Row = Cap & { portfolioId: string; asset: string; moved: bigint; held: bigint; renewsAt: Date };

/** Every limit of these portfolios, by portfolio and asset, what they hold first. */
export async function capStandings(portfolioIds: readonly string[]): Promise<Map<string, CapStanding[]>> {
  const caps = await db().portfolioCap.findMany({
    where: { portfolioId: { in: [...portfolioIds] } },
    select: { asset: true },
    distinct: ['asset'],
  });
  const assets = caps.map(({ asset }) => asset);
  if (assets.length === 0) return new Map();
  const zones = assets.map((asset) => dayZone(asset));
  const rows = await db().$queryRaw<Row[]>`
    SELECT c.portfolio_id::text AS "portfolioId", c.asset, c.day_amount AS "dayAmount", c.balance_amount AS "balanceAmount",
      portfolio_used(c.portfolio_id, c.asset, 'outbound', z.at::date) AS moved,
      portfolio_used(c.portfolio_id, c.asset, 'inbound', z.at::date) AS held,
      (date_trunc('day', z.at) + interval '1 day') AT TIME ZONE z.zone AS "renewsAt"
    FROM (SELECT asset, zone, now() AT TIME ZONE zone AS at FROM unnest(${assets}::text[], ${zones}::text[]) u(asset, zone)) z
    JOIN portfolio_caps c ON c.asset = z.asset
    WHERE c.portfolio_id = ANY (${[...portfolioIds]}::uuid[]) ORDER BY c.portfolio_id, c.created_at, c.asset`;
  const standings = new Map<string, CapStanding[]>();
  for (const row of rows)
    standings.set(row.portfolioId, [...(standings.get(row.portfolioId) ?? []), ...standingsOf(row)]);
  return standings;
}

function standingsOf({ portfolioId: id, asset, ...row }: Row): CapStanding[] {
  return (['inbound', 'outbound'] as const).flatMap((direction) => {
    const [amount, used] =
      direction === 'outbound' ? [row.dayAmount, row.moved] : [row.balanceAmount, row.held];
    if (amount === null) return [];
    const standing = poolStanding(direction, { id, amount }, used, row.renewsAt);
    return [{ ...standing, asset, direction, percent: Number((used * 100n) / amount) }];
  });
}
