-- Claims what is due, oldest first, for so many seconds, and gives it back in the order in which it happened. While one
-- claim holds an event of an object, no other gets the object's other events; and while one waits to be retried, those
-- that happened after it wait for it, until it is settled or dead. What a dead worker held is due again and counts as
-- an attempt; since it may be what killed it, it goes alone from then on, and after so many attempts to the dead letters.
-- What was due before `since` is left out: the index keeps what was settled until it is vacuumed, and every claim would
-- walk past it. Nothing is claimed while so many batches are being posted, by whichever processes: more of them at once
-- only wait for each other's rows. A claim counts for ten seconds: what takes longer is dead, or waits for a rail.
CREATE OR REPLACE FUNCTION claim_inbox_events(max_events int, lease_seconds int, since timestamptz, max_attempts int, max_posting int DEFAULT 8)
RETURNS TABLE (claim bigint, id text, rail text, type text, origin text, body text, occurred_at timestamptz, attempts int)
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
    DELETE FROM inbox_claims c WHERE c.lease_until < clock_timestamp() RETURNING c.event_ids
  )
  UPDATE inbox_events e SET
    attempts = e.attempts + 1, worker_deaths = e.worker_deaths + 1,
    state = CASE WHEN e.attempts + 1 < max_attempts THEN 'retrying' ELSE 'dead' END::inbox_event_state,
    last_error = format('Its worker died %s times.', e.worker_deaths + 1),
    next_attempt_at = CASE WHEN e.worker_deaths = 0 THEN e.next_attempt_at
      ELSE clock_timestamp() + make_interval(secs => least(e.worker_deaths, 8) * 4 * random()) END
  FROM (SELECT unnest(event_ids) AS id FROM expired) x
  WHERE e.id = x.id AND e.state IN ('received', 'retrying');

  IF (SELECT count(*) FROM inbox_claims c
    WHERE c.lease_until > clock_timestamp() + make_interval(secs => lease_seconds - 10)) >= max_posting THEN
    RETURN;
  END IF;

  SELECT coalesce(array_agg(h.event_id), '{}'), coalesce(array_agg(h.object_id) FILTER (WHERE h.object_id IS NOT NULL), '{}')
  INTO v_held, v_busy
  FROM inbox_claims c, unnest(c.event_ids, c.object_ids) h(event_id, object_id);

  -- Mostly none is, and nothing is looked for event by event.
  v_retrying := EXISTS (SELECT 1 FROM inbox_events e WHERE e.state = 'retrying');

  SELECT array_agg(due.id), array_agg(due.object_id), array_position(array_agg(due.worker_deaths > 0), true)
  INTO v_events, v_objects, v_suspect
  FROM (
    SELECT e.id, e.object_id, e.worker_deaths FROM inbox_events e
    WHERE e.state IN ('received', 'retrying') AND e.next_attempt_at <= clock_timestamp() AND e.next_attempt_at >= since
      AND e.id NOT IN (SELECT unnest(v_held)) AND coalesce(e.object_id, '') NOT IN (SELECT unnest(v_busy))
      AND (NOT v_retrying OR NOT EXISTS (
        SELECT 1 FROM inbox_events r
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

  INSERT INTO inbox_claims (event_ids, object_ids, lease_until)
  VALUES (v_events, v_objects, clock_timestamp() + make_interval(secs => lease_seconds))
  RETURNING inbox_claims.id INTO v_claim;

  RETURN QUERY
  SELECT v_claim, e.id, e.rail, e.type, e.origin, e.body, e.occurred_at, e.attempts
  FROM inbox_events e WHERE e.id = ANY (v_events) ORDER BY e.occurred_at, e.id;
END $$;
