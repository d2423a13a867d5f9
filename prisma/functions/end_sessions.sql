-- Whatever ends somebody's access ends their sessions for good, whoever writes it: none comes back to life with the access.
CREATE OR REPLACE FUNCTION end_sessions() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE operator_sessions SET ended_at = now(), end_cause = 'disabled' WHERE operator_id = NEW.id AND ended_at IS NULL;
  RETURN NULL;
END $$;
