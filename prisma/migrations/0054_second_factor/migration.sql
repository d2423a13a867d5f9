-- Besides what somebody knows, what they have; and that they still sit there is asked again before what weighs most.

ALTER TYPE "session_end" ADD VALUE 'second_factor';

-- A session of before this has shown who sits there when it was opened.
ALTER TABLE "operator_sessions" ADD COLUMN "proven_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE operator_sessions SET proven_at = opened_at WHERE ended_at IS NULL;

CREATE TABLE "operator_totps" (
    "operator_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "operator_totps_pkey" PRIMARY KEY ("operator_id")
);
ALTER TABLE "operator_totps" ADD CONSTRAINT "operator_totps_operator_id_fkey"
    FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "passkeys" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "passkeys_credential_id_key" ON "passkeys"("credential_id");
CREATE INDEX "passkeys_operator_id_idx" ON "passkeys"("operator_id");
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_operator_id_fkey"
    FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "recovery_codes" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "recovery_codes_code_hash_key" ON "recovery_codes"("code_hash");
CREATE INDEX "recovery_codes_operator_id_idx" ON "recovery_codes"("operator_id");
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_operator_id_fkey"
    FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "factor_challenges" (
    "hash" TEXT NOT NULL,
    "operator_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "factor_challenges_pkey" PRIMARY KEY ("hash")
);
CREATE INDEX "factor_challenges_operator_id_idx" ON "factor_challenges"("operator_id");
CREATE INDEX "factor_challenges_at_idx" ON "factor_challenges"("at");
ALTER TABLE "factor_challenges" ADD CONSTRAINT "factor_challenges_operator_id_fkey"
    FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was used stays so, whoever writes it: no code is good twice.
CREATE OR REPLACE FUNCTION keep_factor() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'a code that was used stays used' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER operator_totps_kept BEFORE UPDATE OF last_step ON operator_totps FOR EACH ROW
  WHEN (NEW.last_step < OLD.last_step AND NEW.secret = OLD.secret) EXECUTE FUNCTION keep_factor();
CREATE TRIGGER recovery_codes_kept BEFORE UPDATE ON recovery_codes FOR EACH ROW
  WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION keep_factor();

ALTER TABLE operator_changes DROP CONSTRAINT operator_changes_what;
ALTER TABLE operator_changes ADD CONSTRAINT operator_changes_what CHECK (what IN ('made', 'role', 'password', 'factor'));

-- To take somebody's second factor away is to let in whoever has their password: it takes two.
INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'operator.second_factor', 1, '{}', '[{"people": 1}]');

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action NOT IN ('operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'rule.change', 'beneficiary.unblock', 'key.make', 'terms.change', 'stops.change', 'debt.plan')) THEN
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
