import { Prisma } from '~/prisma/generated/client';

/** Two clocks: when something happened at the bank (`effective`), and when we knew (`posted`). */
export const CLOCKS = ['effective', 'posted'] as const;
export type Clock = (typeof CLOCKS)[number];

/** A look back: everything before this moment by one of the clocks. */
export type Moment = { before: Date; clock: Clock };

/** Of one row of ledger_accounts: its balance now, or at a moment, by a few index steps (ledger_balance_at). */
export function balanceOf(moment: Moment | undefined): Prisma.Sql {
  return moment
    ? Prisma.sql`ledger_balance_at(id, ${moment.before}::timestamptz, ${moment.clock})`
    : Prisma.sql`balance`;
}

/**
 * All ledger accounts with their balances now, or at a moment: then it is what they are now without what came since,
 * which costs what came since, and no look-up per account.
 */
export function allAccounts(moment: Moment | undefined): Prisma.Sql {
  if (!moment) return Prisma.sql`ledger_accounts`;
  const time = moment.clock === 'posted' ? Prisma.sql`posted_at` : Prisma.sql`effective_at`;
  return Prisma.sql`(
    SELECT a.code, a.asset, a.side, a.bucket, a.non_negative,
           (a.balance - CASE a.side WHEN 'debit' THEN coalesce(s.amount, 0) ELSE -coalesce(s.amount, 0) END)::bigint AS balance
    FROM ledger_accounts a
    LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM ledger_entries WHERE ${time} >= ${moment.before} GROUP BY 1) s
      ON s.account_id = a.id) accounts`;
}
