CREATE OR REPLACE FUNCTION check_deposit_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'transfer' AND a.subject_id = NEW.transfer_id AND a.action IN ('deposit.return', 'deposit.assign')
      AND a.state = 'approved' AND d.operator_id = NEW.decided_by_id AND d.verdict = 'approved'
      AND a.facts @> jsonb_build_object('requestId', NEW.id, 'walletId', NEW.wallet_id, 'acceptedLoss', NEW.accepted_loss::text)) THEN
    RAISE EXCEPTION 'approvals: a deposit goes elsewhere by a decision on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
