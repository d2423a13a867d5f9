-- ── What moves money and waits for a decision is told of ─────────────────────

-- Who waits for money to move is told when somebody has to decide on it, and how that ended: whoever ends it, also where a
-- trigger does. Which actions move money, lib/approvals/actions.ts says (kind `hold`). Under the lock of the subject.
CREATE FUNCTION tell_money_approvals() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, data)
  SELECT 'approval.' || CASE NEW.state WHEN 'waiting' THEN 'asked' ELSE NEW.state::text END, 'money_approval', NEW.id::text,
         (NEW.facts->>'walletId')::uuid, 'system', 'approvals',
         jsonb_strip_nulls(jsonb_build_object('status', NEW.state, 'asset', NEW.facts->'asset', 'amount', NEW.facts->'amount'));
  RETURN NULL;
END $$;

CREATE TRIGGER approvals_tell_asked AFTER INSERT ON approvals FOR EACH ROW
  WHEN (NEW.action IN ('withdrawal.pay', 'batch.pay', 'adjustment.post', 'deposit.return', 'deposit.assign'))
  EXECUTE FUNCTION tell_money_approvals();
CREATE TRIGGER approvals_tell_ended AFTER UPDATE OF state ON approvals FOR EACH ROW
  WHEN (NEW.state <> OLD.state AND NEW.action IN ('withdrawal.pay', 'batch.pay', 'adjustment.post', 'deposit.return', 'deposit.assign'))
  EXECUTE FUNCTION tell_money_approvals();

ALTER TABLE webhook_endpoints
  DROP CONSTRAINT webhook_endpoints_scopes_check,
  ADD CONSTRAINT webhook_endpoints_scopes_check CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY[
    'account_numbers:read', 'approvals:read', 'balance_adjustments:read', 'customers:read', 'deposits:read', 'entities:read',
    'events:read', 'statements:read', 'wallets:read', 'withdrawals:read']);

-- ── Where postings go in the platform's accounting ──────────────────────────

-- CreateTable
CREATE TABLE "accounting_rules" (
    "version" INTEGER NOT NULL,
    "accounts" JSONB NOT NULL,
    "exceptions" JSONB NOT NULL,
    "made_by_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounting_rules_pkey" PRIMARY KEY ("version")
);
ALTER TABLE accounting_rules ADD CONSTRAINT accounting_rules_version_check CHECK (version > 0);
-- What a file was made by can be read for ever: a change is a new version.
CREATE TRIGGER accounting_rules_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON accounting_rules
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
