/** What the product itself says of its books: every account proven to its last movement, every promise kept. */
import { verifyBooks } from '~/lib/proof/verify';
import type { Query } from './database.ts';
import type { Finding } from './evidence.ts';

export async function judgeProofs(query: Query): Promise<Finding[]> {
  const breaks = await query<{
    kind: string;
    account_id: string;
    subject: string;
    expected: bigint;
    actual: bigint;
  }>(`SELECT kind::text, account_id, subject, expected, actual FROM proof_breaks WHERE state <> 'cured'`);
  const faults = await verifyBooks(({ text, values }) => query(text, values));
  return [
    ...breaks.flatMap(({ kind, account_id, subject, expected, actual }) =>
      off(`proof of account ${account_id}: ${kind} at ${subject}, ${expected} at Fintoc and ${actual} here`),
    ),
    ...(await unproven(query)).flatMap((id) => off(`account ${id} is not proven to its last movement`)),
    ...faults.flatMap(({ rule, subject, expected, actual }) =>
      off(`${rule}: ${subject} is ${actual} and should be ${expected}`),
    ),
  ];
}

/** Accounts whose proof has not come to the end of their cash, or has found something on the way. */
export async function unproven(query: Query): Promise<string[]> {
  const rows = await query<{ id: string }>(`
    SELECT a.id FROM accounts a
    LEFT JOIN proof_states s ON s.account_id = a.id
    LEFT JOIN ledger_accounts l ON l.owner_id = a.id AND l.bucket = 'cash' AND l.asset = a.asset
    WHERE s.proven_at IS NULL OR s.difference <> 0 OR s.lagging_count > 0
      OR s.entries_through <> coalesce(l.sequence, 0) OR s.proven_balance <> coalesce(l.balance, 0)
      OR EXISTS (SELECT 1 FROM proof_breaks b WHERE b.account_id = a.id AND b.state <> 'cured')
    ORDER BY a.id`);
  return rows.map(({ id }) => id);
}

function off(what: string): Finding[] {
  return [{ verdict: 'off', what }];
}
