-- An ended session stays ended, and nothing of where it came from is rewritten.
CREATE OR REPLACE FUNCTION keep_session() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.operator_id <> OLD.operator_id OR NEW.opened_at <> OLD.opened_at
    OR NEW.ip <> OLD.ip OR NEW.user_agent <> OLD.user_agent OR NEW.provider_factor <> OLD.provider_factor THEN
    RAISE EXCEPTION 'a session that ended stays ended, and is whose it was' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
