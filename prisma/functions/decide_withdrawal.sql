-- One decision, on what is in the row at that moment, and it stays. What waits for somebody goes out by their word alone.
CREATE OR REPLACE FUNCTION decide_withdrawal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'awaiting_approval' THEN
    RAISE EXCEPTION 'a decision on a withdrawal stays as it was made' USING ERRCODE = 'restrict_violation';
  END IF;
  -- What Fintoc has paid under its mark left already, by books that a restore took back: saying so sends nothing.
  IF NEW.status NOT IN ('declined', 'cancelled', 'expired')
    AND NOT (NEW.transfer_id IS NOT NULL AND NEW.status IN ('pending', 'succeeded', 'failed', 'rejected', 'returned'))
    AND NOT withdrawal_is_approved(NEW)
    AND NOT (batch_is_approved(NEW) AND NEW.request_hash IS NOT DISTINCT FROM withdrawal_hash(NEW)) THEN
    RAISE EXCEPTION 'a withdrawal that waits for approval is let out by somebody, by a decision on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
