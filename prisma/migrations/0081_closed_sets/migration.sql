-- ── What is decided: one list for all that names an action ───────────────────

-- Everything that one person asks for and another decides on, as lib/approvals/actions.ts has it.
CREATE FUNCTION approval_actions() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[
    'withdrawal.pay', 'batch.pay', 'adjustment.post', 'deposit.return', 'deposit.assign',
    'withdrawal.end', 'payout.explain', 'break.release', 'break.accept', 'payouts.resume', 'standstill.release',
    'operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'operator.guest',
    'role.change', 'rule.change', 'terms.change', 'stops.change', 'settlement.change', 'key.make', 'key.rotate', 'beneficiary.unblock', 'debt.plan',
    'wallet.move_pattern', 'event.replay', 'wallet.freeze', 'wallet.unfreeze', 'wallet.close', 'number.quarantine',
    'suspense.return', 'suspense.assign']
$$;

-- Of them what is done at once, and audited so, where nobody but who asked could decide (lib/approvals/actions.ts).
CREATE FUNCTION acts_done_alone() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[
    'operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'role.change', 'rule.change',
    'beneficiary.unblock', 'key.make', 'key.rotate', 'terms.change', 'stops.change', 'settlement.change', 'debt.plan']
$$;

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action <> ALL (acts_done_alone())) THEN
    RAISE EXCEPTION 'approvals: one person acts alone where nobody else could decide' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT NEW.alone AND (
    SELECT count(*) FILTER (WHERE d.verdict = 'approved') < greatest(v_needed, 1) OR bool_or(d.verdict = 'declined')
    FROM approval_decisions d WHERE d.approval_id = NEW.id) THEN
    RAISE EXCEPTION 'approvals: as many people approve as its rule says' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'declined'
    AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = NEW.id AND d.verdict = 'declined') THEN
    RAISE EXCEPTION 'approvals: somebody declines it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE approvals ADD CONSTRAINT approvals_action_check CHECK (action = ANY (approval_actions()));
ALTER TABLE approval_rules ADD CONSTRAINT approval_rules_action_check CHECK (action = ANY (approval_actions()));
ALTER TABLE approval_shadows ADD CONSTRAINT approval_shadows_action_check CHECK (action = ANY (approval_actions()));

-- ── Sets that the code closes ────────────────────────────────────────────────

ALTER TABLE access_links ADD CONSTRAINT access_links_kind_check
  CHECK (kind = ANY (ARRAY['invitation', 'reset', 'guest']));
ALTER TABLE factor_challenges ADD CONSTRAINT factor_challenges_purpose_check
  CHECK (purpose = ANY (ARRAY['sign_in', 'step_up', 'enrol']));
ALTER TABLE transfers ADD CONSTRAINT transfers_mode_check CHECK (mode = ANY (ARRAY['test', 'live']));
-- What stands in the books stays as it was written, whatever its word.
ALTER TABLE ledger_transactions ADD CONSTRAINT ledger_transactions_kind_check CHECK (kind = ANY (ARRAY[
  'deposit', 'deposit_return', 'deposit_return_settled', 'deposit_return_failed', 'deposit_return_undone', 'debt_repaid',
  'withdrawal_hold', 'withdrawal_release', 'payout_accepted', 'deposit_announced', 'deposit_arrived', 'payout_settled',
  'payout_explained', 'move_sent', 'move_arrived', 'move_returned', 'withdrawal_return', 'adjustment_hold', 'adjustment',
  'adjustment_release', 'hold', 'hold_release'])) NOT VALID;
ALTER TABLE alarms ADD CONSTRAINT alarms_kind_check CHECK (kind = ANY (ARRAY[
  'proof_red', 'break_open', 'books_older', 'payouts_stopped', 'cash_short', 'approvals_ending', 'ledger_red', 'dead_letters',
  'withdrawals_failing', 'withdrawal_stuck', 'return_stuck', 'event_conflict', 'webhook_off', 'schedule_refused',
  'condition_failed'])) NOT VALID;
ALTER TABLE lifecycle_acts ADD CONSTRAINT lifecycle_acts_actor_kind_check
  CHECK (actor_kind = ANY (ARRAY['operator', 'key', 'system', 'rail']));
ALTER TABLE hold_acts ADD CONSTRAINT hold_acts_actor_kind_check
  CHECK (actor_kind = ANY (ARRAY['operator', 'key', 'system', 'rail']));
