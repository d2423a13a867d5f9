-- Why a withdrawal waits for a second person.
CREATE TYPE "approval_reason" AS ENUM ('amount', 'first_payment', 'beneficiary_day', 'wallet_day', 'requester_day');

ALTER TABLE "withdrawals" ADD COLUMN "approval_reason" "approval_reason";
-- Until now there was the one rule.
UPDATE "withdrawals" SET "approval_reason" = 'amount' WHERE "status" = 'awaiting_approval' OR "approved_by_id" IS NOT NULL;

-- What one person asked for, and what was asked for to one CLABE, within a day.
CREATE INDEX "withdrawals_requested_by_id_created_at_idx" ON "withdrawals"("requested_by_id", "created_at");
CREATE INDEX "withdrawals_beneficiary_number_created_at_idx" ON "withdrawals"("beneficiary_number", "created_at");

-- What one person asks to do with a deposit, and another decides: to send a credited one back, or to credit one from
-- suspense to a wallet that its number doesn't name.
CREATE TYPE "deposit_request_kind" AS ENUM ('return', 'assignment');
CREATE TYPE "deposit_request_status" AS ENUM ('awaiting_approval', 'approved', 'declined', 'cancelled');

CREATE TABLE "deposit_requests" (
    "id" UUID NOT NULL,
    "kind" "deposit_request_kind" NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "wallet_id" UUID NOT NULL,
    "accepted_loss" BIGINT NOT NULL DEFAULT 0,
    "accepts_not_open" BOOLEAN NOT NULL DEFAULT false,
    "accepts_other_account" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT NOT NULL,
    "status" "deposit_request_status" NOT NULL DEFAULT 'awaiting_approval',
    "requested_by_id" UUID NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deposit_requests_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "deposit_requests_status_created_at_id_idx" ON "deposit_requests"("status", "created_at", "id");
CREATE INDEX "deposit_requests_transfer_id_created_at_idx" ON "deposit_requests"("transfer_id", "created_at");
CREATE INDEX "deposit_requests_wallet_id_created_at_idx" ON "deposit_requests"("wallet_id", "created_at");

ALTER TABLE "deposit_requests" ADD CONSTRAINT "deposit_requests_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "deposit_requests" ADD CONSTRAINT "deposit_requests_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One waits per deposit. Never decided by who asked, and never approved or declined by nobody.
CREATE UNIQUE INDEX "deposit_requests_waiting" ON "deposit_requests" ("transfer_id") WHERE "status" = 'awaiting_approval';
ALTER TABLE "deposit_requests"
  ADD CONSTRAINT "deposit_requests_loss" CHECK ("accepted_loss" >= 0),
  ADD CONSTRAINT "deposit_requests_reason" CHECK (btrim("reason") <> ''),
  ADD CONSTRAINT "deposit_requests_four_eyes" CHECK ("decided_by_id" <> "requested_by_id"),
  ADD CONSTRAINT "deposit_requests_decided" CHECK (("status" IN ('approved', 'declined')) = ("decided_by_id" IS NOT NULL));
