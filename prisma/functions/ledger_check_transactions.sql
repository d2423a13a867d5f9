-- Planned as ledger_post says, which calls it.
CREATE OR REPLACE FUNCTION ledger_check_transactions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh t WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.transaction_id = t.id)) THEN
    RAISE EXCEPTION 'ledger: a transaction has entries' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
