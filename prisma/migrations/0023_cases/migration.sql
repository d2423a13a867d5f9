-- Pieces of support and operations work, and what somebody looks for who asks where a payment is.

CREATE TYPE "case_type" AS ENUM ('deposit_claim', 'withdrawal_claim', 'wrong_beneficiary', 'fraud', 'kyb', 'other');
CREATE TYPE "case_waits_for" AS ENUM ('us', 'customer', 'bank', 'fintoc');
CREATE TYPE "case_act_kind" AS ENUM ('opened', 'handed_over', 'clock_changed', 'claim_changed', 'closed', 'reopened');

CREATE TABLE "cases" (
    "id" UUID NOT NULL,
    "type" "case_type" NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "customer_id" UUID,
    "owner_id" UUID NOT NULL,
    "waits_for" "case_waits_for" NOT NULL DEFAULT 'us',
    "opened_by_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "tracking_key" TEXT,
    "operation_day" DATE,
    "amount" BIGINT,
    "asset" TEXT,
    "sending_bank" TEXT,
    "receiving_bank" TEXT,
    "beneficiary_account" TEXT,

    CONSTRAINT "cases_pkey" PRIMARY KEY ("id"),
    CONSTRAINT cases_subject_type_check CHECK (subject_type IN ('customer', 'transfer', 'withdrawal', 'proof_break')),
    CONSTRAINT cases_amount_check CHECK (amount IS NULL OR (amount > 0 AND asset IS NOT NULL))
);
CREATE INDEX "cases_subject_type_subject_id_idx" ON "cases"("subject_type", "subject_id");
CREATE INDEX "cases_opened_at_id_idx" ON "cases"("opened_at", "id");
-- What is open is little beside what was: by when it is due, of everybody and of one owner.
CREATE INDEX cases_open ON cases (due_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_open_of_owner ON cases (owner_id, due_at, id) WHERE closed_at IS NULL;
ALTER TABLE "cases" ADD CONSTRAINT "cases_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cases" ADD CONSTRAINT "cases_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "case_acts" (
    "id" BIGSERIAL NOT NULL,
    "case_id" UUID NOT NULL,
    "kind" "case_act_kind" NOT NULL,
    "operator_id" UUID NOT NULL,
    "operator_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "note" TEXT,
    "facts" JSONB NOT NULL,

    CONSTRAINT "case_acts_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "case_acts_case_id_id_idx" ON "case_acts"("case_id", "id");
ALTER TABLE "case_acts" ADD CONSTRAINT "case_acts_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER cases_kept BEFORE DELETE OR TRUNCATE ON cases
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cases_opened
  BEFORE UPDATE OF id, type, subject_type, subject_id, customer_id, opened_by_id, opened_at
  ON cases FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_acts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_acts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An amount is looked for around a day: with the moment beside it, the index alone says which rows those are.
DROP INDEX transfers_amount;
CREATE INDEX transfers_amount ON transfers (amount, asset, transacted_at);
DROP INDEX withdrawals_amount;
CREATE INDEX withdrawals_amount ON withdrawals (amount, asset, created_at);

ALTER TABLE notes
  DROP CONSTRAINT notes_subject_type_check,
  ADD CONSTRAINT notes_subject_type_check CHECK (subject_type IN ('wallet', 'customer', 'withdrawal', 'transfer', 'entity', 'case'));
