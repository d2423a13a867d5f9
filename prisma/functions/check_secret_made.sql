-- A new secret of a key that may move money is in force once two people made it. Its first one came with the key.
CREATE OR REPLACE FUNCTION check_secret_made() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.active_since IS NOT NULL
    AND EXISTS (
      SELECT FROM api_keys k
      WHERE k.id = NEW.key_id AND k.scopes && ARRAY['withdrawals:write', 'deposits:write', 'balance_adjustments:write'])
    AND EXISTS (SELECT FROM api_key_secrets s WHERE s.key_id = NEW.key_id AND s.id <> NEW.id)
    AND NOT EXISTS (
      SELECT FROM approvals a
      WHERE a.action = 'key.rotate' AND a.subject_type = 'api_key' AND a.subject_id = NEW.key_id::text
        AND a.facts->>'secretId' = NEW.id::text AND a.state = 'approved') THEN
    RAISE EXCEPTION 'keys: a secret of one that may move money is made by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
