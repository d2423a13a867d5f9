CREATE OR REPLACE FUNCTION forget_asked_password() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM asked_passwords WHERE approval_id = NEW.id;
  RETURN NULL;
END $$;
