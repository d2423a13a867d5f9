CREATE OR REPLACE FUNCTION check_approval_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_asked approvals;
BEGIN
  SELECT * INTO v_asked FROM approvals WHERE id = NEW.approval_id FOR UPDATE;
  IF v_asked.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: a decision stays as it was made' USING ERRCODE = 'check_violation';
  END IF;
  IF v_asked.asked_by_id = NEW.operator_id THEN
    RAISE EXCEPTION 'approvals: who asked does not decide' USING ERRCODE = 'check_violation';
  END IF;
  IF operators_tied(v_asked.asked_by_id, NEW.operator_id) THEN
    RAISE EXCEPTION 'approvals: whose account, role or password the other one made or changed within a day does not decide' USING ERRCODE = 'check_violation';
  END IF;
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
