-- ── Reads that may be late ──────────────────────────────────────────────────

-- How far the primary had written when somebody's last act was committed: what they read of a replica is no older. A
-- memory of seconds, so it is not logged: a crash empties it, and a replica has none of it.
CREATE UNLOGGED TABLE "last_writes" (
    "writer_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,

    CONSTRAINT "last_writes_pkey" PRIMARY KEY ("writer_id")
);
ALTER TABLE last_writes ADD CONSTRAINT last_writes_position_check CHECK (position >= 0);

-- ── What is not kept for good ───────────────────────────────────────────────

-- In the order in which they were asked: a summary per block finds those of long ago, and costs a request nothing.
CREATE INDEX "once_requests_at_idx" ON "once_requests" USING BRIN ("at");
