-- A batch takes withdrawals in between its confirmation and the question to a second person, all of them waiting.
CREATE OR REPLACE FUNCTION check_batch_member() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_state batch_state;
BEGIN
  SELECT b.state INTO v_state FROM withdrawal_batches b WHERE b.id = NEW.batch_id FOR SHARE;
  IF v_state IS DISTINCT FROM 'holding' OR NEW.status <> 'awaiting_approval' THEN
    RAISE EXCEPTION 'batches: what comes with a batch waits with it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
