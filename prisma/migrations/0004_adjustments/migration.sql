-- CreateEnum
CREATE TYPE "adjustment_status" AS ENUM ('awaiting_approval', 'posted', 'declined', 'cancelled');

-- CreateTable
CREATE TABLE "adjustments" (
    "id" UUID NOT NULL,
    "from_wallet_id" UUID,
    "to_wallet_id" UUID,
    "account_id" TEXT,
    "asset" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "adjustment_status" NOT NULL DEFAULT 'awaiting_approval',
    "requested_by_id" UUID NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision" TEXT,
    "request_id" TEXT NOT NULL,
    "break_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "adjustments_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "adjustments_request_id_key" ON "adjustments"("request_id");

-- CreateIndex
CREATE INDEX "adjustments_status_created_at_id_idx" ON "adjustments"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "adjustments_created_at_id_idx" ON "adjustments"("created_at", "id");

-- CreateIndex
CREATE INDEX "adjustments_from_wallet_id_created_at_idx" ON "adjustments"("from_wallet_id", "created_at");

-- CreateIndex
CREATE INDEX "adjustments_to_wallet_id_created_at_idx" ON "adjustments"("to_wallet_id", "created_at");

-- AddForeignKey
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_from_wallet_id_fkey" FOREIGN KEY ("from_wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_to_wallet_id_fkey" FOREIGN KEY ("to_wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- From one side to another: two wallets, or a wallet and a Fintoc account's cash. Never decided by who asked, and
-- never posted or declined by nobody.
ALTER TABLE adjustments
  ADD CONSTRAINT adjustments_amount CHECK (amount > 0),
  ADD CONSTRAINT adjustments_reason CHECK (btrim(reason) <> ''),
  ADD CONSTRAINT adjustments_sides CHECK (num_nonnulls(from_wallet_id, to_wallet_id, account_id) = 2),
  ADD CONSTRAINT adjustments_two_wallets CHECK (from_wallet_id <> to_wallet_id),
  ADD CONSTRAINT adjustments_four_eyes CHECK (decided_by_id <> requested_by_id),
  ADD CONSTRAINT adjustments_decided CHECK ((status IN ('posted', 'declined')) = (decided_by_id IS NOT NULL));
