-- ── Indexes that no query earns ───────────────────────────────────────────────

-- Replays are read by their id; stops by what is still stopped, which payout_stops_open has; and of the few workers that
-- beat, each several times a minute, all are read.
DROP INDEX replays_created_at_idx;
DROP INDEX payout_stops_stopped_at_id_idx;
DROP INDEX worker_heartbeats_beat_at_idx;
