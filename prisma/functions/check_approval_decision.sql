CREATE OR REPLACE FUNCTION check_approval_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_asked approvals;
  v_role text;
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
  -- As lib/roles.ts has it of everything that is decided.
  IF NOT EXISTS (SELECT FROM operators o LEFT JOIN custom_roles r ON r.id = o.custom_role_id
    WHERE o.id = NEW.operator_id AND o.disabled_at IS NULL AND (o.role IN ('approver', 'admin') OR r.permissions && ARRAY[
      'approvals:decide', 'withdrawals:approve', 'adjustments:approve', 'deposits:decide', 'beneficiaries:block', 'proof:release'])) THEN
    RAISE EXCEPTION 'approvals: who may decide, and may still sign in, decides' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.verdict = 'approved' THEN
    v_role := approval_step_role(v_asked.steps,
      (SELECT count(*)::int FROM approval_decisions d WHERE d.approval_id = NEW.approval_id AND d.verdict = 'approved'));
    IF v_role IS NOT NULL AND NOT EXISTS (SELECT FROM operators o WHERE o.id = NEW.operator_id AND o.role::text = v_role) THEN
      RAISE EXCEPTION 'approvals: this step is for the role %', v_role USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
