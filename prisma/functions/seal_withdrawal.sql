CREATE OR REPLACE FUNCTION seal_withdrawal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.request_hash := withdrawal_hash(NEW);
  NEW.approved_hash := CASE WHEN NEW.approved_by_id IS NOT NULL AND NEW.status <> 'declined' THEN NEW.request_hash END;
  RETURN NEW;
END $$;
