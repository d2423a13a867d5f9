import { db, type Queryable } from '~/lib/db';
import { walletBalances } from '~/lib/ledger/balances';
import { Prisma } from '~/prisma/generated/client';

/** Amounts in the asset's smallest unit. */
export type Totals = {
  rows: number;
  faulty: number;
  /** Sound rows that repeat another, or what was asked for lately. */
  repeated: number;
  /** What would be paid, or was confirmed. */
  payable: number;
  amount: bigint;
  fee: bigint;
};

const IS_SOUND = Prisma.sql`r.faults = '{}'`;
const IS_REPEAT = Prisma.sql`(r.repeats_line IS NOT NULL OR r.repeats_id IS NOT NULL)`;
const isPayable = (paysRepeats: boolean) =>
  paysRepeats ? IS_SOUND : Prisma.sql`(${IS_SOUND} AND NOT ${IS_REPEAT})`;

export async function totalsOf(
  batchId: string,
  paysRepeats: boolean,
  client: Queryable = db(),
): Promise<Totals> {
  const paid = isPayable(paysRepeats);
  const [row] = await client.$queryRaw<Totals[]>`
    SELECT count(*)::int AS rows, count(*) FILTER (WHERE NOT ${IS_SOUND})::int AS faulty,
      count(*) FILTER (WHERE ${IS_SOUND} AND ${IS_REPEAT})::int AS repeated,
      count(*) FILTER (WHERE ${paid})::int AS payable,
      coalesce(sum(r.amount) FILTER (WHERE ${paid}), 0)::bigint AS amount,
      coalesce(sum(r.fee_amount) FILTER (WHERE ${paid}), 0)::bigint AS fee
    FROM withdrawal_batch_rows r WHERE r.batch_id = ${batchId}::uuid`;
  if (!row) throw new Error('A sum answers one row.');
  return row;
}

/** A wallet that pays rows of a batch: what they take with their fees, and what would be left. */
export type BatchPayer = {
  walletId: string;
  name: string;
  houseRole: string | null;
  isHouse: boolean;
  rows: number;
  total: bigint;
  available: bigint;
  left: bigint;
};

/** Every wallet that pays, the one with the least left first. */
export async function payersOf(
  batchId: string,
  asset: string,
  paysRepeats: boolean,
  client: Queryable = db(),
): Promise<BatchPayer[]> {
  const rows = await client.$queryRaw<Omit<BatchPayer, 'available' | 'left'>[]>`
    SELECT w.id::text AS "walletId", w.name, w.house_role AS "houseRole", w.kind <> 'customer' AS "isHouse",
      count(*)::int AS rows, sum(r.amount + r.fee_amount)::bigint AS total
    FROM withdrawal_batch_rows r JOIN wallets w ON w.id = r.wallet_id
    WHERE r.batch_id = ${batchId}::uuid AND ${isPayable(paysRepeats)} GROUP BY w.id`;
  const balanceOf = await walletBalances(
    rows.map(({ walletId }) => walletId),
    client,
  );
  return rows
    .map((row) => {
      const { available } = balanceOf(row.walletId, asset);
      return { ...row, available, left: available - row.total };
    })
    .sort((one, other) => (one.left < other.left ? -1 : 1));
}
