-- What goes wrong at the edges: a CLABE that Fintoc gives out again, an event that comes with another content, and
-- alarms that leave the machine.

-- ── A CLABE given out again ──────────────────────────────────────────────────

-- Fintoc may delete an account number and give its CLABE out again under another id. The old row stays, with all that
-- happened on it, as deleted; of those that live, one has the CLABE.
DROP INDEX account_numbers_number_key;
CREATE UNIQUE INDEX account_numbers_live_number ON account_numbers (number) WHERE status <> 'deleted';
CREATE INDEX account_numbers_number_idx ON account_numbers (number);

-- ── An event that comes with another content ─────────────────────────────────

-- The first content of an event stands. Another one under the same id is kept beside it, to be looked at.
ALTER TABLE webhook_events ADD COLUMN conflicts integer NOT NULL DEFAULT 0;

CREATE TABLE webhook_conflicts (
    id BIGSERIAL NOT NULL,
    event_id TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    body TEXT NOT NULL,
    body_bytes INTEGER NOT NULL,
    headers JSONB NOT NULL,
    verified_by TEXT NOT NULL,
    deliveries INTEGER NOT NULL DEFAULT 1,
    received_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    seen_at TIMESTAMPTZ(3),
    seen_by_id UUID,
    CONSTRAINT webhook_conflicts_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX webhook_conflicts_event_id_body_hash_key ON webhook_conflicts (event_id, body_hash);
CREATE INDEX webhook_conflicts_seen_at_idx ON webhook_conflicts (seen_at);
ALTER TABLE webhook_conflicts ADD CONSTRAINT webhook_conflicts_event_id_fkey FOREIGN KEY (event_id)
    REFERENCES webhook_events (id) ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── Alarms ───────────────────────────────────────────────────────────────────

CREATE TYPE alarm_state AS ENUM ('raised', 'cleared');

CREATE TABLE alarms (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state alarm_state NOT NULL DEFAULT 'raised',
    count INTEGER NOT NULL,
    told_count INTEGER NOT NULL DEFAULT 0,
    path TEXT NOT NULL,
    since TIMESTAMPTZ(3),
    first_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    last_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    queued_at TIMESTAMPTZ(3),
    cleared_at TIMESTAMPTZ(3),
    acknowledged_at TIMESTAMPTZ(3),
    acknowledged_by_id UUID,
    CONSTRAINT alarms_pkey PRIMARY KEY (id)
);
-- One alarm per thing that is wrong, however many workers look.
CREATE UNIQUE INDEX alarms_raised_once ON alarms (kind, subject) WHERE state = 'raised';
CREATE INDEX alarms_state_first_at_idx ON alarms (state, first_at);

CREATE TABLE alarm_messages (
    id BIGSERIAL NOT NULL,
    alarm_id BIGINT,
    event TEXT NOT NULL,
    channel TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    next_attempt_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    lease_until TIMESTAMPTZ(3),
    delivered_at TIMESTAMPTZ(3),
    given_up_at TIMESTAMPTZ(3),
    CONSTRAINT alarm_messages_pkey PRIMARY KEY (id)
);
CREATE INDEX alarm_messages_waiting ON alarm_messages (next_attempt_at)
    WHERE delivered_at IS NULL AND given_up_at IS NULL;
CREATE INDEX alarm_messages_alarm_id_channel_id_idx ON alarm_messages (alarm_id, channel, id);
ALTER TABLE alarm_messages ADD CONSTRAINT alarm_messages_alarm_id_fkey FOREIGN KEY (alarm_id)
    REFERENCES alarms (id) ON DELETE RESTRICT ON UPDATE CASCADE;
