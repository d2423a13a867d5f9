import { Prisma } from '~/prisma/generated/client';

/**
 * What the books promise, as SQL over a range of rows: each query returns the rows that are wrong, the first first,
 * with what they should be. Amounts are in the smallest unit.
 */
export type Fault = { rule: string; subject: string; expected: string; actual: string };

/** After the first id, up to and with the second: ranges follow each other without a gap, also where ids have one. */
export type Range = {
  after: string;
  to: string;
  /** The range is of ledger transactions: rules about transfers and withdrawals look at those that they are about. */
  ofTransactions?: boolean;
};

/** The table whose rows a rule is about: ranges are of its ids. */
export const TABLES = {
  ledger_transactions: 'bigint',
  ledger_entries: 'bigint',
  ledger_accounts: 'bigint',
  transfers: 'text',
  withdrawals: 'uuid',
  proof_movements: 'text',
} as const;
export type Table = keyof typeof TABLES;

export type Rules = { table: Table | null; wrong: (range: Range) => Prisma.Sql };

/** At most this many wrong rows of one range are reported. */
export const MOST = Prisma.sql`LIMIT 5`;

/** The condition that a column is in a range of its table's ids. */
export function within(
  column: string,
  { after, to, ofTransactions }: Range,
  type: 'bigint' | 'text' | 'uuid' = 'bigint',
) {
  const [name, as] = [Prisma.raw(column), Prisma.raw(type)];
  if (ofTransactions && type !== 'bigint') {
    const about = Prisma.raw(type === 'text' ? 'transfer_id' : 'withdrawal_id');
    return Prisma.sql`${name} IN (
      SELECT r.${about} FROM ledger_transactions r
      WHERE r.id > ${after}::bigint AND r.id <= ${to}::bigint AND r.${about} IS NOT NULL)`;
  }
  return Prisma.sql`${name} > ${after}::${as} AND ${name} <= ${to}::${as}`;
}
