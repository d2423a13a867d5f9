import type { Queryable } from '~/lib/db';
import { cash } from '~/lib/ledger/chart';
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
  const { code } = cash(accountId, asset);
  const [row] = await client.$queryRaw<{ own: bigint; cash: bigint; sequence: bigint }[]>`
    SELECT coalesce((SELECT sum(b.balance) FROM ledger_accounts b
        WHERE b.owner_id = ${walletId} AND b.asset = ${asset} AND b.bucket IN ('available', 'reserved')), 0)::bigint AS own,
      coalesce(max(c.balance), 0)::bigint AS cash, coalesce(max(c.sequence), 0)::bigint AS sequence
    FROM ledger_accounts c WHERE c.code = ${code} AND c.asset = ${asset}`;
  if (!row) throw new Error('An aggregate answers a row.');
  const amount = pattern === 'A' ? row.own : row.cash;
  return { amount: amount > 0n ? amount : 0n, sequence: row.sequence };
}

type Switched = Pick<PatternMove, 'id' | 'walletId' | 'asset' | 'fromAccountId' | 'fromSequence' | 'amount'>;

/**
 * What of a wallet's money stands in its former account and no payment brings along yet: what stood there at the switch
 * and what came since, by deposits to its old number and payouts that came back, less what went back from there.
 */
export async function leftBehind(client: Queryable, move: Switched): Promise<bigint> {
  const { code } = cash(move.fromAccountId, move.asset);
  const [row] = await client.$queryRaw<{ since: bigint; brought: bigint }[]>`
    SELECT coalesce((
        SELECT sum(e.amount) FROM transfers f
        JOIN ledger_transactions t ON t.transfer_id = f.id
        JOIN ledger_entries e ON e.transaction_id = t.id AND e.sequence > ${move.fromSequence}
        JOIN ledger_accounts c ON c.id = e.account_id AND c.code = ${code} AND c.asset = f.asset
        WHERE f.wallet_id = ${move.walletId}::uuid AND f.account_id = ${move.fromAccountId} AND f.asset = ${move.asset}
          AND f.suspense_reason IS NULL), 0)::bigint AS since,
      coalesce((SELECT sum(z.amount) FROM pattern_payments z
        WHERE z.move_id = ${move.id}::uuid AND z.state <> 'failed'), 0)::bigint AS brought`;
  if (!row || move.amount === null) throw new Error('Nothing is brought along before the switch.');
  return move.amount + row.since - row.brought;
}
