-- ── Whose requests add up ────────────────────────────────────────────────────

-- Who asks, by themselves or by a key: a person, or a key and those who made it or a secret of it.
CREATE FUNCTION people_behind(one uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT one UNION SELECT k.made_by_id FROM api_keys k WHERE k.id = one
  UNION SELECT s.made_by_id FROM api_key_secrets s WHERE s.key_id = one
$$;

-- Whose requests add up: of a person with those of all keys that they made or have a secret of, and of a key with those
-- of its makers and of all their keys. Two askers count each other, or neither does.
CREATE FUNCTION asking_as_one(one uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH behind AS (SELECT id FROM people_behind(one) AS id)
  SELECT id FROM behind
  UNION SELECT k.id FROM api_keys k JOIN behind b ON b.id = k.made_by_id
  UNION SELECT s.key_id FROM api_key_secrets s JOIN behind b ON b.id = s.made_by_id
$$;

-- Until the end of the transaction nobody whose requests add up with these asks as well. Keys before people, and people
-- in one order, so that two never wait in a ring.
CREATE FUNCTION lock_asker(one uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('monedero.asked.by'), hashtext(one::text));
  PERFORM pg_advisory_xact_lock(hashtext('monedero.asked.by'), of)
  FROM (SELECT DISTINCT hashtext(id::text) AS of FROM people_behind(one) AS id WHERE id <> one ORDER BY 1) others;
END $$;

-- Whether one of two made or changed the other's account, role or password within a day. A key that asks stands for
-- those who made it: none of them ever decides on what it asks for, nor whoever is tied to one of them.
CREATE OR REPLACE FUNCTION operators_tied(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT key_stands_for(one, other) OR EXISTS (
    SELECT FROM operator_changes c
    JOIN people_behind(one) AS a(id)
      ON (c.operator_id = a.id AND c.by_id = other) OR (c.operator_id = other AND c.by_id = a.id)
    WHERE c.at > now() - interval '24 hours')
$$;

-- ── What is hidden from a search, also glued to a word ───────────────────────

-- What gives itself away by its form wherever it stands in a text, also glued to a word: e-mails, tax ids, and numbers of
-- ten digits or more or of Chile's nine. A little more than who may not see it sees masked (lib/people/masked-text.ts).
CREATE OR REPLACE FUNCTION search_hidden() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '[[:alnum:]._%+''-]+@[[:alnum:]-]+(?:\.[[:alnum:]-]+)*'
    || '|(?<!\d)\+?\(?\d(?:[\s.()\-\u00a0\u2010-\u2015\u2212]{0,3}\d){9,}(?!\d)'
    || '|[A-ZÑ&]{3,4}[\s.\-\u00a0\u2010-\u2015\u2212]{0,3}(?!\d(?:[\s.()\-\u00a0\u2010-\u2015\u2212]{0,3}\d){9})'
    || '\d{6}[\s.\-\u00a0\u2010-\u2015\u2212]{0,3}[A-Z0-9]{3,8}(?!\d)'
    || '|(?<!\d)\d{1,2}\.?\d{3}\.?\d{3}\s?[-\u2010-\u2015\u2212]\s?[\dK](?![[:alnum:]])'
    || '|(?<!\d)9[\s.\-\u00a0\u2010-\u2015\u2212]{0,3}\d{4}[\s.\-\u00a0\u2010-\u2015\u2212]{0,3}\d{4}(?!\d)'
$$;

-- A text as who sees it masked finds it by words: without what is masked in it, so that no part of that finds anything.
-- Ten digits and nothing else are more often a reference, as are nine, and nobody's to hide.
CREATE OR REPLACE FUNCTION search_veiled(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
  IF words !~ '@|\d' OR words ~ '^\s*\(?\d(?:[\s.()\-\u00a0\u2010-\u2015\u2212]{0,3}\d){8,9}\s*$' THEN
    RETURN words;
  END IF;
  RETURN regexp_replace(words, public.search_hidden(), ' ', 'gi');
END $$;

-- ── Where the daily settlement goes is changed by two people ─────────────────

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'settlement.change', 1, '{}', '[{"people": 1}]');

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action NOT IN ('operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'rule.change', 'beneficiary.unblock', 'key.make', 'terms.change', 'stops.change', 'settlement.change', 'debt.plan')) THEN
    RAISE EXCEPTION 'approvals: one person acts alone where nobody else could decide' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT NEW.alone AND (
    SELECT count(*) FILTER (WHERE d.verdict = 'approved') < greatest(v_needed, 1) OR bool_or(d.verdict = 'declined')
    FROM approval_decisions d WHERE d.approval_id = NEW.id) THEN
    RAISE EXCEPTION 'approvals: as many people approve as its rule says' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'declined'
    AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = NEW.id AND d.verdict = 'declined') THEN
    RAISE EXCEPTION 'approvals: somebody declines it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- ── No more batches are posted at once than get on better so ─────────────────

DROP FUNCTION claim_inbox_events(int, int, timestamptz, int);
-- Claims what is due, oldest first, for so many seconds, and gives it back in the order in which it happened. While one
-- claim holds an event of an object, no other gets the object's other events; and while one waits to be retried, those
-- that happened after it wait for it, until it is settled or dead. What a dead worker held is due again and counts as
-- an attempt; since it may be what killed it, it goes alone from then on, and after so many attempts to the dead letters.
-- What was due before `since` is left out: the index keeps what was settled until it is vacuumed, and every claim would
-- walk past it. Nothing is claimed while so many batches are being posted, by whichever processes: more of them at once
-- only wait for each other's rows. A claim counts for ten seconds: what takes longer is dead, or waits for a rail.
CREATE FUNCTION claim_inbox_events(max_events int, lease_seconds int, since timestamptz, max_attempts int, max_posting int DEFAULT 8)
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

-- ── Who decides may decide, also to PostgreSQL ───────────────────────────────

CREATE OR REPLACE FUNCTION check_approval_decision() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_asked approvals;
  v_role text;
BEGIN
  SELECT * INTO v_asked FROM approvals WHERE id = NEW.approval_id FOR UPDATE;
  IF v_asked.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: a decision stays as it was made' USING ERRCODE = 'check_violation';
  END IF;
  IF v_asked.asked_by_id = NEW.operator_id THEN
    RAISE EXCEPTION 'approvals: who asked does not decide' USING ERRCODE = 'check_violation';
  END IF;
  IF operators_tied(v_asked.asked_by_id, NEW.operator_id) THEN
    RAISE EXCEPTION 'approvals: whose account, role or password the other one made or changed within a day does not decide' USING ERRCODE = 'check_violation';
  END IF;
  -- As lib/roles.ts has it of everything that is decided.
  IF NOT EXISTS (SELECT FROM operators o LEFT JOIN custom_roles r ON r.id = o.custom_role_id
    WHERE o.id = NEW.operator_id AND o.disabled_at IS NULL AND (o.role IN ('approver', 'admin') OR r.permissions && ARRAY[
      'approvals:decide', 'withdrawals:approve', 'adjustments:approve', 'deposits:decide', 'beneficiaries:block', 'proof:release'])) THEN
    RAISE EXCEPTION 'approvals: who may decide, and may still sign in, decides' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.verdict = 'approved' THEN
    v_role := approval_step_role(v_asked.steps,
      (SELECT count(*)::int FROM approval_decisions d WHERE d.approval_id = NEW.approval_id AND d.verdict = 'approved'));
    IF v_role IS NOT NULL AND NOT EXISTS (SELECT FROM operators o WHERE o.id = NEW.operator_id AND o.role::text = v_role) THEN
      RAISE EXCEPTION 'approvals: this step is for the role %', v_role USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  NEW.at := clock_timestamp();
  RETURN NEW;
END $$;
