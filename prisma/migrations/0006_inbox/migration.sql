-- What Fintoc tells us: every event as it came, what was refused, and the healing of what was lost.

-- ── Events ────────────────────────────────────────────────────────────────────

CREATE TYPE event_state AS ENUM ('received', 'processed', 'unhandled', 'retrying', 'dead');

CREATE TABLE webhook_events (
  id text PRIMARY KEY,
  type text NOT NULL,
  object_id text,
  mode text NOT NULL,
  state event_state NOT NULL DEFAULT 'received',
  origin text NOT NULL DEFAULT 'webhook',
  headers jsonb NOT NULL,
  body text NOT NULL,
  duplicates int NOT NULL DEFAULT 0,
  attempts int NOT NULL DEFAULT 0,
  last_error text,
  occurred_at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  processed_at timestamptz(3),
  late boolean NOT NULL DEFAULT false,
  out_of_order boolean NOT NULL DEFAULT false,
  replay_id uuid,
  verified_by text,
  -- How often a worker died while it held it.
  worker_deaths int NOT NULL DEFAULT 0,
  -- The first content stands. Another one under the same id is kept beside it, to be looked at.
  conflicts int NOT NULL DEFAULT 0,
  CONSTRAINT webhook_events_origin_check CHECK (origin IN ('webhook', 'poll'))
);
CREATE INDEX webhook_events_object_id_idx ON webhook_events (object_id);
CREATE INDEX webhook_events_received_at_id_idx ON webhook_events (received_at, id);
CREATE INDEX webhook_events_type_received_at_idx ON webhook_events (type, received_at);
-- Lists of what is rare among many, without their cost on what is ordinary.
CREATE INDEX webhook_events_late ON webhook_events (received_at DESC, id DESC) WHERE late;
CREATE INDEX webhook_events_out_of_order ON webhook_events (received_at DESC, id DESC) WHERE out_of_order;
CREATE INDEX webhook_events_duplicated ON webhook_events (received_at DESC, id DESC) WHERE duplicates > 0;
CREATE INDEX webhook_events_recovered ON webhook_events (received_at DESC, id DESC) WHERE origin = 'poll';
CREATE INDEX webhook_events_dead ON webhook_events (received_at DESC, id DESC) WHERE state = 'dead';
CREATE INDEX webhook_events_replay ON webhook_events (replay_id) WHERE replay_id IS NOT NULL;
CREATE INDEX webhook_events_due ON webhook_events (next_attempt_at, id) WHERE state IN ('received', 'retrying');
CREATE INDEX webhook_events_retrying ON webhook_events (object_id) WHERE state = 'retrying';
CREATE INDEX webhook_events_unsettled ON webhook_events (state, received_at DESC, id DESC) WHERE state IN ('received', 'retrying', 'unhandled');

-- What Fintoc said, word for word; how far we are with it may change. What a poll found is asked for again until it
-- could be read and posted.
CREATE TRIGGER webhook_events_kept BEFORE DELETE OR TRUNCATE ON webhook_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER webhook_events_said
  BEFORE UPDATE OF id, type, object_id, mode, origin, headers, body, occurred_at, received_at ON webhook_events FOR EACH ROW
  WHEN (OLD.origin <> 'poll' OR (OLD.id, OLD.object_id, OLD.mode, OLD.origin, OLD.headers, OLD.received_at)
    IS DISTINCT FROM (NEW.id, NEW.object_id, NEW.mode, NEW.origin, NEW.headers, NEW.received_at))
  EXECUTE FUNCTION refuse_change();

CREATE TABLE webhook_conflicts (
  id bigserial PRIMARY KEY,
  event_id text NOT NULL REFERENCES webhook_events (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  body_hash text NOT NULL,
  body text NOT NULL,
  body_bytes int NOT NULL,
  headers jsonb NOT NULL,
  verified_by text NOT NULL,
  deliveries int NOT NULL DEFAULT 1,
  received_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  seen_at timestamptz(3),
  seen_by_id uuid
);
CREATE UNIQUE INDEX webhook_conflicts_event_id_body_hash_key ON webhook_conflicts (event_id, body_hash);
CREATE INDEX webhook_conflicts_seen_at_idx ON webhook_conflicts (seen_at);

CREATE TABLE webhook_endpoints (
  id text PRIMARY KEY,
  url text NOT NULL,
  encrypted_secret text NOT NULL,
  retired_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE refused_deliveries (
  id bigserial PRIMARY KEY,
  reason text NOT NULL,
  secrets text[],
  headers jsonb NOT NULL,
  body text NOT NULL,
  body_bytes int NOT NULL,
  unkept int NOT NULL DEFAULT 0,
  received_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- Whoever sends unsigned deliveries fills no disk with them.
  CONSTRAINT refused_deliveries_small CHECK (length(body) <= 4096 AND length(headers::text) <= 4096),
  CONSTRAINT refused_deliveries_reason_check CHECK (reason IN (
    'wrong_secret', 'retired_secret', 'stale_signature', 'no_signature',
    'malformed_signature', 'no_secret', 'not_an_event', 'too_large'))
);
CREATE INDEX refused_deliveries_reason_id_idx ON refused_deliveries (reason, id);
CREATE INDEX refused_deliveries_received_at_idx ON refused_deliveries (received_at);

-- ── Claims ────────────────────────────────────────────────────────────────────

-- A claim is one row, however many events it holds: writing a lease onto each of them cost as much as posting them.
CREATE TABLE event_claims (
  id bigserial PRIMARY KEY,
  event_ids text[],
  object_ids text[],
  lease_until timestamptz(3) NOT NULL
);

-- Claims what is due, oldest first, for so many seconds, and gives it back in the order in which it happened. While one
-- claim holds an event of an object, no other gets the object's other events; and while one waits to be retried, those
-- that happened after it wait for it, until it is settled or dead. What a dead worker held is due again and counts as
-- an attempt; since it may be what killed it, it goes alone from then on, and after so many attempts to the dead letters.
-- What was due before `since` is left out: the index keeps what was settled until it is vacuumed, and every claim would
-- walk past it.
CREATE OR REPLACE FUNCTION claim_events(max_events int, lease_seconds int, since timestamptz, max_attempts int)
RETURNS TABLE (claim bigint, id text, type text, origin text, body text, occurred_at timestamptz, attempts int)
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_claim bigint;
  v_held text[];
  v_busy text[];
  v_events text[];
  v_objects text[];
  v_suspect int;
  v_retrying boolean;
BEGIN
  -- Lost in a crash of the server, a claim is simply made again: not worth waiting for the disk.
  PERFORM set_config('synchronous_commit', 'off', true);
  -- One at a time: two that looked at the same moment would both find the object free.
  PERFORM pg_advisory_xact_lock(hashtext('monedero.events.claim'));

  -- From the second time on at moments of their own, so that a neighbour isn't caught by the same death again and again.
  WITH expired AS (
    DELETE FROM event_claims c WHERE c.lease_until < clock_timestamp() RETURNING c.event_ids
  )
  UPDATE webhook_events e SET
    attempts = e.attempts + 1, worker_deaths = e.worker_deaths + 1,
    state = CASE WHEN e.attempts + 1 < max_attempts THEN 'retrying' ELSE 'dead' END::event_state,
    last_error = format('Its worker died %s times.', e.worker_deaths + 1),
    next_attempt_at = CASE WHEN e.worker_deaths = 0 THEN e.next_attempt_at
      ELSE clock_timestamp() + make_interval(secs => least(e.worker_deaths, 8) * 4 * random()) END
  FROM (SELECT unnest(event_ids) AS id FROM expired) x
  WHERE e.id = x.id AND e.state IN ('received', 'retrying');

  SELECT coalesce(array_agg(h.event_id), '{}'), coalesce(array_agg(h.object_id) FILTER (WHERE h.object_id IS NOT NULL), '{}')
  INTO v_held, v_busy
  FROM event_claims c, unnest(c.event_ids, c.object_ids) h(event_id, object_id);

  -- Mostly none is, and nothing is looked for event by event.
  v_retrying := EXISTS (SELECT 1 FROM webhook_events e WHERE e.state = 'retrying');

  SELECT array_agg(due.id), array_agg(due.object_id), array_position(array_agg(due.worker_deaths > 0), true)
  INTO v_events, v_objects, v_suspect
  FROM (
    SELECT e.id, e.object_id, e.worker_deaths FROM webhook_events e
    WHERE e.state IN ('received', 'retrying') AND e.next_attempt_at <= clock_timestamp() AND e.next_attempt_at >= since
      AND e.id NOT IN (SELECT unnest(v_held)) AND coalesce(e.object_id, '') NOT IN (SELECT unnest(v_busy))
      AND (NOT v_retrying OR NOT EXISTS (
        SELECT 1 FROM webhook_events r
        WHERE r.state = 'retrying' AND r.object_id = e.object_id AND (r.occurred_at, r.id) < (e.occurred_at, e.id)))
    ORDER BY e.next_attempt_at, e.id LIMIT max_events
  ) due;
  IF v_events IS NULL THEN
    RETURN;
  END IF;
  IF v_suspect IS NOT NULL THEN
    v_events := v_events[1:greatest(v_suspect - 1, 1)];
    v_objects := v_objects[1:greatest(v_suspect - 1, 1)];
  END IF;

  INSERT INTO event_claims (event_ids, object_ids, lease_until)
  VALUES (v_events, v_objects, clock_timestamp() + make_interval(secs => lease_seconds))
  RETURNING event_claims.id INTO v_claim;

  RETURN QUERY
  SELECT v_claim, e.id, e.type, e.origin, e.body, e.occurred_at, e.attempts
  FROM webhook_events e WHERE e.id = ANY (v_events) ORDER BY e.occurred_at, e.id;
END $$;

-- ── Figures and healing ───────────────────────────────────────────────────────

CREATE TABLE webhook_hours (
  hour timestamptz(3) PRIMARY KEY,
  received int NOT NULL,
  duplicates int NOT NULL,
  late int NOT NULL,
  out_of_order int NOT NULL,
  recovered int NOT NULL,
  dead int NOT NULL
);

CREATE TABLE replays (
  id uuid PRIMARY KEY,
  requested_by uuid NOT NULL,
  count int NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX replays_created_at_idx ON replays (created_at);

CREATE TABLE poll_runs (
  id uuid PRIMARY KEY,
  started_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  since timestamptz(3),
  until timestamptz(3) NOT NULL,
  read_until timestamptz(3),
  found int NOT NULL DEFAULT 0,
  asked int NOT NULL DEFAULT 0,
  recovered int NOT NULL DEFAULT 0,
  beat_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  finished_at timestamptz(3),
  error text
);
CREATE INDEX poll_runs_started_at_idx ON poll_runs (started_at);
