-- What went on by itself waits for nobody any more: it left under its mark, or Fintoc said how it ended after all.
CREATE OR REPLACE FUNCTION end_withdrawal_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE approvals SET state = 'cancelled', ended_at = clock_timestamp()
  WHERE subject_type = 'withdrawal' AND subject_id = NEW.id::text AND state = 'waiting';
  RETURN NULL;
END $$;
