-- What goes out is what was decided on, by the decision of who is named in it: on itself, or on the whole batch that it came
-- with. After the checks of the row itself.
CREATE OR REPLACE FUNCTION check_withdrawal_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.state = 'approved' AND d.operator_id = NEW.approved_by_id AND d.verdict = 'approved'
      AND (a.subject_type = 'withdrawal' AND a.subject_id = NEW.id::text AND a.action = 'withdrawal.pay'
          AND a.facts->>'requestHash' = NEW.approved_hash
        OR a.subject_type = 'withdrawal_batch' AND a.subject_id = NEW.batch_id::text AND a.action = 'batch.pay')) THEN
    RAISE EXCEPTION 'approvals: a withdrawal is let out by a decision on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
