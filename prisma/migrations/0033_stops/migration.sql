-- The button that stops payouts, of everything or of one account: one person or a threshold presses it, two let them go on.

CREATE TYPE "stop_cause" AS ENUM ('person', 'returns', 'failures', 'breaks');

CREATE TABLE "payout_stops" (
    "id" UUID NOT NULL,
    "account_id" TEXT,
    "cause" "stop_cause" NOT NULL,
    "reason" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "stopped_by_id" UUID,
    "stopped_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resumed_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_stops_pkey" PRIMARY KEY ("id"),
    CONSTRAINT payout_stops_person CHECK ((cause = 'person') = (stopped_by_id IS NOT NULL))
);
CREATE INDEX "payout_stops_stopped_at_id_idx" ON "payout_stops"("stopped_at", "id");
ALTER TABLE "payout_stops" ADD CONSTRAINT "payout_stops_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- What is stopped is stopped once; the gate asks it before each request.
CREATE UNIQUE INDEX payout_stops_open ON payout_stops (coalesce(account_id, '')) WHERE resumed_at IS NULL;

CREATE TRIGGER payout_stops_kept BEFORE DELETE OR TRUNCATE ON payout_stops
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_stops_made
  BEFORE UPDATE OF id, account_id, cause, reason, facts, stopped_by_id, stopped_at
  ON payout_stops FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE withdrawals
  DROP CONSTRAINT withdrawals_held_reason_check,
  ADD CONSTRAINT withdrawals_held_reason_check CHECK (held_reason IN (
    'books_older', 'payouts_stopped', 'changed_since_approval', 'wallet_frozen', 'wallet_closed', 'beneficiary_blocked', 'account_blocked', 'entity_paused',
    'unexplained_payout', 'account_paused', 'proof_late', 'ledger_red', 'ledger_late', 'not_covered', 'credit_unconfirmed'));

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'payouts.resume', 1, '{}', '[{"people": 1}]');

-- Payouts go on by the word of two people.
CREATE OR REPLACE FUNCTION check_payouts_resumed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.resumed_at IS NOT NULL OR NOT EXISTS (
    SELECT FROM approvals a WHERE a.subject_type = 'payout_stop' AND a.subject_id = NEW.id::text
      AND a.action = 'payouts.resume' AND a.state = 'approved') THEN
    RAISE EXCEPTION 'stops: payouts go on by the word of two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_stops_resumed BEFORE UPDATE ON payout_stops FOR EACH ROW
  WHEN (OLD.resumed_at IS DISTINCT FROM NEW.resumed_at) EXECUTE FUNCTION check_payouts_resumed();
