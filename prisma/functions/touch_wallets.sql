-- A wallet's row is another once one of its assets is: whoever rests on the one, or waits for its lock, rests on both.
CREATE OR REPLACE FUNCTION touch_wallets() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    v_ids := ARRAY(SELECT DISTINCT f.wallet_id FROM fresh f);
  ELSE
    v_ids := ARRAY(
      SELECT DISTINCT f.wallet_id FROM fresh f JOIN stale s ON s.wallet_id = f.wallet_id AND s.asset = f.asset
      WHERE (f.state, f.terms_id, f.pattern, f.entity_id, f.account_id, f.account_number_id)
        IS DISTINCT FROM (s.state, s.terms_id, s.pattern, s.entity_id, s.account_id, s.account_number_id));
  END IF;
  -- Many in the order in which everybody locks them.
  IF cardinality(v_ids) > 1 THEN
    PERFORM FROM wallets w WHERE w.id = ANY (v_ids) ORDER BY w.id FOR NO KEY UPDATE OF w;
  END IF;
  UPDATE wallets SET updated_at = clock_timestamp() WHERE id = ANY (v_ids);
  RETURN NULL;
END $$;
