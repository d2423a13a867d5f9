-- A wallet's row is another once one of its assets is: whoever rests on the one, or waits for its lock, rests on both.
CREATE OR REPLACE FUNCTION touch_wallet() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE wallets SET updated_at = clock_timestamp() WHERE id = NEW.wallet_id;
  RETURN NULL;
END $$;
