-- What left by itself under its mark waits for nobody any more.
CREATE OR REPLACE FUNCTION end_withdrawal_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE approvals SET state = 'cancelled', ended_at = clock_timestamp()
  WHERE subject_type = 'withdrawal' AND subject_id = NEW.id::text AND action = 'withdrawal.pay' AND state = 'waiting';
  RETURN NULL;
END $$;
