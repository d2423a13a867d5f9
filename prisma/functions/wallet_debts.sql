-- What the wallets that transfer_context answered owe, by their ids and assets; null where nobody owes anything. Read in the same
-- statement, so that both are of one moment.
CREATE OR REPLACE FUNCTION wallet_debts(wallets json) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.bucket = 'receivable') THEN
    RETURN NULL;
  END IF;
  RETURN (
    SELECT jsonb_object_agg(a.owner_id || ' ' || a.asset, a.balance::text)
    FROM json_array_elements(wallets) w
    JOIN ledger_accounts a ON a.bucket = 'receivable' AND a.owner_id = w->>'id' AND a.asset = w->>'asset'
    WHERE a.balance > 0);
END $$;
