-- Withdrawals that are asked for on a day, or again and again: planned, and nothing held until their day.

CREATE TYPE "schedule_every" AS ENUM ('once', 'week', 'fortnight', 'month');
CREATE TYPE "schedule_state" AS ENUM ('active', 'ended', 'cancelled');

CREATE TABLE "schedules" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "destination_kind" "destination_kind" NOT NULL,
    "destination" TEXT NOT NULL,
    "beneficiary_name" TEXT,
    "beneficiary_tax_id" TEXT,
    "beneficiary_bank" TEXT,
    "comment" TEXT,
    "reference_id" TEXT,
    "every" "schedule_every" NOT NULL,
    "time_zone" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "state" "schedule_state" NOT NULL DEFAULT 'active',
    "runs" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3),
    "requested_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id"),
    CONSTRAINT schedules_amount CHECK (amount > 0),
    CONSTRAINT schedules_next CHECK ((state = 'active') = (next_at IS NOT NULL))
);
CREATE INDEX "schedules_created_at_id_idx" ON "schedules"("created_at", "id");
CREATE INDEX "schedules_wallet_id_idx" ON "schedules"("wallet_id");
CREATE INDEX schedules_due ON schedules (next_at) WHERE state = 'active';
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What each day of a schedule became. One row a day, in the transaction of its withdrawal: so it is asked for once.
CREATE TABLE "schedule_runs" (
    "schedule_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawal_id" UUID,
    "refusal" TEXT,

    CONSTRAINT "schedule_runs_pkey" PRIMARY KEY ("schedule_id", "nth"),
    CONSTRAINT schedule_runs_end CHECK ((withdrawal_id IS NULL) = (refusal IS NOT NULL))
);
CREATE UNIQUE INDEX "schedule_runs_withdrawal_id_key" ON "schedule_runs"("withdrawal_id");
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "schedule_runs" ADD CONSTRAINT "schedule_runs_withdrawal_id_fkey" FOREIGN KEY ("withdrawal_id") REFERENCES "withdrawals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER schedules_kept BEFORE DELETE OR TRUNCATE ON schedules
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER schedules_asked
  BEFORE UPDATE OF id, wallet_id, asset, amount, destination_kind, destination, beneficiary_name, beneficiary_tax_id, beneficiary_bank,
    comment, reference_id, every, time_zone, starts_on, ends_on, requested_by_id, created_at
  ON schedules FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER schedule_runs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON schedule_runs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The moment of a schedule's nth day, from 0: nine in the morning of its zone. A month that lacks the day has its last one.
CREATE OR REPLACE FUNCTION schedule_moment(every schedule_every, starts_on date, zone text, nth int) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT (starts_on + nth * CASE every
      WHEN 'once' THEN interval '0' WHEN 'week' THEN interval '7 days' WHEN 'fortnight' THEN interval '14 days' ELSE interval '1 month' END
    + interval '9 hours') AT TIME ZONE zone
$$;
