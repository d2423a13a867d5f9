-- The inbox tells what ended within the last hour, on every look at it.
CREATE INDEX "approvals_ended_at_idx" ON "approvals"("ended_at");
