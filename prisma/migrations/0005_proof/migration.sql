-- The proof that the books equal Fintoc's, movement by movement.

-- CreateEnum
CREATE TYPE "break_kind" AS ENUM ('missing_here', 'missing_there', 'amount_differs', 'wrong_wallet', 'order', 'balance');

-- CreateEnum
CREATE TYPE "break_state" AS ENUM ('open', 'released', 'cured', 'accepted');

-- CreateEnum
CREATE TYPE "break_cure" AS ENUM ('recover', 'replay', 'adjust', 'wait');

-- CreateTable
CREATE TABLE "proof_states" (
    "account_id" TEXT NOT NULL,
    "reached_start" BOOLEAN NOT NULL DEFAULT false,
    "read_at" TIMESTAMPTZ(3),
    "proven_movement_id" TEXT,
    "proven_movement_at" TIMESTAMPTZ(3),
    "proven_position" BIGINT,
    "proven_balance" BIGINT NOT NULL DEFAULT 0,
    "proven_count" BIGINT NOT NULL DEFAULT 0,
    "difference" BIGINT NOT NULL DEFAULT 0,
    "proven_at" TIMESTAMPTZ(3),
    "entries_through" BIGINT NOT NULL DEFAULT 0,
    "cash_sequence" BIGINT NOT NULL DEFAULT 0,
    "lagging_count" INTEGER NOT NULL DEFAULT 0,
    "lagging_since" TIMESTAMPTZ(3),
    "error" TEXT,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "proof_states_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "proof_movements" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "direction" "direction" NOT NULL,
    "amount" BIGINT NOT NULL,
    "balance" BIGINT NOT NULL,
    "asset" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "resource_id" TEXT,
    "pair_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "matched_at" TIMESTAMPTZ(3),
    "entry_id" BIGINT,

    CONSTRAINT "proof_movements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proof_exemptions" (
    "entry_id" BIGINT NOT NULL,
    "account_id" TEXT NOT NULL,
    "movement_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "proof_exemptions_pkey" PRIMARY KEY ("entry_id")
);

-- CreateTable
CREATE TABLE "proofs" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "from_movement_id" TEXT NOT NULL,
    "to_movement_id" TEXT NOT NULL,
    "from_position" BIGINT NOT NULL,
    "to_position" BIGINT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "balance" BIGINT NOT NULL,
    "difference" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "proofs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "proof_breaks" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "asset" TEXT NOT NULL,
    "kind" "break_kind" NOT NULL,
    "state" "break_state" NOT NULL DEFAULT 'open',
    "subject" TEXT NOT NULL,
    "movement_id" TEXT,
    "entry_id" BIGINT,
    "transfer_id" TEXT,
    "event_id" TEXT,
    "wallet_id" UUID,
    "owner_wallet_id" UUID,
    "expected" BIGINT NOT NULL,
    "actual" BIGINT NOT NULL,
    "difference" BIGINT NOT NULL,
    "cure" "break_cure" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tried_at" TIMESTAMPTZ(3),
    "released_at" TIMESTAMPTZ(3),
    "cured_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),

    CONSTRAINT "proof_breaks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "break_releases" (
    "id" UUID NOT NULL,
    "break_id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "operator_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "break_releases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "break_acceptances" (
    "id" UUID NOT NULL,
    "break_id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "operator_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "break_acceptances_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "proof_states_next_at_idx" ON "proof_states"("next_at");

-- CreateIndex
CREATE UNIQUE INDEX "proof_movements_entry_id_key" ON "proof_movements"("entry_id");

-- CreateIndex
CREATE INDEX "proof_movements_resource_id_idx" ON "proof_movements"("resource_id");

-- CreateIndex
CREATE UNIQUE INDEX "proof_movements_account_id_position_key" ON "proof_movements"("account_id", "position");

-- CreateIndex
CREATE INDEX "proof_exemptions_movement_id_idx" ON "proof_exemptions"("movement_id");

-- CreateIndex
CREATE INDEX "proofs_account_id_at_id_idx" ON "proofs"("account_id", "at", "id");

-- CreateIndex
CREATE INDEX "proofs_at_id_idx" ON "proofs"("at", "id");

-- CreateIndex
CREATE INDEX "proof_breaks_account_id_state_idx" ON "proof_breaks"("account_id", "state");

-- CreateIndex
CREATE INDEX "proof_breaks_state_opened_at_id_idx" ON "proof_breaks"("state", "opened_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "break_releases_break_id_operator_id_key" ON "break_releases"("break_id", "operator_id");

-- CreateIndex
CREATE UNIQUE INDEX "break_acceptances_break_id_operator_id_key" ON "break_acceptances"("break_id", "operator_id");

-- AddForeignKey
ALTER TABLE "break_releases" ADD CONSTRAINT "break_releases_break_id_fkey" FOREIGN KEY ("break_id") REFERENCES "proof_breaks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "break_acceptances" ADD CONSTRAINT "break_acceptances_break_id_fkey" FOREIGN KEY ("break_id") REFERENCES "proof_breaks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE proof_breaks ADD CONSTRAINT proof_breaks_accepted CHECK (state <> 'accepted' OR kind = 'order');

ALTER TABLE proof_movements ADD CONSTRAINT proof_movements_amount CHECK (amount > 0);

-- What has not found its entry yet is looked at again and again; all the rest never.
CREATE INDEX proof_movements_open ON proof_movements (account_id, position) WHERE matched_at IS NULL;

-- However many workers find it, a break stands once until it is cured.
CREATE UNIQUE INDEX proof_breaks_standing ON proof_breaks (account_id, kind, subject) WHERE state <> 'cured';
