-- What a delivery's receipt and the healing of lost ones leave to see: prisma/schema.prisma says what each is.

-- AlterTable
ALTER TABLE "transfers" ADD COLUMN     "asked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "webhook_events" ADD COLUMN     "late" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "out_of_order" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "replay_id" UUID,
ADD COLUMN     "verified_by" TEXT;

-- CreateTable
CREATE TABLE "refused_deliveries" (
    "id" BIGSERIAL NOT NULL,
    "reason" TEXT NOT NULL,
    "secrets" TEXT[],
    "headers" JSONB NOT NULL,
    "body" TEXT NOT NULL,
    "body_bytes" INTEGER NOT NULL,
    "unkept" INTEGER NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refused_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_hours" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "received" INTEGER NOT NULL,
    "duplicates" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,
    "out_of_order" INTEGER NOT NULL,
    "recovered" INTEGER NOT NULL,
    "dead" INTEGER NOT NULL,

    CONSTRAINT "webhook_hours_pkey" PRIMARY KEY ("hour")
);

-- CreateTable
CREATE TABLE "replays" (
    "id" UUID NOT NULL,
    "requested_by" UUID NOT NULL,
    "count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "replays_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "poll_runs" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "since" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3) NOT NULL,
    "read_until" TIMESTAMPTZ(3),
    "found" INTEGER NOT NULL DEFAULT 0,
    "asked" INTEGER NOT NULL DEFAULT 0,
    "recovered" INTEGER NOT NULL DEFAULT 0,
    "beat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "poll_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "refused_deliveries_reason_id_idx" ON "refused_deliveries"("reason", "id");

-- CreateIndex
CREATE INDEX "refused_deliveries_received_at_idx" ON "refused_deliveries"("received_at");

-- CreateIndex
CREATE INDEX "replays_created_at_idx" ON "replays"("created_at");

-- CreateIndex
CREATE INDEX "poll_runs_started_at_idx" ON "poll_runs"("started_at");

-- Lists of what is rare among many, without their cost on what is ordinary.
CREATE INDEX webhook_events_late ON webhook_events (received_at DESC, id DESC) WHERE late;
CREATE INDEX webhook_events_out_of_order ON webhook_events (received_at DESC, id DESC) WHERE out_of_order;
CREATE INDEX webhook_events_duplicated ON webhook_events (received_at DESC, id DESC) WHERE duplicates > 0;
CREATE INDEX webhook_events_recovered ON webhook_events (received_at DESC, id DESC) WHERE origin = 'poll';
CREATE INDEX webhook_events_dead ON webhook_events (received_at DESC, id DESC) WHERE state = 'dead';
CREATE INDEX webhook_events_replay ON webhook_events (replay_id) WHERE replay_id IS NOT NULL;

-- Transfers that haven't ended, for those of them that take too long.
CREATE INDEX transfers_open ON transfers (asked_at NULLS FIRST, transacted_at) WHERE state IN ('seen', 'pending', 'return_pending');

-- Whoever sends unsigned deliveries fills no disk with them.
ALTER TABLE refused_deliveries
  ADD CONSTRAINT refused_deliveries_small CHECK (length(body) <= 4096 AND length(headers::text) <= 4096);
