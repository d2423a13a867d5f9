-- A transaction and all its entries are inserted by one statement, and sum to zero per asset. The entries take their
-- accounts to the last of them: they follow from where the account stood, without a gap, and say what it and they add up
-- to; who waits for news of a wallet's balance is told of it. Planned as ledger_post says, which calls it.
CREATE OR REPLACE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_fault text;
BEGIN
  -- One statement for all of it: starting one costs more than running it. What is faulty is undone with it.
  WITH last AS (
    SELECT account_id, asset, count(*) AS entries, max(sequence) AS sequence, sum(amount)::bigint AS amount,
           (array_agg(balance_after ORDER BY sequence DESC))[1] AS balance
    FROM fresh GROUP BY account_id, asset
  ), moved AS (
    UPDATE ledger_accounts a SET sequence = l.sequence, balance = l.balance
    FROM last l
    WHERE a.id = l.account_id AND a.asset = l.asset AND a.sequence + l.entries = l.sequence
      AND a.balance + CASE a.side WHEN 'debit' THEN l.amount ELSE -l.amount END = l.balance
    RETURNING a.code, a.bucket, a.owner_id, a.asset, a.balance
  ), told AS (
    -- Of every balance of a wallet that the entries touch, as it is after them: a row for a wallet and an asset. Under the
    -- locks of its accounts: so of one wallet the order of ids is the order of its balances.
    INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, data)
    SELECT 'balance.changed', 'balance', m.owner_id, m.owner_id::uuid, 'system', 'ledger',
           jsonb_build_object('walletId', m.owner_id, 'asset', m.asset) || jsonb_object_agg(m.bucket, m.balance::text)
    FROM moved m WHERE m.code LIKE 'wallet/%' AND m.bucket IN ('available', 'pending', 'reserved')
    GROUP BY m.owner_id, m.asset ORDER BY m.owner_id, m.asset
  )
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM fresh GROUP BY transaction_id, asset HAVING sum(amount) <> 0)
      THEN 'a transaction''s entries must sum to zero per asset'
    WHEN EXISTS (
      SELECT 1
      FROM (SELECT transaction_id, count(*) AS entries, max(line) AS last_line FROM fresh GROUP BY transaction_id) f
      LEFT JOIN ledger_transactions t ON t.id = f.transaction_id
      WHERE t.id IS NULL OR f.entries <> t.entry_count OR f.last_line <> t.entry_count)
      THEN 'entries are inserted together with their transaction'
    WHEN (SELECT count(*) FROM moved) < (SELECT count(*) FROM last) THEN CASE
      WHEN EXISTS (SELECT 1 FROM fresh f LEFT JOIN ledger_accounts a ON a.id = f.account_id WHERE a.asset IS DISTINCT FROM f.asset)
        THEN 'an entry is of an account, in the account''s asset'
      ELSE 'an account has the balance and the sequence of its last entry' END
    END INTO v_fault;
  IF v_fault IS NOT NULL THEN
    RAISE EXCEPTION 'ledger: %', v_fault USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
