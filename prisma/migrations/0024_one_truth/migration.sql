-- How something that waits stands, and who decided it, the approvals alone say. What withdrawals and deposit requests kept
-- of it besides goes.

-- ── What was decided before there were approvals ──────────────────────────────

ALTER TABLE approvals DISABLE TRIGGER USER;
ALTER TABLE approval_decisions DISABLE TRIGGER USER;

INSERT INTO approvals (id, action, subject_type, subject_id, facts, rule_version, steps, state, asked_by_id, asked_by_name, reason, asked_at, ended_at)
SELECT gen_random_uuid(), 'withdrawal.pay', 'withdrawal', w.id,
  jsonb_build_object('asset', w.asset, 'amount', w.amount::text, 'walletId', w.wallet_id, 'destinationKind', w.destination_kind,
    'destination', w.destination, 'requestHash', w.request_hash),
  1, '[{"people": 1}]', CASE w.status WHEN 'declined' THEN 'declined' ELSE 'approved' END::approval_state, w.requested_by_id,
  coalesce(o.name, ''), coalesce(w.approval_reason::text, 'amount'), w.created_at, coalesce(w.decided_at, w.updated_at)
FROM withdrawals w LEFT JOIN operators o ON o.id = w.requested_by_id
WHERE w.approved_by_id IS NOT NULL AND NOT EXISTS (
  SELECT FROM approvals a WHERE a.subject_type = 'withdrawal' AND a.subject_id = w.id::text AND a.action = 'withdrawal.pay');

INSERT INTO approval_decisions (id, approval_id, verdict, operator_id, operator_name, reason, at)
SELECT gen_random_uuid(), a.id, a.state::text::approval_verdict, w.approved_by_id, coalesce(o.name, ''),
  CASE w.status WHEN 'declined' THEN w.failure_detail END, a.ended_at
FROM withdrawals w
JOIN approvals a ON a.subject_type = 'withdrawal' AND a.subject_id = w.id::text AND a.action = 'withdrawal.pay'
  AND a.state IN ('approved', 'declined')
LEFT JOIN operators o ON o.id = w.approved_by_id
WHERE w.approved_by_id IS NOT NULL AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = a.id);

INSERT INTO approvals (id, action, subject_type, subject_id, facts, rule_version, steps, state, asked_by_id, asked_by_name, reason, asked_at, ended_at)
SELECT gen_random_uuid(), CASE r.kind WHEN 'return' THEN 'deposit.return' ELSE 'deposit.assign' END, 'transfer', r.transfer_id,
  jsonb_build_object('requestId', r.id, 'walletId', r.wallet_id, 'acceptedLoss', r.accepted_loss::text, 'acceptsNotOpen', r.accepts_not_open),
  1, '[{"people": 1}]', r.status::text::approval_state, r.requested_by_id, coalesce(o.name, ''), r.reason, r.created_at,
  coalesce(r.decided_at, r.updated_at)
FROM deposit_requests r LEFT JOIN operators o ON o.id = r.requested_by_id
WHERE r.status <> 'awaiting_approval' AND NOT EXISTS (
  SELECT FROM approvals a WHERE a.subject_type = 'transfer' AND a.subject_id = r.transfer_id AND a.facts->>'requestId' = r.id::text);

INSERT INTO approval_decisions (id, approval_id, verdict, operator_id, operator_name, reason, at)
SELECT gen_random_uuid(), a.id, a.state::text::approval_verdict, r.decided_by_id, coalesce(o.name, ''), r.decision, a.ended_at
FROM deposit_requests r
JOIN approvals a ON a.subject_type = 'transfer' AND a.subject_id = r.transfer_id AND a.facts->>'requestId' = r.id::text
  AND a.state IN ('approved', 'declined')
LEFT JOIN operators o ON o.id = r.decided_by_id
WHERE r.decided_by_id IS NOT NULL AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = a.id);

ALTER TABLE approvals ENABLE TRIGGER USER;
ALTER TABLE approval_decisions ENABLE TRIGGER USER;

-- ── Withdrawals ──────────────────────────────────────────────────────────────

DROP TRIGGER withdrawals_decided ON withdrawals;
DROP TRIGGER withdrawals_decision ON withdrawals;
DROP TRIGGER withdrawals_approved ON withdrawals;
DROP TRIGGER withdrawals_asked ON withdrawals;
DROP FUNCTION check_withdrawal_approval();
ALTER TABLE withdrawals DROP COLUMN approved_by_id, DROP COLUMN approved_hash, DROP COLUMN decided_at;

-- What leaves, from where and to whom, as one number.
CREATE OR REPLACE FUNCTION withdrawal_hash(asked withdrawals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', asked.id, asked.wallet_id, asked.account_id, asked.asset, asked.amount,
    asked.fee_amount, asked.destination_kind, asked.destination), 'UTF8')), 'hex')
$$;

-- Whether a withdrawal is still what was asked for and, where somebody has to approve it, what they approved. Asked of the
-- row that is about to be sent: what says no was changed behind the back of everything here, and does not leave.
CREATE OR REPLACE FUNCTION withdrawal_is_approved(asked withdrawals) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT asked.request_hash IS NOT DISTINCT FROM withdrawal_hash(asked) AND (
    asked.approval_reason IS NULL AND NOT EXISTS (
      SELECT FROM approvals a
      WHERE a.subject_type = 'withdrawal' AND a.subject_id = asked.id::text AND a.action = 'withdrawal.pay')
    OR EXISTS (
      SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
      WHERE a.subject_type = 'withdrawal' AND a.subject_id = asked.id::text AND a.action = 'withdrawal.pay' AND a.state = 'approved'
        AND a.facts->>'requestHash' = asked.request_hash AND d.verdict = 'approved' AND d.operator_id <> asked.requested_by_id))
$$;

CREATE OR REPLACE FUNCTION seal_withdrawal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.request_hash := withdrawal_hash(NEW);
  RETURN NEW;
END $$;

-- One decision, on what is in the row at that moment, and it stays. What waits for somebody goes out by their word alone.
CREATE OR REPLACE FUNCTION decide_withdrawal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'awaiting_approval' THEN
    RAISE EXCEPTION 'a decision on a withdrawal stays as it was made' USING ERRCODE = 'restrict_violation';
  END IF;
  -- What Fintoc has paid under its mark left already, by books that a restore took back: saying so sends nothing.
  IF NEW.status NOT IN ('declined', 'cancelled', 'expired')
    AND NOT (NEW.transfer_id IS NOT NULL AND NEW.status IN ('pending', 'succeeded', 'failed', 'rejected', 'returned'))
    AND NOT withdrawal_is_approved(NEW) THEN
    RAISE EXCEPTION 'a withdrawal that waits for approval is let out by somebody, by a decision on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- Who asked, and who decided how. What left under its mark was decided on by nobody here.
CREATE OR REPLACE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_decision text := CASE WHEN TG_OP = 'INSERT' THEN 'requested'
    WHEN NEW.status IN ('declined', 'cancelled', 'expired') THEN NEW.status::text ELSE 'approved' END;
  v_by uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.requested_by_id ELSE (
    SELECT d.operator_id FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'withdrawal' AND a.subject_id = NEW.id::text AND a.action = 'withdrawal.pay'
      AND a.state::text = v_decision AND d.verdict::text = v_decision
    ORDER BY d.at DESC, d.id DESC LIMIT 1) END;
BEGIN
  IF v_decision <> 'approved' OR v_by IS NOT NULL THEN
    INSERT INTO chain_decisions (withdrawal_id, decision, request_hash, decided_by)
    VALUES (NEW.id, v_decision, NEW.request_hash, v_by);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER withdrawals_decided BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND (OLD.status = 'awaiting_approval' OR NEW.status = 'awaiting_approval'))
  EXECUTE FUNCTION decide_withdrawal();
CREATE TRIGGER withdrawals_decision AFTER UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND (OLD.status = 'awaiting_approval' OR NEW.status IN ('declined', 'cancelled', 'expired')))
  EXECUTE FUNCTION keep_decision();
-- Why it waits is part of what was asked: without it nobody would have to decide.
CREATE TRIGGER withdrawals_asked BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN ((OLD.id, OLD.wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.fee_amount, OLD.beneficiary_name,
         OLD.beneficiary_tax_id, OLD.destination_kind, OLD.destination, OLD.beneficiary_bank, OLD.comment, OLD.reference_id,
         OLD.printed_name, OLD.printed_comment, OLD.requested_by_id, OLD.request_id, OLD.request_hash, OLD.approval_reason)
    IS DISTINCT FROM
        (NEW.id, NEW.wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.fee_amount, NEW.beneficiary_name,
         NEW.beneficiary_tax_id, NEW.destination_kind, NEW.destination, NEW.beneficiary_bank, NEW.comment, NEW.reference_id,
         NEW.printed_name, NEW.printed_comment, NEW.requested_by_id, NEW.request_id, NEW.request_hash, NEW.approval_reason))
  EXECUTE FUNCTION refuse_withdrawal_change();

-- ── What is asked about deposits ──────────────────────────────────────────────

DROP TRIGGER deposit_requests_approved ON deposit_requests;
DROP FUNCTION check_deposit_approval();

ALTER TABLE deposit_requests ADD COLUMN approval_id uuid;
UPDATE deposit_requests r SET approval_id = a.id FROM approvals a
WHERE a.subject_type = 'transfer' AND a.subject_id = r.transfer_id AND a.facts->>'requestId' = r.id::text;
ALTER TABLE deposit_requests ALTER COLUMN approval_id SET NOT NULL;
ALTER TABLE deposit_requests DROP COLUMN status, DROP COLUMN decided_by_id, DROP COLUMN decided_at, DROP COLUMN decision,
  DROP COLUMN updated_at;
DROP TYPE deposit_request_status;
CREATE UNIQUE INDEX deposit_requests_approval_id_key ON deposit_requests (approval_id);
ALTER TABLE deposit_requests ADD CONSTRAINT deposit_requests_approval_id_fkey
  FOREIGN KEY (approval_id) REFERENCES approvals (id) ON DELETE RESTRICT ON UPDATE CASCADE;
-- One waits per deposit, whoever asks.
CREATE UNIQUE INDEX approvals_of_deposit ON approvals (subject_id)
  WHERE state = 'waiting' AND action IN ('deposit.return', 'deposit.assign');

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

CREATE TRIGGER deposit_requests_asked BEFORE INSERT ON deposit_requests FOR EACH ROW EXECUTE FUNCTION check_deposit_request();
CREATE TRIGGER deposit_requests_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deposit_requests
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
