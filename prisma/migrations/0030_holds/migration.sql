-- Money of a wallet that somebody sets aside by hand: until when, what of it was given back, and what went to another wallet.

CREATE TYPE "hold_state" AS ENUM ('active', 'released', 'captured', 'expired');
CREATE TYPE "hold_act_kind" AS ENUM ('placed', 'released', 'captured', 'expired');

CREATE TABLE "holds" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "asked_amount" BIGINT NOT NULL DEFAULT 0,
    "captured_amount" BIGINT NOT NULL DEFAULT 0,
    "released_amount" BIGINT NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL,
    "state" "hold_state" NOT NULL DEFAULT 'active',
    "placed_by_id" UUID NOT NULL,
    "placed_by_name" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "holds_pkey" PRIMARY KEY ("id"),
    CONSTRAINT holds_amounts_check CHECK (
      amount > 0 AND asked_amount >= 0 AND captured_amount >= 0 AND released_amount >= 0
      AND asked_amount + captured_amount + released_amount <= amount),
    -- It is over when nothing of it is left, and no sooner.
    CONSTRAINT holds_state_check CHECK ((state = 'active') = (captured_amount + released_amount < amount)),
    CONSTRAINT holds_ended_check CHECK ((state = 'active') = (ended_at IS NULL)),
    CONSTRAINT holds_expires_check CHECK (expires_at > created_at)
);
CREATE INDEX "holds_wallet_id_created_at_idx" ON "holds"("wallet_id", "created_at");
CREATE INDEX "holds_created_at_id_idx" ON "holds"("created_at", "id");
-- What is set aside now is little beside what was.
CREATE INDEX holds_active ON holds (expires_at) WHERE state = 'active';
ALTER TABLE "holds" ADD CONSTRAINT "holds_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "hold_acts" (
    "id" BIGSERIAL NOT NULL,
    "hold_id" UUID NOT NULL,
    "kind" "hold_act_kind" NOT NULL,
    "amount" BIGINT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "reason" TEXT,
    "adjustment_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hold_acts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT hold_acts_amount_check CHECK (amount > 0)
);
CREATE INDEX "hold_acts_hold_id_id_idx" ON "hold_acts"("hold_id", "id");
ALTER TABLE "hold_acts" ADD CONSTRAINT "hold_acts_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "holds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER holds_kept BEFORE DELETE OR TRUNCATE ON holds
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER holds_placed
  BEFORE UPDATE OF id, wallet_id, asset, amount, reason, placed_by_id, placed_by_name, expires_at, created_at
  ON holds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hold_acts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hold_acts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A capture is an adjustment out of what a hold has set aside already.
ALTER TABLE "adjustments" ADD COLUMN "hold_id" UUID;
CREATE INDEX adjustments_hold_id ON adjustments (hold_id) WHERE hold_id IS NOT NULL;
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_hold_id_fkey" FOREIGN KEY ("hold_id") REFERENCES "holds"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER adjustments_of_hold BEFORE UPDATE OF hold_id ON adjustments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE ledger_transactions
  DROP CONSTRAINT ledger_transactions_cause_kind_check,
  ADD CONSTRAINT ledger_transactions_cause_kind_check CHECK (cause_kind IN ('transfer', 'withdrawal', 'adjustment', 'deposit_request', 'hold'));
