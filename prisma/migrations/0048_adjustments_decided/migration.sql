-- Who decided on an adjustment, and when, its approval alone says.

-- What was decided before there were approvals.
ALTER TABLE approvals DISABLE TRIGGER USER;
ALTER TABLE approval_decisions DISABLE TRIGGER USER;

INSERT INTO approvals (id, action, subject_type, subject_id, facts, rule_version, steps, state, asked_by_id, asked_by_name, reason, asked_at, ended_at)
SELECT gen_random_uuid(), 'adjustment.post', 'adjustment', j.id,
  jsonb_build_object('asset', j.asset, 'amount', j.amount::text, 'fromWalletId', j.from_wallet_id, 'toWalletId', j.to_wallet_id,
    'accountId', j.account_id),
  1, '[{"people": 1}]',
  CASE j.status WHEN 'posted' THEN 'approved' WHEN 'declined' THEN 'declined' ELSE 'cancelled' END::approval_state,
  j.requested_by_id, coalesce(o.name, ''), j.reason, j.created_at, coalesce(j.decided_at, j.updated_at)
FROM adjustments j LEFT JOIN operators o ON o.id = j.requested_by_id
WHERE j.status <> 'awaiting_approval' AND NOT EXISTS (
  SELECT FROM approvals a WHERE a.subject_type = 'adjustment' AND a.subject_id = j.id::text AND a.action = 'adjustment.post');

INSERT INTO approval_decisions (id, approval_id, verdict, operator_id, operator_name, reason, at)
SELECT gen_random_uuid(), a.id, a.state::text::approval_verdict, j.decided_by_id, coalesce(o.name, ''),
  CASE j.status WHEN 'declined' THEN j.decision END, a.ended_at
FROM adjustments j
JOIN approvals a ON a.subject_type = 'adjustment' AND a.subject_id = j.id::text AND a.action = 'adjustment.post'
  AND a.state IN ('approved', 'declined')
LEFT JOIN operators o ON o.id = j.decided_by_id
WHERE j.decided_by_id IS NOT NULL AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = a.id);

ALTER TABLE approvals ENABLE TRIGGER USER;
ALTER TABLE approval_decisions ENABLE TRIGGER USER;

DROP TRIGGER adjustments_asked ON adjustments;
DROP TRIGGER adjustments_approved ON adjustments;
ALTER TABLE adjustments DROP COLUMN decided_by_id, DROP COLUMN decided_at;

-- What ended an adjustment is somebody else's decision on it, as its approval has it.
CREATE OR REPLACE FUNCTION check_adjustment_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'adjustment' AND a.subject_id = NEW.id::text AND a.action = 'adjustment.post'
      AND a.state::text = CASE NEW.status WHEN 'posted' THEN 'approved' ELSE 'declined' END
      AND a.facts @> jsonb_build_object('asset', NEW.asset, 'amount', NEW.amount::text, 'fromWalletId', NEW.from_wallet_id,
        'toWalletId', NEW.to_wallet_id, 'accountId', NEW.account_id)
      AND d.verdict::text = a.state::text AND d.operator_id <> NEW.requested_by_id) THEN
    RAISE EXCEPTION 'approvals: an adjustment is posted or declined by a decision on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- What was asked for stays, and so does how it ended.
CREATE TRIGGER adjustments_asked BEFORE UPDATE ON adjustments FOR EACH ROW
  WHEN ((OLD.id, OLD.from_wallet_id, OLD.to_wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.reason, OLD.requested_by_id, OLD.request_id)
    IS DISTINCT FROM
        (NEW.id, NEW.from_wallet_id, NEW.to_wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.reason, NEW.requested_by_id, NEW.request_id)
    OR OLD.status <> 'awaiting_approval' AND (OLD.status, OLD.decision) IS DISTINCT FROM (NEW.status, NEW.decision))
  EXECUTE FUNCTION refuse_adjustment_change();
CREATE TRIGGER adjustments_approved AFTER UPDATE ON adjustments FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND NEW.status IN ('posted', 'declined'))
  EXECUTE FUNCTION check_adjustment_approval();
CREATE TRIGGER adjustments_begun AFTER INSERT ON adjustments FOR EACH ROW
  WHEN (NEW.status IN ('posted', 'declined'))
  EXECUTE FUNCTION check_adjustment_approval();
