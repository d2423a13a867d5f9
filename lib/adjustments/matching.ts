import { type MoneyFilter, moneyConditions } from '~/lib/search/money';
import type { Search } from '~/lib/search/page';
import { anyOf, type Condition, isAmount, saysSeenWords, type Typed } from '~/lib/search/typed';
import { isWalletNamed, walletsNamed } from '~/lib/wallets/search';
import { Prisma } from '~/prisma/generated/client';
import type { AdjustmentStatus } from '~/prisma/generated/enums';

/** `from` and `to` are of when it was asked for. */
export type AdjustmentFilter = MoneyFilter & {
  status?: AdjustmentStatus[] | undefined;
  /** One of its sides. */
  walletId?: string | undefined;
};

/** What an adjustment `j` has to meet, beside the search. */
export function adjustmentConditions(filter: AdjustmentFilter): Condition[] {
  const { status, walletId } = filter;
  return [
    status && Prisma.sql`j.status = ANY (${status}::adjustment_status[])`,
    walletId && Prisma.sql`(j.from_wallet_id = ${walletId}::uuid OR j.to_wallet_id = ${walletId}::uuid)`,
    ...moneyConditions(filter, { of: Prisma.sql`j`, at: Prisma.sql`j.created_at` }),
  ];
}

export function adjustmentSearch(typed: Typed, wholeOnly: boolean): Search {
  const { whole, uuid } = typed;
  const words = saysSeenWords(
    { text: Prisma.sql`j.search_text`, of: [Prisma.sql`j.reason`] },
    typed,
    wholeOnly,
  );
  const own = anyOf([
    Prisma.sql`j.account_id = ${whole}`,
    Prisma.sql`j.break_id = ${whole}`,
    uuid !== null && Prisma.sql`j.id = ${uuid}::uuid`,
    isAmount(Prisma.sql`j.asset`, Prisma.sql`j.amount`, typed),
  ]);
  return {
    own,
    said: { words, at: Prisma.sql`j.created_at` },
    elsewhere: [
      { ids: walletsNamed(typed), columns: [Prisma.sql`j.from_wallet_id`, Prisma.sql`j.to_wallet_id`] },
    ],
    matches: anyOf([
      words,
      own,
      isWalletNamed(Prisma.sql`j.from_wallet_id`, typed),
      isWalletNamed(Prisma.sql`j.to_wallet_id`, typed),
    ]),
  };
}
