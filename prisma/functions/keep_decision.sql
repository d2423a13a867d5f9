-- Who asked, and who decided how. What left under its mark was decided on by nobody here.
CREATE OR REPLACE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_decision text := CASE WHEN TG_OP = 'INSERT' THEN 'requested'
    WHEN NEW.status IN ('declined', 'cancelled', 'expired') THEN NEW.status::text ELSE 'approved' END;
  v_by uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.requested_by_id ELSE (
    SELECT d.operator_id FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE (a.subject_type = 'withdrawal' AND a.subject_id = NEW.id::text AND a.action = 'withdrawal.pay'
        OR a.subject_type = 'withdrawal_batch' AND a.subject_id = NEW.batch_id::text AND a.action = 'batch.pay')
      AND a.state::text = v_decision AND d.verdict::text = v_decision
    ORDER BY d.at DESC, d.id DESC LIMIT 1) END;
BEGIN
  IF v_decision <> 'approved' OR v_by IS NOT NULL THEN
    INSERT INTO chain_decisions (withdrawal_id, decision, request_hash, decided_by)
    VALUES (NEW.id, v_decision, NEW.request_hash, v_by);
  END IF;
  RETURN NULL;
END $$;
