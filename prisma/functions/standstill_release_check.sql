-- One person's word is not enough, whoever writes it here.
CREATE OR REPLACE FUNCTION standstill_release_check() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state = 'released' THEN
    RAISE EXCEPTION 'a standstill that has ended stays so' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'released' AND NOT EXISTS (
    SELECT FROM approvals a WHERE a.subject_type = 'standstill' AND a.subject_id = NEW.id::text AND a.action = 'standstill.release'
      AND a.state = 'approved') THEN
    RAISE EXCEPTION 'a standstill is ended by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
