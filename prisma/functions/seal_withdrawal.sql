CREATE OR REPLACE FUNCTION seal_withdrawal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.request_hash := withdrawal_hash(NEW);
  RETURN NEW;
END $$;
