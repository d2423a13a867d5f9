-- Where the platform is told of what happens, and how each message fared.

CREATE TABLE "outbox_readers" (
    "name" TEXT NOT NULL,
    "read" BIGINT NOT NULL,
    "settled" BIGINT NOT NULL,
    "mark_id" BIGINT,
    "mark_xid" BIGINT,

    CONSTRAINT "outbox_readers_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "webhook_endpoints" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "patterns" TEXT[],
    "scopes" TEXT[],
    "version" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'on',
    "off_reason" TEXT,
    "off_since" TIMESTAMPTZ(3),
    "made_by_kind" TEXT NOT NULL,
    "made_by_id" UUID NOT NULL,
    "made_by_name" TEXT NOT NULL,
    "failing_since" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhook_secrets" (
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "encrypted" TEXT NOT NULL,
    "shown" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_secrets_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhook_deliveries" (
    "id" BIGSERIAL NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "body" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "token" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhook_attempts" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "duration_ms" INTEGER NOT NULL,
    "request_headers" JSONB NOT NULL,
    "status" INTEGER,
    "error" TEXT,
    "response_headers" JSONB,
    "response_body" TEXT,

    CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "webhook_endpoints_created_at_id_idx" ON "webhook_endpoints"("created_at", "id");

CREATE INDEX "webhook_secrets_endpoint_id_created_at_idx" ON "webhook_secrets"("endpoint_id", "created_at");

CREATE INDEX "webhook_deliveries_created_at_idx" ON "webhook_deliveries"("created_at");

CREATE UNIQUE INDEX "webhook_deliveries_endpoint_id_event_id_key" ON "webhook_deliveries"("endpoint_id", "event_id");

CREATE INDEX "webhook_attempts_delivery_id_idx" ON "webhook_attempts"("delivery_id");

ALTER TABLE "webhook_secrets" ADD CONSTRAINT "webhook_secrets_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE webhook_endpoints
  ADD CONSTRAINT webhook_endpoints_state_check CHECK (state IN ('on', 'off', 'removed')),
  ADD CONSTRAINT webhook_endpoints_off_reason_check CHECK (off_reason IN ('by_hand', 'failing', 'gone')),
  ADD CONSTRAINT webhook_endpoints_off_check CHECK ((state = 'on') = (off_reason IS NULL) AND (state = 'on') = (off_since IS NULL)),
  ADD CONSTRAINT webhook_endpoints_made_by_check CHECK (made_by_kind IN ('operator', 'key')),
  ADD CONSTRAINT webhook_endpoints_patterns_check CHECK (cardinality(patterns) BETWEEN 1 AND 100),
  ADD CONSTRAINT webhook_endpoints_scopes_check CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY[
    'account_numbers:read', 'approvals:read', 'balance_adjustments:read', 'customers:read', 'deposits:read', 'entities:read',
    'events:read', 'wallets:read', 'withdrawals:read']);

ALTER TABLE webhook_deliveries
  ADD CONSTRAINT webhook_deliveries_state_check CHECK (state IN ('waiting', 'delivered', 'given_up')),
  ADD CONSTRAINT webhook_deliveries_ended_check CHECK ((state = 'waiting') = (ended_at IS NULL));

-- Of one subject the earlier goes first; of all that waits, what is due.
CREATE INDEX webhook_deliveries_order ON webhook_deliveries (endpoint_id, subject_kind, subject_id, event_id) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at, event_id) WHERE state = 'waiting';

-- What happened since a moment is found without reading all that ever did.
CREATE INDEX outbox_events_occurred ON outbox_events USING brin (occurred_at);

CREATE TRIGGER webhook_endpoints_kept BEFORE DELETE OR TRUNCATE ON webhook_endpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes_check;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY[
    'account_numbers:read', 'approvals:read', 'balance_adjustments:read', 'balance_adjustments:write', 'customers:read', 'customers:write',
    'deposits:read', 'deposits:write', 'entities:read', 'events:read', 'test:write', 'wallets:freeze', 'wallets:read', 'wallets:write',
    'webhook_endpoints:read', 'webhook_endpoints:write', 'withdrawals:read', 'withdrawals:write']);

-- Tells of every balance of a wallet that a statement touched, as it is after it. A row for a wallet and an asset, under
-- the locks of its accounts: so of one wallet the order of ids is the order of its balances.
CREATE OR REPLACE FUNCTION tell_balances() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, data)
  SELECT 'balance.changed', 'balance', a.owner_id, a.owner_id::uuid, 'system', 'ledger',
         jsonb_build_object('walletId', a.owner_id, 'asset', a.asset) || jsonb_object_agg(a.bucket, a.balance::text)
  FROM touched a WHERE a.code LIKE 'wallet/%' AND a.bucket IN ('available', 'pending', 'reserved')
  GROUP BY a.owner_id, a.asset ORDER BY a.owner_id, a.asset;
  RETURN NULL;
END $$;

CREATE TRIGGER ledger_accounts_tell AFTER UPDATE ON ledger_accounts REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION tell_balances();
