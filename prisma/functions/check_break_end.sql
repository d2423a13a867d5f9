CREATE OR REPLACE FUNCTION check_break_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approvals a WHERE a.subject_type = 'proof_break' AND a.subject_id = NEW.id::text AND a.state = 'approved'
      AND a.action = CASE NEW.state WHEN 'released' THEN 'break.release' ELSE 'break.accept' END
      AND a.facts->>'difference' = NEW.difference::text) THEN
    RAISE EXCEPTION 'approvals: a break is let pass by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
