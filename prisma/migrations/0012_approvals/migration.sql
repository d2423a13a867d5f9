-- Everything that one person asks for and another decides on.

CREATE TYPE "approval_state" AS ENUM ('waiting', 'approved', 'declined', 'cancelled', 'expired');
CREATE TYPE "approval_verdict" AS ENUM ('approved', 'declined');

-- When an act needs somebody else, and how many of them. The newest version is in force; none is ever changed.
CREATE TABLE "approval_rules" (
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "conditions" JSONB NOT NULL,
    "steps" JSONB NOT NULL,
    "made_by_id" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "from_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_rules_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "approval_rules_action_version_key" ON "approval_rules"("action", "version");

CREATE TABLE "approvals" (
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "rule_version" INTEGER NOT NULL,
    "steps" JSONB NOT NULL,
    "state" "approval_state" NOT NULL DEFAULT 'waiting',
    "asked_by_id" UUID NOT NULL,
    "asked_by_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "alone" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "approvals_state_asked_at_id_idx" ON "approvals"("state", "asked_at", "id");
CREATE INDEX "approvals_subject_type_subject_id_asked_at_idx" ON "approvals"("subject_type", "subject_id", "asked_at");
CREATE INDEX "approvals_state_expires_at_idx" ON "approvals"("state", "expires_at");

CREATE TABLE "approval_decisions" (
    "id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "verdict" "approval_verdict" NOT NULL,
    "operator_id" UUID NOT NULL,
    "operator_name" TEXT NOT NULL,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_decisions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "approval_decisions_approval_id_operator_id_key" ON "approval_decisions"("approval_id", "operator_id");
ALTER TABLE "approval_decisions" ADD CONSTRAINT "approval_decisions_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approvals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A password that somebody asked to set for somebody else, until it is decided.
CREATE TABLE "asked_passwords" (
    "approval_id" UUID NOT NULL,
    "password_hash" TEXT NOT NULL,

    CONSTRAINT "asked_passwords_pkey" PRIMARY KEY ("approval_id")
);
ALTER TABLE "asked_passwords" ADD CONSTRAINT "asked_passwords_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approvals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who made or changed whose account, role or password: for a day neither of the two decides on what the other asks for.
CREATE TABLE "operator_changes" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operator_changes_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "operator_changes_operator_id_by_id_at_idx" ON "operator_changes"("operator_id", "by_id", "at");

ALTER TABLE approvals
  ADD CONSTRAINT approvals_ended CHECK ((state = 'waiting') = (ended_at IS NULL));
-- One person asks for one thing of a kind about one thing at a time.
CREATE UNIQUE INDEX approvals_waiting ON approvals (action, subject_id, asked_by_id) WHERE state = 'waiting';
ALTER TABLE operator_changes
  ADD CONSTRAINT operator_changes_what CHECK (what IN ('made', 'role', 'password')),
  ADD CONSTRAINT operator_changes_other CHECK (operator_id <> by_id);

-- ── What stays as it was ─────────────────────────────────────────────────────

CREATE TRIGGER approval_rules_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON approval_rules
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approval_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON approval_decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER operator_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operator_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approvals_kept BEFORE DELETE OR TRUNCATE ON approvals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER approvals_asked
  BEFORE UPDATE OF id, action, subject_type, subject_id, facts, rule_version, steps, asked_by_id, asked_by_name, reason, asked_at, expires_at
  ON approvals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ── Who decides ──────────────────────────────────────────────────────────────

-- Whether one of two made or changed the other's account, role or password within a day.
CREATE FUNCTION operators_tied(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM operator_changes c
    WHERE ((c.operator_id = one AND c.by_id = other) OR (c.operator_id = other AND c.by_id = one))
      AND c.at > now() - interval '24 hours')
$$;

-- Who could decide on what this person asks for.
CREATE FUNCTION approval_deciders(asker uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.id FROM operators o
  WHERE o.id <> asker AND o.disabled_at IS NULL AND o.role IN ('approver', 'admin') AND NOT operators_tied(asker, o.id)
$$;

CREATE FUNCTION check_approval_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_asked approvals;
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
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER approval_decisions_check BEFORE INSERT ON approval_decisions
  FOR EACH ROW EXECUTE FUNCTION check_approval_decision();

CREATE FUNCTION check_approval_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what is asked for waits' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_wait BEFORE INSERT ON approvals FOR EACH ROW EXECUTE FUNCTION check_approval_asked();

CREATE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action NOT IN ('operator.enrol', 'operator.change', 'operator.password', 'rule.change', 'beneficiary.unblock')) THEN
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
CREATE TRIGGER approvals_end BEFORE UPDATE ON approvals FOR EACH ROW EXECUTE FUNCTION check_approval_end();

CREATE FUNCTION forget_asked_password() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM asked_passwords WHERE approval_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER approvals_forget AFTER UPDATE ON approvals FOR EACH ROW
  WHEN (NEW.action = 'operator.password' AND NEW.state <> 'waiting')
  EXECUTE FUNCTION forget_asked_password();

-- ── The rules there are ──────────────────────────────────────────────────────

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'withdrawal.pay', 1, jsonb_build_object(
    'amount', coalesce((SELECT value FROM settings WHERE key = 'withdrawalApproval'), '{"MXN": "5000000", "CLP": "2500000"}'),
    'firstPayment', coalesce((SELECT value FROM settings WHERE key = 'firstPaymentApproval'), '{"MXN": "1000000", "CLP": "500000"}')),
    '[{"people": 1}]'),
  (gen_random_uuid(), 'adjustment.post', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'deposit.return', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'deposit.assign', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'withdrawal.end', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'payout.explain', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'break.release', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'break.accept', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'standstill.release', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'operator.enrol', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'operator.change', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'operator.password', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'rule.change', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'beneficiary.unblock', 1, '{}', '[{"people": 1}]');
DELETE FROM settings WHERE key IN ('withdrawalApproval', 'firstPaymentApproval');

-- ── Withdrawals and adjustments ──────────────────────────────────────────────

INSERT INTO approvals (id, action, subject_type, subject_id, facts, rule_version, steps, asked_by_id, asked_by_name, reason, asked_at, expires_at)
SELECT gen_random_uuid(), 'withdrawal.pay', 'withdrawal', w.id,
  jsonb_build_object('asset', w.asset, 'amount', w.amount::text, 'walletId', w.wallet_id, 'beneficiaryNumber', w.beneficiary_number,
    'requestHash', w.request_hash),
  1, '[{"people": 1}]', w.requested_by_id, o.name, coalesce(w.approval_reason::text, 'amount'), w.created_at, w.created_at + interval '3 days'
FROM withdrawals w JOIN operators o ON o.id = w.requested_by_id WHERE w.status = 'awaiting_approval';
INSERT INTO approvals (id, action, subject_type, subject_id, facts, rule_version, steps, asked_by_id, asked_by_name, reason, asked_at)
SELECT gen_random_uuid(), 'adjustment.post', 'adjustment', a.id,
  jsonb_build_object('asset', a.asset, 'amount', a.amount::text, 'fromWalletId', a.from_wallet_id, 'toWalletId', a.to_wallet_id,
    'accountId', a.account_id),
  1, '[{"people": 1}]', a.requested_by_id, o.name, a.reason, a.created_at
FROM adjustments a JOIN operators o ON o.id = a.requested_by_id WHERE a.status = 'awaiting_approval';

-- What goes out is what was decided on, by the decision of who is named in it. After the checks of the row itself.
CREATE FUNCTION check_withdrawal_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'withdrawal' AND a.subject_id = NEW.id::text AND a.action = 'withdrawal.pay' AND a.state = 'approved'
      AND a.facts->>'requestHash' = NEW.approved_hash AND d.operator_id = NEW.approved_by_id AND d.verdict = 'approved') THEN
    RAISE EXCEPTION 'approvals: a withdrawal is let out by a decision on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER withdrawals_approved AFTER UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.approved_hash IS NULL AND NEW.approved_hash IS NOT NULL)
  EXECUTE FUNCTION check_withdrawal_approval();

-- What went on by itself waits for nobody any more: it left under its mark, or Fintoc said how it ended after all.
CREATE FUNCTION end_withdrawal_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE approvals SET state = 'cancelled', ended_at = clock_timestamp()
  WHERE subject_type = 'withdrawal' AND subject_id = NEW.id::text AND state = 'waiting';
  RETURN NULL;
END $$;
CREATE TRIGGER withdrawals_gone AFTER UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND (OLD.status = 'awaiting_approval' OR OLD.status IN ('submitting', 'pending')
    AND (OLD.failure_code IS NOT NULL OR OLD.searched_at IS NOT NULL OR OLD.held_reason IS NOT NULL)))
  EXECUTE FUNCTION end_withdrawal_approval();

CREATE FUNCTION check_adjustment_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'adjustment' AND a.subject_id = NEW.id::text AND a.action = 'adjustment.post' AND a.state = 'approved'
      AND a.facts @> jsonb_build_object('asset', NEW.asset, 'amount', NEW.amount::text, 'fromWalletId', NEW.from_wallet_id,
        'toWalletId', NEW.to_wallet_id, 'accountId', NEW.account_id)
      AND d.operator_id = NEW.decided_by_id AND d.verdict = 'approved') THEN
    RAISE EXCEPTION 'approvals: an adjustment is posted by a decision on it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER adjustments_approved AFTER UPDATE ON adjustments FOR EACH ROW
  WHEN (OLD.status <> 'posted' AND NEW.status = 'posted')
  EXECUTE FUNCTION check_adjustment_approval();

-- ── Deposits, and what two people say ────────────────────────────────────────

INSERT INTO approvals (id, action, subject_type, subject_id, facts, rule_version, steps, asked_by_id, asked_by_name, reason, asked_at)
SELECT gen_random_uuid(), CASE r.kind WHEN 'return' THEN 'deposit.return' ELSE 'deposit.assign' END, 'transfer', r.transfer_id,
  jsonb_build_object('requestId', r.id, 'walletId', r.wallet_id, 'acceptedLoss', r.accepted_loss::text, 'acceptsNotOpen', r.accepts_not_open),
  1, '[{"people": 1}]', r.requested_by_id, o.name, r.reason, r.created_at
FROM deposit_requests r JOIN operators o ON o.id = r.requested_by_id WHERE r.status = 'awaiting_approval';

CREATE FUNCTION check_deposit_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
CREATE TRIGGER deposit_requests_approved AFTER UPDATE ON deposit_requests FOR EACH ROW
  WHEN (OLD.status <> 'approved' AND NEW.status = 'approved')
  EXECUTE FUNCTION check_deposit_approval();

ALTER TABLE proof_breaks ADD COLUMN "reopened_at" TIMESTAMPTZ(3);
DROP TABLE withdrawal_endings, payout_explanations, break_releases, break_acceptances, standstill_releases;

-- One person's word is not enough, whoever writes it here.
CREATE OR REPLACE FUNCTION standstill_release_check() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state = 'released' THEN
    RAISE EXCEPTION 'a standstill that has ended stays so' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'released' AND NOT EXISTS (
    SELECT FROM approvals a WHERE a.subject_type = 'standstill' AND a.subject_id = NEW.id::text AND a.action = 'standstill.release'
      AND a.state = 'approved') THEN
    RAISE EXCEPTION 'a standstill is ended by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION check_break_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM approvals a WHERE a.subject_type = 'proof_break' AND a.subject_id = NEW.id::text AND a.state = 'approved'
      AND a.action = CASE NEW.state WHEN 'released' THEN 'break.release' ELSE 'break.accept' END
      AND a.facts->>'difference' = NEW.difference::text) THEN
    RAISE EXCEPTION 'approvals: a break is let pass by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proof_breaks_passed BEFORE UPDATE ON proof_breaks FOR EACH ROW
  WHEN (NEW.state IN ('released', 'accepted') AND OLD.state <> NEW.state)
  EXECUTE FUNCTION check_break_end();

-- What is over waits for nobody's word any more.
CREATE FUNCTION end_break_approvals() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE approvals SET state = 'cancelled', ended_at = clock_timestamp()
  WHERE state = 'waiting' AND (subject_type = 'proof_break' AND subject_id = NEW.id::text
    OR subject_type = 'transfer' AND subject_id = NEW.transfer_id AND action = 'payout.explain');
  RETURN NULL;
END $$;
CREATE TRIGGER proof_breaks_over AFTER UPDATE ON proof_breaks FOR EACH ROW
  WHEN (NEW.state IN ('cured', 'accepted') AND OLD.state <> NEW.state)
  EXECUTE FUNCTION end_break_approvals();
