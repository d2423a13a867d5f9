-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'support', 'operator', 'approver', 'auditor', 'admin');

-- CreateEnum
CREATE TYPE "customer_kind" AS ENUM ('individual', 'business');

-- CreateEnum
CREATE TYPE "wallet_kind" AS ENUM ('customer', 'house', 'general');

-- CreateEnum
CREATE TYPE "wallet_pattern" AS ENUM ('A', 'B', 'C');

-- CreateEnum
CREATE TYPE "wallet_status" AS ENUM ('opening', 'open', 'frozen', 'closed');

-- CreateEnum
CREATE TYPE "opening_step" AS ENUM ('entity', 'kyb', 'account', 'account_number', 'done');

-- CreateEnum
CREATE TYPE "direction" AS ENUM ('inbound', 'outbound');

-- CreateEnum
CREATE TYPE "transfer_state" AS ENUM ('seen', 'pending', 'succeeded', 'return_pending', 'returned', 'failed', 'rejected');

-- CreateEnum
CREATE TYPE "withdrawal_status" AS ENUM ('awaiting_approval', 'queued', 'submitting', 'pending', 'succeeded', 'failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired');

-- CreateEnum
CREATE TYPE "event_state" AS ENUM ('received', 'processed', 'unhandled', 'retrying', 'dead');

-- CreateEnum
CREATE TYPE "ledger_side" AS ENUM ('debit', 'credit');

-- CreateTable
CREATE TABLE "operators" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'es-MX',
    "time_zone" TEXT NOT NULL DEFAULT 'America/Mexico_City',
    "disabled_at" TIMESTAMPTZ(3),
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "last_sign_in_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operators_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notes" (
    "id" UUID NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "operator_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "customers" (
    "id" UUID NOT NULL,
    "kind" "customer_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "tax_id_kind" TEXT NOT NULL,
    "tax_id" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "external_id" TEXT,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portfolios" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "portfolios_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wallet_terms" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "deposits_enabled" BOOLEAN NOT NULL DEFAULT true,
    "withdrawals_enabled" BOOLEAN NOT NULL DEFAULT true,
    "withdrawal_max_amount" BIGINT,
    "withdrawal_day_amount" BIGINT,
    "deposit_fee_amount" BIGINT NOT NULL DEFAULT 0,
    "withdrawal_fee_amount" BIGINT NOT NULL DEFAULT 0,
    "refund_fee_on_return" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wallet_terms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wallets" (
    "id" UUID NOT NULL,
    "kind" "wallet_kind" NOT NULL,
    "pattern" "wallet_pattern",
    "status" "wallet_status" NOT NULL,
    "name" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "customer_id" UUID,
    "portfolio_id" UUID,
    "terms_id" UUID NOT NULL,
    "house_role" TEXT,
    "entity_id" TEXT,
    "account_id" TEXT,
    "account_number_id" TEXT,
    "opening_step" "opening_step" NOT NULL DEFAULT 'done',
    "opening_error" TEXT,
    "opening_attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status_reason" TEXT,
    "closed_by" TEXT,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wallets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entities" (
    "id" TEXT NOT NULL,
    "holder_name" TEXT NOT NULL,
    "holder_id" TEXT NOT NULL,
    "country_code" TEXT,
    "is_root" BOOLEAN NOT NULL,
    "status" TEXT,
    "mode" TEXT NOT NULL,
    "customer_id" UUID,
    "raw" JSONB NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "onboardings" (
    "id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "submittable" BOOLEAN NOT NULL DEFAULT false,
    "submitted_at" TIMESTAMPTZ(3),
    "reviewed_at" TIMESTAMPTZ(3),
    "raw" JSONB NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "onboardings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "description" TEXT,
    "asset" TEXT NOT NULL,
    "available_balance" BIGINT NOT NULL,
    "is_root" BOOLEAN NOT NULL,
    "root_account_number" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "raw" JSONB NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_numbers" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "description" TEXT,
    "status" TEXT NOT NULL,
    "is_root" BOOLEAN NOT NULL,
    "mode" TEXT NOT NULL,
    "metadata" JSONB NOT NULL,
    "last_transfer_at" TIMESTAMPTZ(3),
    "raw" JSONB NOT NULL,
    "synced_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_numbers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fintoc_requests" (
    "purpose" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'sent',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "response" JSONB,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fintoc_requests_pkey" PRIMARY KEY ("purpose")
);

-- CreateTable
CREATE TABLE "sync_runs" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "counts" JSONB,
    "error" TEXT,

    CONSTRAINT "sync_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transfers" (
    "id" TEXT NOT NULL,
    "direction" "direction" NOT NULL,
    "state" "transfer_state" NOT NULL DEFAULT 'seen',
    "status" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "asset" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_number_id" TEXT,
    "account_number" TEXT,
    "wallet_id" UUID,
    "purpose" TEXT,
    "suspense_reason" TEXT,
    "suspense_since" TIMESTAMPTZ(3),
    "counterparty_name" TEXT,
    "counterparty_tax_id" TEXT,
    "counterparty_number" TEXT,
    "counterparty_bank" TEXT,
    "tracking_key" TEXT,
    "reference_id" TEXT,
    "comment" TEXT,
    "receipt_url" TEXT,
    "return_reason" TEXT,
    "error_reason" TEXT,
    "return_attempts" INTEGER NOT NULL DEFAULT 0,
    "return_requested_at" TIMESTAMPTZ(3),
    "return_reserved" BIGINT NOT NULL DEFAULT 0,
    "origin" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "raw" JSONB NOT NULL,
    "transacted_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "transfers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "withdrawals" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "fee_amount" BIGINT NOT NULL,
    "beneficiary_name" TEXT,
    "beneficiary_tax_id" TEXT,
    "beneficiary_number" TEXT NOT NULL,
    "beneficiary_bank" TEXT,
    "comment" TEXT,
    "reference_id" TEXT,
    "status" "withdrawal_status" NOT NULL,
    "first_seen" BOOLEAN NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "approved_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "request_id" TEXT NOT NULL,
    "submit_round" INTEGER NOT NULL DEFAULT 0,
    "submit_attempts" INTEGER NOT NULL DEFAULT 0,
    "submitted_at" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "transfer_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "withdrawals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blocked_beneficiaries" (
    "number" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "blocked_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blocked_beneficiaries_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "webhook_events" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "object_id" TEXT,
    "mode" TEXT NOT NULL,
    "state" "event_state" NOT NULL DEFAULT 'received',
    "origin" TEXT NOT NULL DEFAULT 'webhook',
    "headers" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "encrypted_secret" TEXT NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_heartbeats" (
    "id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_heartbeats_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_slots" (
    "key" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_slots_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "ledger_accounts" (
    "id" BIGSERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "side" "ledger_side" NOT NULL,
    "bucket" TEXT NOT NULL,
    "owner_id" TEXT,
    "non_negative" BOOLEAN NOT NULL,
    "sequence" BIGINT NOT NULL DEFAULT 0,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transactions" (
    "id" BIGSERIAL NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "entry_count" SMALLINT NOT NULL,
    "transfer_id" TEXT,
    "withdrawal_id" UUID,
    "event_id" TEXT,
    "operator_id" UUID,
    "note" TEXT,

    CONSTRAINT "ledger_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" BIGSERIAL NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "line" SMALLINT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "balance_after" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "wallet_id" UUID,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "operators_email_key" ON "operators"("email");

-- CreateIndex
CREATE INDEX "audit_entries_subject_type_subject_id_id_idx" ON "audit_entries"("subject_type", "subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_entries_actor_id_id_idx" ON "audit_entries"("actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_entries_action_id_idx" ON "audit_entries"("action", "id");

-- CreateIndex
CREATE INDEX "notes_subject_type_subject_id_created_at_idx" ON "notes"("subject_type", "subject_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "customers_external_id_key" ON "customers"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "customers_request_id_key" ON "customers"("request_id");

-- CreateIndex
CREATE INDEX "customers_tax_id_idx" ON "customers"("tax_id");

-- CreateIndex
CREATE INDEX "customers_created_at_id_idx" ON "customers"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "portfolios_customer_id_name_key" ON "portfolios"("customer_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "wallet_terms_name_key" ON "wallet_terms"("name");

-- CreateIndex
CREATE UNIQUE INDEX "wallets_account_number_id_key" ON "wallets"("account_number_id");

-- CreateIndex
CREATE UNIQUE INDEX "wallets_request_id_key" ON "wallets"("request_id");

-- CreateIndex
CREATE INDEX "wallets_customer_id_created_at_idx" ON "wallets"("customer_id", "created_at");

-- CreateIndex
CREATE INDEX "wallets_account_id_idx" ON "wallets"("account_id");

-- CreateIndex
CREATE INDEX "wallets_status_next_attempt_at_idx" ON "wallets"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "wallets_created_at_id_idx" ON "wallets"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "wallets_house_role_asset_key" ON "wallets"("house_role", "asset");

-- CreateIndex
CREATE INDEX "entities_created_at_id_idx" ON "entities"("created_at", "id");

-- CreateIndex
CREATE INDEX "onboardings_entity_id_created_at_idx" ON "onboardings"("entity_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "account_numbers_number_key" ON "account_numbers"("number");

-- CreateIndex
CREATE INDEX "account_numbers_account_id_idx" ON "account_numbers"("account_id");

-- CreateIndex
CREATE INDEX "account_numbers_created_at_id_idx" ON "account_numbers"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "fintoc_requests_idempotency_key_key" ON "fintoc_requests"("idempotency_key");

-- CreateIndex
CREATE INDEX "sync_runs_started_at_idx" ON "sync_runs"("started_at");

-- CreateIndex
CREATE INDEX "transfers_direction_transacted_at_id_idx" ON "transfers"("direction", "transacted_at", "id");

-- CreateIndex
CREATE INDEX "transfers_wallet_id_transacted_at_id_idx" ON "transfers"("wallet_id", "transacted_at", "id");

-- CreateIndex
CREATE INDEX "transfers_account_number_id_transacted_at_idx" ON "transfers"("account_number_id", "transacted_at");

-- CreateIndex
CREATE INDEX "transfers_tracking_key_idx" ON "transfers"("tracking_key");

-- CreateIndex
CREATE INDEX "transfers_suspense_since_id_idx" ON "transfers"("suspense_since", "id");

-- CreateIndex
CREATE UNIQUE INDEX "withdrawals_request_id_key" ON "withdrawals"("request_id");

-- CreateIndex
CREATE UNIQUE INDEX "withdrawals_transfer_id_key" ON "withdrawals"("transfer_id");

-- CreateIndex
CREATE INDEX "withdrawals_status_next_attempt_at_idx" ON "withdrawals"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "withdrawals_wallet_id_created_at_id_idx" ON "withdrawals"("wallet_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "withdrawals_created_at_id_idx" ON "withdrawals"("created_at", "id");

-- CreateIndex
CREATE INDEX "withdrawals_beneficiary_number_status_idx" ON "withdrawals"("beneficiary_number", "status");

-- CreateIndex
CREATE INDEX "webhook_events_state_next_attempt_at_idx" ON "webhook_events"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "webhook_events_object_id_idx" ON "webhook_events"("object_id");

-- CreateIndex
CREATE INDEX "webhook_events_received_at_id_idx" ON "webhook_events"("received_at", "id");

-- CreateIndex
CREATE INDEX "webhook_events_type_received_at_idx" ON "webhook_events"("type", "received_at");

-- CreateIndex
CREATE INDEX "worker_heartbeats_beat_at_idx" ON "worker_heartbeats"("beat_at");

-- CreateIndex
CREATE INDEX "ledger_accounts_owner_id_idx" ON "ledger_accounts"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_accounts_code_asset_key" ON "ledger_accounts"("code", "asset");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transactions_source_key" ON "ledger_transactions"("source");

-- CreateIndex
CREATE INDEX "ledger_transactions_transfer_id_idx" ON "ledger_transactions"("transfer_id");

-- CreateIndex
CREATE INDEX "ledger_transactions_withdrawal_id_idx" ON "ledger_transactions"("withdrawal_id");

-- CreateIndex
CREATE INDEX "ledger_transactions_effective_at_id_idx" ON "ledger_transactions"("effective_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_account_id_sequence_key" ON "ledger_entries"("account_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_transaction_id_line_key" ON "ledger_entries"("transaction_id", "line");

-- AddForeignKey
ALTER TABLE "notes" ADD CONSTRAINT "notes_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portfolios" ADD CONSTRAINT "portfolios_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolios"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_terms_id_fkey" FOREIGN KEY ("terms_id") REFERENCES "wallet_terms"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_entity_id_fkey" FOREIGN KEY ("entity_id") REFERENCES "entities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_account_number_id_fkey" FOREIGN KEY ("account_number_id") REFERENCES "account_numbers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entities" ADD CONSTRAINT "entities_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_entity_id_fkey" FOREIGN KEY ("entity_id") REFERENCES "entities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_entity_id_fkey" FOREIGN KEY ("entity_id") REFERENCES "entities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_numbers" ADD CONSTRAINT "account_numbers_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "ledger_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
