-- Keys of the API, what was asked for by them, and who may decide on that.

CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "scopes" TEXT[],
    "limits" JSONB NOT NULL DEFAULT '{}',
    "addresses" TEXT[],
    "version" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "made_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "active_since" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by_id" UUID,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "api_key_secrets" (
    "id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "shown" TEXT NOT NULL,
    "made_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_secrets_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "api_requests" (
    "key_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "request_id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "status" INTEGER,
    "body" TEXT,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_requests_pkey" PRIMARY KEY ("key_id","idempotency_key")
);

CREATE UNLOGGED TABLE "api_rates" (
    "key_id" UUID NOT NULL,
    "full_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "api_rates_pkey" PRIMARY KEY ("key_id")
);

CREATE INDEX "api_keys_created_at_id_idx" ON "api_keys"("created_at", "id");

CREATE UNIQUE INDEX "api_key_secrets_hash_key" ON "api_key_secrets"("hash");

CREATE INDEX "api_key_secrets_key_id_created_at_idx" ON "api_key_secrets"("key_id", "created_at");

CREATE INDEX "api_requests_created_at_idx" ON "api_requests"("created_at");

ALTER TABLE "api_key_secrets" ADD CONSTRAINT "api_key_secrets_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "api_requests" ADD CONSTRAINT "api_requests_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE api_keys
  ADD CONSTRAINT api_keys_mode_check CHECK (mode IN ('test', 'live')),
  ADD CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY[
    'account_numbers:read', 'approvals:read', 'balance_adjustments:read', 'balance_adjustments:write', 'customers:read', 'customers:write',
    'deposits:read', 'deposits:write', 'entities:read', 'events:read', 'wallets:freeze', 'wallets:read', 'wallets:write',
    'withdrawals:read', 'withdrawals:write']);

-- ── What stays as it was ─────────────────────────────────────────────────────

CREATE TRIGGER api_keys_kept BEFORE DELETE OR TRUNCATE ON api_keys
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER api_keys_made
  BEFORE UPDATE OF id, mode, scopes, limits, addresses, version, expires_at, made_by_id, created_at
  ON api_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER api_keys_revoked BEFORE UPDATE ON api_keys FOR EACH ROW
  WHEN (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER api_key_secrets_kept BEFORE DELETE OR TRUNCATE ON api_key_secrets
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER api_key_secrets_made BEFORE UPDATE OF id, key_id, hash, made_by_id, created_at
  ON api_key_secrets FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ── Who made it ──────────────────────────────────────────────────────────────

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'key.make', 1, '{}', '[{"people": 1}]');

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action NOT IN ('operator.enrol', 'operator.change', 'operator.password', 'rule.change', 'beneficiary.unblock', 'key.make')) THEN
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

-- A key that may move money is in use once two people made it.
CREATE FUNCTION check_key_made() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.active_since IS NOT NULL
    AND NEW.scopes && ARRAY['withdrawals:write', 'deposits:write', 'balance_adjustments:write']
    AND NOT EXISTS (
      SELECT FROM approvals a
      WHERE a.action = 'key.make' AND a.subject_type = 'api_key' AND a.subject_id = NEW.id::text AND a.state = 'approved') THEN
    RAISE EXCEPTION 'keys: one that may move money is made by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- Whether a key is somebody's own: who made it, or made a secret of it, may hold that secret.
CREATE FUNCTION key_stands_for(key uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM api_keys k WHERE k.id = key AND k.made_by_id = person)
    OR EXISTS (SELECT FROM api_key_secrets s WHERE s.key_id = key AND s.made_by_id = person)
$$;

-- Whether one of two made or changed the other's account, role or password within a day. A key that asks stands for
-- those who made it: none of them ever decides on what it asks for, nor whoever is tied to one of them.
CREATE OR REPLACE FUNCTION operators_tied(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT key_stands_for(one, other) OR EXISTS (
    SELECT FROM operator_changes c
    JOIN (SELECT one AS id UNION SELECT k.made_by_id FROM api_keys k WHERE k.id = one
          UNION SELECT s.made_by_id FROM api_key_secrets s WHERE s.key_id = one) a
      ON (c.operator_id = a.id AND c.by_id = other) OR (c.operator_id = other AND c.by_id = a.id)
    WHERE c.at > now() - interval '24 hours')
$$;

-- At the end of the transaction: whoever lets it in decides and does so in one.
CREATE CONSTRAINT TRIGGER api_keys_two AFTER INSERT OR UPDATE OF active_since ON api_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_key_made();
