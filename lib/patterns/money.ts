import type { Queryable } from '~/lib/db';
import { debtOf } from '~/lib/transfers/debts';
import type { PatternMove, WalletPattern } from '~/prisma/generated/client';

type Standing = { walletId: string; asset: string; pattern: WalletPattern; accountId: string };

/**
 * What stands in an account for a wallet, in the smallest unit: of a shared account the wallet's balances, of one that is
 * its own all that is there, what fees left in it as well. And how far the account's cash has come.
 */
export async function standsFor(
  client: Queryable,
  { walletId, asset, pattern, accountId }: Standing,
): Promise<{ amount: bigint; sequence: bigint }> {
  const [row] = await client.$queryRaw<{ own: bigint; cash: bigint; sequence: bigint }[]>`
    SELECT coalesce((SELECT sum(b.balance) FROM ledger_accounts b
        WHERE b.owner_id = ${walletId} AND b.asset = ${asset} AND b.bucket IN ('available', 'reserved')), 0)::bigint AS own,
      coalesce(max(c.balance), 0)::bigint AS cash, coalesce(max(c.sequence), 0)::bigint AS sequence
    FROM ledger_accounts c WHERE c.owner_id = ${accountId} AND c.bucket = 'cash' AND c.asset = ${asset}`;
  if (!row) throw new Error('An aggregate answers a row.');
  const amount = pattern === 'A' ? row.own : row.cash;
  return { amount: amount > 0n ? amount : 0n, sequence: row.sequence };
}

type Switched = Pick<
  PatternMove,
  'id' | 'walletId' | 'asset' | 'fromPattern' | 'fromAccountId' | 'fromSequence' | 'amount' | 'switchedAt'
>;

/**
 * What of a wallet's money stands in its former account and no payment brings along yet: what stood there at the switch
 * and what came since, by deposits to its old number and payouts that came back, less what went back from there. Below
 * zero it is missing there: a bank took back a deposit whose money was brought along. Nothing is where the wallet has come
 * back to that account since.
 */
export async function leftBehind(client: Queryable, move: Switched): Promise<bigint> {
  const [row] = await client.$queryRaw<
    { since: bigint; refunded: bigint; brought: bigint; isBack: boolean }[]
  >`
    WITH since AS (
      SELECT t.id, e.amount FROM transfers f
      JOIN ledger_transactions t ON t.transfer_id = f.id
      JOIN ledger_entries e ON e.transaction_id = t.id AND e.sequence > ${move.fromSequence}
      JOIN ledger_accounts c ON c.id = e.account_id AND c.owner_id = f.account_id AND c.bucket = 'cash' AND c.asset = f.asset
      WHERE f.wallet_id = ${move.walletId}::uuid AND f.account_id = ${move.fromAccountId} AND f.asset = ${move.asset}
        AND f.suspense_reason IS NULL)
    SELECT coalesce((SELECT sum(amount) FROM since), 0)::bigint AS since,
      -- Fees that went back to the wallet with a payout: they stood there as the platform's.
      coalesce((
        SELECT -sum(x.amount) FROM since s JOIN ledger_entries x ON x.transaction_id = s.id
        WHERE x.wallet_id = ${move.walletId}::uuid AND x.kind = 'withdrawal_fee'), 0)::bigint AS refunded,
      coalesce((
        SELECT sum(CASE WHEN z.from_account_id = ${move.fromAccountId} THEN z.amount ELSE -z.amount END)
        FROM pattern_payments z WHERE z.move_id = ${move.id}::uuid AND z.state <> 'failed'), 0)::bigint AS brought,
      EXISTS (
        SELECT 1 FROM pattern_moves l WHERE l.wallet_id = ${move.walletId}::uuid AND l.asset = ${move.asset}
          AND l.to_account_id = ${move.fromAccountId} AND l.switched_at > ${move.switchedAt}) AS "isBack"`;
  if (!row || move.amount === null) throw new Error('Nothing is brought along before the switch.');
  if (row.isBack) return 0n;
  // An account of the wallet's own gave its fees along at the switch.
  const refunded = move.fromPattern === 'A' ? row.refunded : 0n;
  return move.amount + row.since + refunded - row.brought;
}

/**
 * What has to go back to the former account: what is missing there, but for what the wallet owes of it, which stands
 * nowhere before it is paid.
 */
export async function owedBack(
  client: Queryable,
  move: Switched,
): Promise<{ missing: bigint; amount: bigint }> {
  const left = await leftBehind(client, move);
  if (left >= 0n) return { missing: 0n, amount: 0n };
  const debt = await debtOf(client, { id: move.walletId, asset: move.asset });
  return { missing: -left, amount: -left > debt ? -left - debt : 0n };
}
