-- ── What is told once is kept by nobody else ─────────────────────────────────

-- Answers are sealed from now on. Of those that stand as they were told, the ones with a secret go: who asks again under the
-- same Idempotency-Key is answered anew, under the id that makes nothing twice, and hears the same secret.
UPDATE api_requests SET status = NULL, body = NULL, lease_until = now() WHERE body LIKE '%"secret":"whsec\_%';

-- ── A new secret of a key that moves money is made by two ────────────────────

ALTER TABLE "api_key_secrets" ADD COLUMN "active_since" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP;
UPDATE api_key_secrets SET active_since = created_at;

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'key.rotate', 1, '{}', '[{"people": 1}]');

-- A new secret of a key that may move money is in force once two people made it. Its first one came with the key.
CREATE FUNCTION check_secret_made() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.active_since IS NOT NULL
    AND EXISTS (
      SELECT FROM api_keys k
      WHERE k.id = NEW.key_id AND k.scopes && ARRAY['withdrawals:write', 'deposits:write', 'balance_adjustments:write'])
    AND EXISTS (SELECT FROM api_key_secrets s WHERE s.key_id = NEW.key_id AND s.id <> NEW.id)
    AND NOT EXISTS (
      SELECT FROM approvals a
      WHERE a.action = 'key.rotate' AND a.subject_type = 'api_key' AND a.subject_id = NEW.key_id::text
        AND a.facts->>'secretId' = NEW.id::text AND a.state = 'approved') THEN
    RAISE EXCEPTION 'keys: a secret of one that may move money is made by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- At the end of the transaction: whoever lets it in decides and does so in one.
CREATE CONSTRAINT TRIGGER api_key_secrets_two AFTER INSERT OR UPDATE OF active_since ON api_key_secrets
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_secret_made();

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action NOT IN ('operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'rule.change', 'beneficiary.unblock', 'key.make', 'key.rotate', 'terms.change', 'stops.change', 'debt.plan')) THEN
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
