CREATE OR REPLACE FUNCTION check_approval_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what is asked for waits' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
