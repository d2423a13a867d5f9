CREATE OR REPLACE FUNCTION transfers_check_wallets() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.wallet_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id = f.wallet_id)) THEN
    RAISE EXCEPTION 'a transfer is of a wallet that exists' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
