-- The transfers of one statement together: each is of a rail that there is, and of a wallet that there is, if of any.
CREATE OR REPLACE FUNCTION transfers_check_wallets() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- One statement for both: starting one costs more than running it.
  v_lacks text := CASE
    WHEN EXISTS (SELECT 1 FROM fresh f WHERE f.wallet_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id = f.wallet_id))
      THEN 'wallet'
    WHEN EXISTS (SELECT 1 FROM fresh f WHERE NOT EXISTS (SELECT 1 FROM rails r WHERE r.name = f.rail)) THEN 'rail' END;
BEGIN
  IF v_lacks IS NOT NULL THEN
    RAISE EXCEPTION 'a transfer is of a % that exists', v_lacks USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
