-- One that somebody asked for opens once somebody else decided so, and none is good twice.
CREATE OR REPLACE FUNCTION keep_access_link() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.used_at IS NOT NULL OR NEW.token_hash <> OLD.token_hash OR NEW.operator_id <> OLD.operator_id
    OR NEW.made_by_id IS DISTINCT FROM OLD.made_by_id OR NEW.approval_id IS DISTINCT FROM OLD.approval_id THEN
    RAISE EXCEPTION 'a link that was used stays used, and is whose it was' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.used_at IS NOT NULL AND (NEW.opened_at IS NULL OR NEW.expires_at <= NEW.used_at) THEN
    RAISE EXCEPTION 'a link is used while it is open' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
