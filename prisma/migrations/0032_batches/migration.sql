-- Withdrawals by the file: uploaded and checked, confirmed, held row by row, and let out by one decision on all of them.

CREATE TYPE "batch_state" AS ENUM ('draft', 'holding', 'awaiting_approval', 'approved', 'declined', 'cancelled', 'expired', 'refused');

CREATE TABLE "withdrawal_batches" (
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_hash" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "state" "batch_state" NOT NULL DEFAULT 'draft',
    "pays_repeats" BOOLEAN NOT NULL DEFAULT false,
    "requested_by_id" UUID NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "withdrawal_batches_pkey" PRIMARY KEY ("id"),
    CONSTRAINT withdrawal_batches_four_eyes CHECK (state <> 'approved' OR decided_by_id <> requested_by_id)
);
CREATE INDEX "withdrawal_batches_created_at_id_idx" ON "withdrawal_batches"("created_at", "id");
CREATE INDEX "withdrawal_batches_file_hash_idx" ON "withdrawal_batches"("file_hash");
-- What a worker has to do something about.
CREATE INDEX withdrawal_batches_unsettled ON withdrawal_batches (id) WHERE settled_at IS NULL AND state NOT IN ('draft', 'awaiting_approval');

CREATE TABLE "withdrawal_batch_rows" (
    "batch_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "faults" JSONB NOT NULL,
    "wallet_id" UUID,
    "amount" BIGINT,
    "fee_amount" BIGINT,
    "destination_kind" "destination_kind",
    "destination" TEXT,
    "name" TEXT,
    "bank" TEXT,
    "repeats_line" INTEGER,
    "repeats_id" UUID,
    "left_out" BOOLEAN NOT NULL DEFAULT false,
    "withdrawal_id" UUID,
    "refusal" TEXT,
    "refusal_details" JSONB,

    CONSTRAINT "withdrawal_batch_rows_pkey" PRIMARY KEY ("batch_id", "line"),
    CONSTRAINT withdrawal_batch_rows_checked CHECK (faults <> '{}' OR (wallet_id IS NOT NULL AND amount > 0 AND fee_amount >= 0
      AND destination_kind IS NOT NULL AND destination IS NOT NULL)),
    CONSTRAINT withdrawal_batch_rows_one_end CHECK (withdrawal_id IS NULL OR refusal IS NULL)
);
CREATE UNIQUE INDEX "withdrawal_batch_rows_withdrawal_id_key" ON "withdrawal_batch_rows"("withdrawal_id");
ALTER TABLE "withdrawal_batch_rows" ADD CONSTRAINT "withdrawal_batch_rows_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "withdrawal_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "withdrawal_batch_rows" ADD CONSTRAINT "withdrawal_batch_rows_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "withdrawal_batch_rows" ADD CONSTRAINT "withdrawal_batch_rows_withdrawal_id_fkey" FOREIGN KEY ("withdrawal_id") REFERENCES "withdrawals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE withdrawals ADD COLUMN batch_id uuid;
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "withdrawal_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX withdrawals_batch ON withdrawals (batch_id, id) WHERE batch_id IS NOT NULL;

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'batch.pay', 1, '{}', '[{"people": 1}]');

-- ── What stays as it was ─────────────────────────────────────────────────────

CREATE TRIGGER withdrawal_batches_kept BEFORE DELETE OR TRUNCATE ON withdrawal_batches
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawal_batches_uploaded
  BEFORE UPDATE OF id, file_name, file_hash, asset, requested_by_id, created_at
  ON withdrawal_batches FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawal_batch_rows_kept BEFORE DELETE OR TRUNCATE ON withdrawal_batch_rows
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawal_batch_rows_read
  BEFORE UPDATE OF batch_id, line, cells, faults, wallet_id, amount, fee_amount, destination_kind, destination, name, bank,
    repeats_line, repeats_id
  ON withdrawal_batch_rows FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawals_stay_in_batch BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.batch_id IS DISTINCT FROM NEW.batch_id) EXECUTE FUNCTION refuse_withdrawal_change();

-- ── Who decides on what ──────────────────────────────────────────────────────

-- All withdrawals of a batch as one number: what its approval is bound to.
CREATE OR REPLACE FUNCTION batch_seal(batch uuid) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(string_agg(d.request_hash, E'\n' ORDER BY d.id), ''), 'UTF8')), 'hex')
  FROM withdrawals d WHERE d.batch_id = batch
$$;

-- A batch takes withdrawals in between its confirmation and the question to a second person, all of them waiting.
CREATE OR REPLACE FUNCTION check_batch_member() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_state batch_state;
BEGIN
  SELECT b.state INTO v_state FROM withdrawal_batches b WHERE b.id = NEW.batch_id FOR SHARE;
  IF v_state IS DISTINCT FROM 'holding' OR NEW.status <> 'awaiting_approval' THEN
    RAISE EXCEPTION 'batches: what comes with a batch waits with it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- A batch goes on, never back, and is approved by a decision on all that it holds.
CREATE OR REPLACE FUNCTION check_batch_state() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT (OLD.state = 'draft' AND NEW.state IN ('holding', 'cancelled')
    OR OLD.state = 'holding' AND NEW.state IN ('awaiting_approval', 'refused', 'cancelled')
    OR OLD.state = 'awaiting_approval' AND NEW.state IN ('approved', 'declined', 'cancelled', 'expired')) THEN
    RAISE EXCEPTION 'batches: a batch goes on, never back' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'withdrawal_batch' AND a.subject_id = NEW.id::text AND a.action = 'batch.pay' AND a.state = 'approved'
      AND a.facts->>'seal' = batch_seal(NEW.id) AND d.operator_id = NEW.decided_by_id AND d.verdict = 'approved') THEN
    RAISE EXCEPTION 'batches: a batch is approved by a decision on all of it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER withdrawals_of_batch BEFORE INSERT ON withdrawals FOR EACH ROW
  WHEN (NEW.batch_id IS NOT NULL) EXECUTE FUNCTION check_batch_member();
CREATE TRIGGER withdrawal_batches_go_on BEFORE UPDATE ON withdrawal_batches FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION check_batch_state();
