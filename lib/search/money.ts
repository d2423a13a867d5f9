import { type Condition, like, type Typed } from '~/lib/search/typed';
import { Prisma } from '~/prisma/generated/client';

/** What every list of money can be narrowed by. */
export type MoneyFilter = {
  /** Any of these. */
  asset?: string[] | undefined;
  text?: string | undefined;
  minAmount?: bigint | undefined;
  maxAmount?: bigint | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
};

/** Of payments, which have another side. */
export type PaymentFilter = MoneyFilter & {
  /** Banks of the other side, by the first digits of its CLABE. */
  banks?: string[] | undefined;
};

/** The conditions of a filter on a table, and on the moment that its days are of. */
export function moneyConditions(
  { asset, minAmount, maxAmount, from, to }: MoneyFilter,
  { of, at }: { of: Prisma.Sql; at: Prisma.Sql },
): Condition[] {
  return [
    asset && Prisma.sql`${of}.asset = ANY (${asset})`,
    minAmount !== undefined && Prisma.sql`${of}.amount >= ${minAmount}`,
    maxAmount !== undefined && Prisma.sql`${of}.amount <= ${maxAmount}`,
    from && Prisma.sql`${at} >= ${from}`,
    to && Prisma.sql`${at} < ${to}`,
  ];
}

/** Somebody else's number: whole; its beginning only for who sees it. */
export function numbersOf(number: Prisma.Sql, { code }: Typed, wholeOnly: boolean): Prisma.Sql[] {
  if (code.length < LEAST_DIGITS || !/^\d+$/.test(code)) return [];
  return [wholeOnly ? Prisma.sql`${number} = ${code}` : Prisma.sql`${number} LIKE ${`${like(code)}%`}`];
}

const LEAST_DIGITS = 3;

export type AssetTotal = { asset: string; count: number; amount: bigint };
