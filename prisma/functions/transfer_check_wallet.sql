-- Seldom: a deposit that was held is given to a wallet.
CREATE OR REPLACE FUNCTION transfer_check_wallet() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id = NEW.wallet_id) THEN
    RAISE EXCEPTION 'a transfer is of a wallet that exists' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
