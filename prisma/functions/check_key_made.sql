-- A key that may move money is in use once two people made it.
CREATE OR REPLACE FUNCTION check_key_made() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.active_since IS NOT NULL
    AND NEW.scopes && ARRAY['withdrawals:write', 'deposits:write', 'balance_adjustments:write']
    AND NOT EXISTS (
      SELECT FROM approvals a
      WHERE a.action = 'key.make' AND a.subject_type = 'api_key' AND a.subject_id = NEW.id::text AND a.state = 'approved') THEN
    RAISE EXCEPTION 'keys: one that may move money is made by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
