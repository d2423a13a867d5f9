-- Whom a customer pays, saved once, and what a rail says of whose account it is. To learn that, the rail sends a coin of the
-- platform's own: it is written down here before the request leaves, so that the books know it when it comes.

CREATE TYPE "verification_state" AS ENUM ('queued', 'sent', 'pending', 'succeeded', 'failed', 'refused', 'unanswered');

CREATE TABLE "beneficiaries" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tax_id" TEXT,
    "destination_kind" "destination_kind" NOT NULL,
    "destination" TEXT NOT NULL,
    "bank" TEXT,
    "saved_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "beneficiaries_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "beneficiaries_customer_id_created_at_id_idx" ON "beneficiaries"("customer_id", "created_at", "id");
ALTER TABLE "beneficiaries" ADD CONSTRAINT "beneficiaries_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX beneficiaries_once ON beneficiaries (customer_id, destination, destination_kind) WHERE removed_at IS NULL;

CREATE TABLE "account_verifications" (
    "id" UUID NOT NULL,
    "beneficiary_id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "destination_kind" "destination_kind" NOT NULL,
    "destination" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "verification_state" NOT NULL DEFAULT 'queued',
    "held_reason" TEXT,
    "rail_id" TEXT,
    "transfer_id" TEXT,
    "holder_name" TEXT,
    "holder_tax_id" TEXT,
    "score" INTEGER,
    "reason" TEXT,
    "receipt_url" TEXT,
    "requested_by_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "looks" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_verifications_pkey" PRIMARY KEY ("id"),
    CONSTRAINT account_verifications_amount CHECK (amount > 0),
    CONSTRAINT account_verifications_score CHECK (score BETWEEN 0 AND 100),
    CONSTRAINT account_verifications_sent CHECK (state = 'queued' OR sent_at IS NOT NULL),
    CONSTRAINT account_verifications_told CHECK (state NOT IN ('pending', 'succeeded', 'failed') OR rail_id IS NOT NULL),
    CONSTRAINT account_verifications_end CHECK ((state IN ('queued', 'sent', 'pending')) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX "account_verifications_rail_id_key" ON "account_verifications"("rail_id");
CREATE UNIQUE INDEX "account_verifications_transfer_id_key" ON "account_verifications"("transfer_id");
CREATE INDEX "account_verifications_beneficiary_id_requested_at_idx" ON "account_verifications"("beneficiary_id", "requested_at");
ALTER TABLE "account_verifications" ADD CONSTRAINT "account_verifications_beneficiary_id_fkey" FOREIGN KEY ("beneficiary_id") REFERENCES "beneficiaries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "account_verifications" ADD CONSTRAINT "account_verifications_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Of two coins on their way to one number nobody could say which is which.
CREATE UNIQUE INDEX account_verifications_one ON account_verifications (account_id, destination, destination_kind)
  WHERE state IN ('queued', 'sent', 'pending');
-- What the books look for when a coin leaves that carries no mark, and what a worker looks after.
CREATE INDEX account_verifications_unseen ON account_verifications (destination) WHERE transfer_id IS NULL;
CREATE INDEX account_verifications_due ON account_verifications (next_at) WHERE ended_at IS NULL;

CREATE TRIGGER beneficiaries_kept BEFORE DELETE OR TRUNCATE ON beneficiaries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER beneficiaries_saved
  BEFORE UPDATE OF id, customer_id, name, tax_id, destination_kind, destination, bank, saved_by_id, created_at
  ON beneficiaries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER account_verifications_kept BEFORE DELETE OR TRUNCATE ON account_verifications
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER account_verifications_asked
  BEFORE UPDATE OF id, beneficiary_id, account_id, asset, amount, destination_kind, destination, name, requested_by_id, requested_at
  ON account_verifications FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
