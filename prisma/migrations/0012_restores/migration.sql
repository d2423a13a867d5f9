-- After a restore: the books are older than the world, and nothing leaves until people let it.

-- CreateEnum
CREATE TYPE "standstill_kind" AS ENUM ('books_older');

-- CreateEnum
CREATE TYPE "standstill_state" AS ENUM ('open', 'released');

-- CreateTable
CREATE TABLE "standstills" (
    "id" UUID NOT NULL,
    "kind" "standstill_kind" NOT NULL,
    "state" "standstill_state" NOT NULL DEFAULT 'open',
    "facts" JSONB NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "standstills_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standstill_releases" (
    "id" UUID NOT NULL,
    "standstill_id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "operator_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "standstill_releases_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "standstills_found_at_id_idx" ON "standstills"("found_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "standstill_releases_standstill_id_operator_id_key" ON "standstill_releases"("standstill_id", "operator_id");

-- AddForeignKey
ALTER TABLE "standstill_releases" ADD CONSTRAINT "standstill_releases_standstill_id_fkey" FOREIGN KEY ("standstill_id") REFERENCES "standstills"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- However many workers notice it, everything stands still once; and whoever sends asks this index.
CREATE UNIQUE INDEX standstills_open ON standstills (state) WHERE state = 'open';

ALTER TABLE standstills ADD CONSTRAINT standstills_released CHECK ((state = 'released') = (released_at IS NOT NULL));

-- One person's word is not enough, whoever writes it here.
CREATE FUNCTION standstill_release_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'released' THEN
    RAISE EXCEPTION 'a standstill that has ended stays so' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'released' AND (SELECT count(DISTINCT r.operator_id) FROM standstill_releases r WHERE r.standstill_id = NEW.id) < 2 THEN
    RAISE EXCEPTION 'a standstill is ended by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER standstills_release BEFORE UPDATE ON standstills
  FOR EACH ROW EXECUTE FUNCTION standstill_release_check();

-- What left under no withdrawal of these books, what these books hold as paid and never sent, and what was sent last:
-- each is asked for every second, and each is a few rows.
CREATE INDEX transfers_without_withdrawal ON transfers (created_at) WHERE direction = 'outbound' AND wallet_id IS NULL;
CREATE INDEX withdrawals_never_sent ON withdrawals (id) WHERE submit_attempts = 0 AND transfer_id IS NOT NULL;
CREATE INDEX withdrawals_sent_last ON withdrawals (submitted_at DESC) WHERE submitted_at IS NOT NULL;

-- The withdrawal that a transfer in an event was made for, by the mark that we put on it; null where there is none.
CREATE FUNCTION withdrawal_mark(event_body text) RETURNS uuid LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (event_body::jsonb #>> '{data,metadata,withdrawal_id}')::uuid;
EXCEPTION WHEN others THEN
  RETURN NULL;
END $$;
