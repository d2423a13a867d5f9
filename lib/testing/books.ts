import { expect } from 'vitest';
import { db } from '~/lib/db';

type Fault = { rule: string; subject: string };

/**
 * Checks every promise of the ledger over all that is posted: transactions sum to zero per asset, a balance is the
 * fold of its entries, sequences have no gaps, each balance_after follows from the one before, no customer is below
 * zero, and the books as a whole are even.
 */
export async function expectSoundBooks(): Promise<void> {
  const faults = await db().$queryRaw<Fault[]>`
    WITH lines AS (
      SELECT e.*, a.code, CASE a.side WHEN 'debit' THEN e.amount ELSE -e.amount END AS delta
      FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
    ), chained AS (
      SELECT lines.*, row_number() OVER running AS place, sum(delta) OVER running AS folded
      FROM lines WINDOW running AS (PARTITION BY account_id ORDER BY sequence)
    ), folded AS (
      SELECT account_id, count(*) AS entries, sum(delta) AS balance FROM lines GROUP BY account_id
    )
    SELECT 'a transaction sums to zero per asset' AS rule, transaction_id::text AS subject
    FROM ledger_entries GROUP BY transaction_id, asset HAVING sum(amount) <> 0
    UNION ALL
    SELECT 'sequences have no gaps', code FROM chained WHERE place <> sequence
    UNION ALL
    SELECT 'balance_after is the balance so far', code FROM chained WHERE folded <> balance_after
    UNION ALL
    SELECT 'a balance is the fold of its entries', a.code FROM ledger_accounts a LEFT JOIN folded f ON f.account_id = a.id
    WHERE a.balance <> coalesce(f.balance, 0) OR a.sequence <> coalesce(f.entries, 0)
    UNION ALL
    SELECT 'a customer is never below zero', code FROM ledger_accounts WHERE non_negative AND balance < 0
    UNION ALL
    SELECT 'debits equal credits', asset FROM ledger_accounts GROUP BY asset
    HAVING sum(CASE side WHEN 'debit' THEN balance ELSE -balance END) <> 0
    UNION ALL
    SELECT 'an entry is of its account''s asset', l.code FROM lines l JOIN ledger_accounts a ON a.id = l.account_id
    WHERE a.asset <> l.asset`;
  expect(faults).toEqual([]);
}

/** A ledger account's balance by its code; zero where nothing was ever posted. */
export async function balanceOf(code: string, asset = 'MXN'): Promise<bigint> {
  return (await db().ledgerAccount.findFirst({ where: { code, asset } }))?.balance ?? 0n;
}

/** A wallet's money: what is free and what is set aside. */
export async function moneyOf({ id }: { id: string }) {
  return {
    available: await balanceOf(`wallet/${id}/available`),
    reserved: await balanceOf(`wallet/${id}/reserved`),
  };
}
