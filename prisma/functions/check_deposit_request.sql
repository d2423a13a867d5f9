-- What is asked about a deposit is what its approval says, and what is decided on.
CREATE OR REPLACE FUNCTION check_deposit_request() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approvals a
    WHERE a.id = NEW.approval_id AND a.subject_type = 'transfer' AND a.subject_id = NEW.transfer_id
      AND a.action = CASE NEW.kind WHEN 'return' THEN 'deposit.return' ELSE 'deposit.assign' END
      AND a.asked_by_id = NEW.requested_by_id AND a.state = 'waiting'
      AND a.facts @> jsonb_build_object('requestId', NEW.id, 'walletId', NEW.wallet_id, 'acceptedLoss', NEW.accepted_loss::text,
        'acceptsNotOpen', NEW.accepts_not_open)) THEN
    RAISE EXCEPTION 'approvals: a deposit goes elsewhere by a decision on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
