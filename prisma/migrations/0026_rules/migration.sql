-- An action has several rules, each with versions of its own: in force, watched only, or put aside. What they make of a
-- request stays with it.

CREATE TYPE "rule_mode" AS ENUM ('off', 'shadow', 'on');

ALTER TABLE "approval_rules" ADD COLUMN "mode" "rule_mode" NOT NULL DEFAULT 'on',
ADD COLUMN "name" TEXT NOT NULL DEFAULT '',
ADD COLUMN "rule" TEXT NOT NULL DEFAULT 'default';
DROP INDEX "approval_rules_action_version_key";
CREATE UNIQUE INDEX "approval_rules_action_rule_version_key" ON "approval_rules"("action", "rule", "version");

ALTER TABLE "approvals" ADD COLUMN "fired" JSONB NOT NULL DEFAULT '[]';
DROP TRIGGER approvals_asked ON approvals;
CREATE TRIGGER approvals_asked
  BEFORE UPDATE OF id, action, subject_type, subject_id, facts, rule_version, steps, fired, asked_by_id, asked_by_name, reason, asked_at, expires_at
  ON approvals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TYPE "approval_reason" ADD VALUE 'rule';

-- What a rule that is only watched would have had wait.
CREATE TABLE "approval_shadows" (
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "asset" TEXT,
    "amount" BIGINT,
    "waited" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "approval_shadows_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "approval_shadows_rule_at_idx" ON "approval_shadows"("rule", "at");
CREATE TRIGGER approval_shadows_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON approval_shadows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which role the next person who approves has to have, after so many did; null: whoever may decide.
CREATE OR REPLACE FUNCTION approval_step_role(steps jsonb, approving int) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.role FROM (
    SELECT s.step->>'role' AS role, sum((s.step->>'people')::int) OVER (ORDER BY s.nth) AS upto, s.nth
    FROM jsonb_array_elements(steps) WITH ORDINALITY s(step, nth)) o
  WHERE o.upto > approving ORDER BY o.nth LIMIT 1
$$;

CREATE OR REPLACE FUNCTION check_approval_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_asked approvals;
  v_role text;
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
  IF NEW.verdict = 'approved' THEN
    v_role := approval_step_role(v_asked.steps,
      (SELECT count(*)::int FROM approval_decisions d WHERE d.approval_id = NEW.approval_id AND d.verdict = 'approved'));
    IF v_role IS NOT NULL AND NOT EXISTS (SELECT FROM operators o WHERE o.id = NEW.operator_id AND o.role::text = v_role) THEN
      RAISE EXCEPTION 'approvals: this step is for the role %', v_role USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
