-- One person's word is not enough, whoever writes it here.
CREATE OR REPLACE FUNCTION standstill_release_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'released' THEN
    RAISE EXCEPTION 'a standstill that has ended stays so' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'released' AND (SELECT count(DISTINCT r.operator_id) FROM standstill_releases r WHERE r.standstill_id = NEW.id) < 2 THEN
    RAISE EXCEPTION 'a standstill is ended by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
