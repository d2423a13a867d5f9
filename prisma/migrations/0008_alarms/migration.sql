-- Alarms, and their messages that leave the machine.

CREATE TYPE alarm_state AS ENUM ('raised', 'cleared');

CREATE TABLE alarms (
  id bigserial PRIMARY KEY,
  kind text NOT NULL,
  subject text NOT NULL,
  state alarm_state NOT NULL DEFAULT 'raised',
  count int NOT NULL,
  told_count int NOT NULL DEFAULT 0,
  path text NOT NULL,
  since timestamptz(3),
  first_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  queued_at timestamptz(3),
  cleared_at timestamptz(3),
  acknowledged_at timestamptz(3),
  acknowledged_by_id uuid
);
-- One alarm per thing that is wrong, however many workers look.
CREATE UNIQUE INDEX alarms_raised_once ON alarms (kind, subject) WHERE state = 'raised';
CREATE INDEX alarms_state_first_at_idx ON alarms (state, first_at);

CREATE TABLE alarm_messages (
  id bigserial PRIMARY KEY,
  alarm_id bigint REFERENCES alarms (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  event text NOT NULL,
  channel text NOT NULL,
  body text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  attempts int NOT NULL DEFAULT 0,
  error text,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lease_until timestamptz(3),
  delivered_at timestamptz(3),
  given_up_at timestamptz(3),
  CONSTRAINT alarm_messages_event_check CHECK (event IN ('raised', 'worse', 'repeated', 'cleared', 'test')),
  CONSTRAINT alarm_messages_channel_check CHECK (channel IN ('webhook', 'command'))
);
CREATE INDEX alarm_messages_waiting ON alarm_messages (next_attempt_at)
    WHERE delivered_at IS NULL AND given_up_at IS NULL;
CREATE INDEX alarm_messages_alarm_id_channel_id_idx ON alarm_messages (alarm_id, channel, id);
