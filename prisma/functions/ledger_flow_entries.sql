-- What moved on the accounts whose flows are kept, entry by entry, of ids after one and up to another: money on the rails,
-- in suspense, and in the fees. `inward` says that the account's balance rose in its own side; `of_withdrawal`, that it is a
-- withdrawal's money, and not the platform's own. Without settings, so that it is planned with the query that asks.
CREATE OR REPLACE FUNCTION ledger_flow_entries(after bigint, until bigint) RETURNS TABLE (
  id bigint, class text, asset text, owner_id text, hour timestamptz, at timestamptz, kind text, inward boolean,
  of_withdrawal boolean, amount bigint
) LANGUAGE sql STABLE AS $$
  SELECT e.id, ledger_class(a.code, a.bucket, a.non_negative), e.asset, a.owner_id, date_bin('1 hour', t.effective_at, 'epoch'),
         t.effective_at, e.kind, (e.amount > 0) = (a.side = 'debit'), t.withdrawal_id IS NOT NULL, abs(e.amount)
  FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id JOIN ledger_transactions t ON t.id = e.transaction_id
  WHERE e.id > after AND e.id <= until AND (a.bucket IN ('cash', 'suspense') OR a.code = 'house/fees')
$$;
