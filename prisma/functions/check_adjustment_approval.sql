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
