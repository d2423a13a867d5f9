-- What is over waits for nobody's word any more.
CREATE OR REPLACE FUNCTION end_break_approvals() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE approvals SET state = 'cancelled', ended_at = clock_timestamp()
  WHERE state = 'waiting' AND (subject_type = 'proof_break' AND subject_id = NEW.id::text
    OR subject_type = 'transfer' AND subject_id = NEW.transfer_id AND action = 'payout.explain');
  RETURN NULL;
END $$;
