-- A batch goes on, never back, and is approved by a decision on all that it holds.
CREATE OR REPLACE FUNCTION check_batch_state() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT (OLD.state = 'draft' AND NEW.state IN ('holding', 'cancelled')
    OR OLD.state = 'holding' AND NEW.state IN ('awaiting_approval', 'refused', 'cancelled')
    OR OLD.state = 'awaiting_approval' AND NEW.state IN ('approved', 'declined', 'cancelled', 'expired')) THEN
    RAISE EXCEPTION 'batches: a batch goes on, never back' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'withdrawal_batch' AND a.subject_id = NEW.id::text AND a.action = 'batch.pay' AND a.state = 'approved'
      AND a.facts->>'seal' = batch_seal(NEW.id) AND d.operator_id = NEW.decided_by_id AND d.verdict = 'approved') THEN
    RAISE EXCEPTION 'batches: a batch is approved by a decision on all of it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
