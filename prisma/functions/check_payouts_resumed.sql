-- Payouts go on by the word of two people.
CREATE OR REPLACE FUNCTION check_payouts_resumed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.resumed_at IS NOT NULL OR NOT EXISTS (
    SELECT FROM approvals a WHERE a.subject_type = 'payout_stop' AND a.subject_id = NEW.id::text
      AND a.action = 'payouts.resume' AND a.state = 'approved') THEN
    RAISE EXCEPTION 'stops: payouts go on by the word of two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
