-- Statements of wallets as files, the platform's logo on them, and the scopes of keys that ask for them.

CREATE TYPE "statement_scope" AS ENUM ('wallet', 'customer', 'portfolio', 'all');
CREATE TYPE "statement_format" AS ENUM ('pdf', 'xlsx');
CREATE TYPE "statement_state" AS ENUM ('queued', 'making', 'ready', 'failed', 'expired');

CREATE TABLE "statements" (
    "id" UUID NOT NULL,
    "scope" "statement_scope" NOT NULL,
    "wallet_id" UUID,
    "customer_id" UUID,
    "portfolio_id" UUID,
    "asset" TEXT,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "time_zone" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "format" "statement_format" NOT NULL,
    "locale" TEXT NOT NULL,
    "asked_by_kind" TEXT NOT NULL,
    "asked_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" "statement_state" NOT NULL DEFAULT 'queued',
    "files" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "lines" BIGINT NOT NULL DEFAULT 0,
    "file_name" TEXT,
    "bytes" BIGINT,
    "sha256" BYTEA,
    "is_whole" BOOLEAN,
    "failure" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "statements_pkey" PRIMARY KEY ("id"),
    CONSTRAINT statements_scope_check CHECK (
      (scope = 'wallet') = (wallet_id IS NOT NULL) AND (scope = 'customer') = (customer_id IS NOT NULL)
      AND (scope = 'portfolio') = (portfolio_id IS NOT NULL)),
    CONSTRAINT statements_days_check CHECK (from_day <= to_day AND from_at < to_at),
    CONSTRAINT statements_locale_check CHECK (locale IN ('es-MX', 'en')),
    CONSTRAINT statements_asked_by_kind_check CHECK (asked_by_kind IN ('operator', 'key')),
    CONSTRAINT statements_failure_check CHECK (failure IS NULL OR failure = ANY (ARRAY['nothing', 'too_many', 'asker_gone', 'not_chained', 'broken'])),
    CONSTRAINT statements_state_check CHECK (
      CASE state WHEN 'ready' THEN file_name IS NOT NULL AND bytes IS NOT NULL AND sha256 IS NOT NULL AND expires_at IS NOT NULL AND is_whole IS NOT NULL
                 WHEN 'failed' THEN failure IS NOT NULL ELSE true END)
);
CREATE INDEX "statements_created_at_id_idx" ON "statements"("created_at", "id");
CREATE INDEX "statements_wallet_id_idx" ON "statements"("wallet_id");
CREATE INDEX "statements_customer_id_idx" ON "statements"("customer_id");
CREATE INDEX "statements_portfolio_id_idx" ON "statements"("portfolio_id");
CREATE INDEX statements_to_make ON statements (created_at, id) WHERE state IN ('queued', 'making');
CREATE INDEX statements_to_forget ON statements (expires_at) WHERE state = 'ready';
ALTER TABLE "statements" ADD CONSTRAINT "statements_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "statements" ADD CONSTRAINT "statements_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "statements" ADD CONSTRAINT "statements_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolios"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A file in pieces, so that neither who writes it nor who sends it holds it whole. It goes when it expires; that it was made stays.
CREATE TABLE "statement_chunks" (
    "statement_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "statement_chunks_pkey" PRIMARY KEY ("statement_id", "nth")
);
ALTER TABLE "statement_chunks" ADD CONSTRAINT "statement_chunks_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- They are compressed already.
ALTER TABLE statement_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Logos by what they are: the settings name the one in force.
CREATE TABLE "logos" (
    "sha256" TEXT NOT NULL,
    "png" BYTEA NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "logos_pkey" PRIMARY KEY ("sha256"),
    CONSTRAINT logos_size_check CHECK (octet_length(png) <= 2097152 AND width > 0 AND height > 0)
);

CREATE TRIGGER statements_kept BEFORE DELETE OR TRUNCATE ON statements
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statements_asked
  BEFORE UPDATE OF id, scope, wallet_id, customer_id, portfolio_id, asset, from_day, to_day, time_zone, from_at, to_at, format, locale,
    asked_by_kind, asked_by_id, created_at
  ON statements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes_check;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY[
    'account_numbers:read', 'approvals:read', 'balance_adjustments:read', 'balance_adjustments:write', 'customers:read', 'customers:write',
    'deposits:read', 'deposits:write', 'entities:read', 'entities:write', 'events:read', 'statements:read', 'statements:write', 'test:write',
    'wallets:freeze', 'wallets:read', 'wallets:write', 'webhook_endpoints:read', 'webhook_endpoints:write', 'withdrawals:read', 'withdrawals:write']);
