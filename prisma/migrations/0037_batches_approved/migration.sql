-- A batch is decided on as a whole, and the approvals alone say so.

-- Whether somebody else approved the whole batch that a withdrawal came with: the approval was of the seals of all its rows
-- (check_batch_state), and none joins afterwards.
CREATE OR REPLACE FUNCTION batch_is_approved(asked withdrawals) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT asked.batch_id IS NOT NULL AND EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'withdrawal_batch' AND a.subject_id = asked.batch_id::text AND a.action = 'batch.pay' AND a.state = 'approved'
      AND d.verdict = 'approved' AND d.operator_id <> asked.requested_by_id)
$$;

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

-- Whether a withdrawal is still what was asked for and, where somebody has to approve it, what they approved. Asked of the
-- row that is about to be sent: what says no was changed behind the back of everything here, and does not leave.
CREATE OR REPLACE FUNCTION withdrawal_is_approved(asked withdrawals) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT asked.request_hash IS NOT DISTINCT FROM withdrawal_hash(asked) AND (
    asked.approval_reason IS NULL AND asked.batch_id IS NULL AND NOT EXISTS (
      SELECT FROM approvals a
      WHERE a.subject_type = 'withdrawal' AND a.subject_id = asked.id::text AND a.action = 'withdrawal.pay')
    OR EXISTS (
      SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
      WHERE a.subject_type = 'withdrawal' AND a.subject_id = asked.id::text AND a.action = 'withdrawal.pay' AND a.state = 'approved'
        AND a.facts->>'requestHash' = asked.request_hash AND d.verdict = 'approved' AND d.operator_id <> asked.requested_by_id)
    -- Of a batch, its row as it was let out.
    OR batch_is_approved(asked) AND EXISTS (
      SELECT FROM chain_decisions c
      WHERE c.withdrawal_id = asked.id AND c.decision = 'approved' AND c.request_hash = asked.request_hash))
$$;


ALTER TABLE withdrawals
  DROP CONSTRAINT withdrawals_held_reason_check,
  ADD CONSTRAINT withdrawals_held_reason_check CHECK (held_reason IN (
    'books_older', 'payouts_stopped', 'changed_since_approval', 'wallet_frozen', 'wallet_closed', 'beneficiary_blocked', 'account_blocked',
    'entity_paused', 'unexplained_payout', 'account_paused', 'proof_late', 'ledger_red', 'ledger_late', 'not_covered', 'credit_unconfirmed'));
