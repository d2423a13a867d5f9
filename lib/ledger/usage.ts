import { db, type Queryable, statement } from '~/lib/db';
import { PERIODS, type Period, type Usage } from '~/lib/ledger/ceilings';
import type { Direction } from '~/prisma/generated/enums';

type Row = { wallet_id: string | null; asset: string; direction: Direction } & Record<
  `${Period}_${'amount' | 'count'}`,
  string
> &
  Record<`${Period}_to`, Date>;

export type UsageOf = (walletId: string, asset: string, direction: Direction) => Usage;

/** What these wallets have used of their limits by now, by the clock of this zone. Amounts in each asset's smallest unit. */
export async function readUsage(
  walletIds: string[],
  timeZone: string,
  client: Queryable = db(),
): Promise<UsageOf> {
  const rows = await statement<Row>(client, USED, [walletIds, timeZone]);
  const byKey = new Map(rows.map((row) => [`${row.wallet_id} ${row.asset} ${row.direction}`, row]));
  const [clock] = rows;
  if (!clock) throw new Error('The clock answered nothing.');
  return (walletId, asset, direction) => {
    const row = byKey.get(`${walletId} ${asset} ${direction}`);
    const of = (period: Period) => ({
      amount: BigInt(row?.[`${period}_amount`] ?? 0),
      count: BigInt(row?.[`${period}_count`] ?? 0),
      renewsAt: clock[`${period}_to`],
    });
    return { day: of('day'), week: of('week'), month: of('month') };
  };
}

/** What a portfolio's wallets have moved out together today, by the clock of this zone, or what they hold. */
export async function readPooled(
  pool: string,
  asset: string,
  direction: Direction,
  timeZone: string,
  client: Queryable = db(),
): Promise<bigint> {
  const [row] = await statement<{ used: string }>(
    client,
    `SELECT portfolio_used($1::uuid, $2, $3::direction, (clock_timestamp() AT TIME ZONE $4)::date)::text AS used`,
    [pool, asset, direction, timeZone],
  );
  return BigInt(row?.used ?? 0);
}

const ends = PERIODS.map(
  (period) =>
    `(date_trunc('${period}', l.at) + interval '1 ${period}') AT TIME ZONE $2::text AS ${period}_to`,
);
const sums = PERIODS.flatMap((period) =>
  (['amount', 'count'] as const).map(
    (what) =>
      `coalesce(sum(s.${what}) FILTER (WHERE s.day >= date_trunc('${period}', l.at)), 0)::text AS ${period}_${what}`,
  ),
);
/** At least one row: the clock's, where nothing is used. */
const USED = `
  SELECT s.wallet_id::text, s.asset, s.direction::text, ${ends.join(', ')}, ${sums.join(', ')}
  FROM (SELECT clock_timestamp() AT TIME ZONE $2::text AS at) l
  LEFT JOIN ledger_usage_days s ON s.wallet_id = ANY ($1::uuid[])
    AND s.day BETWEEN least(date_trunc('week', l.at), date_trunc('month', l.at))::date AND l.at::date
  GROUP BY s.wallet_id, s.asset, s.direction, l.at`;
