-- What workers share: one lease rule (lib/queue). A row stands while somebody holds the thing, or while it waits.
CREATE TABLE "queue_items" (
    "queue" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "token" BIGSERIAL NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "lease_until" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "queue_items_pkey" PRIMARY KEY ("queue","item")
);

ALTER TABLE "proof_states" DROP COLUMN "lease_until", ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0;

-- What rails tell us has a room and a name of its own: the inbox. Nothing but the names changes.
ALTER TYPE event_state RENAME TO inbox_event_state;
ALTER TABLE webhook_events RENAME TO inbox_events;
ALTER TABLE webhook_conflicts RENAME TO inbox_conflicts;
ALTER TABLE webhook_hours RENAME TO inbox_hours;
ALTER TABLE webhook_endpoints RENAME TO inbox_endpoints;
ALTER TABLE event_claims RENAME TO inbox_claims;
DO $$
DECLARE
  v_each record;
  v_to text;
BEGIN
  FOR v_each IN
    SELECT conrelid::regclass AS of, conname AS name FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conname ~ '^(webhook|event_claims)_'
  LOOP
    v_to := regexp_replace(v_each.name, '^(webhook|event)_', 'inbox_');
    EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', v_each.of, v_each.name, v_to);
  END LOOP;
  FOR v_each IN
    SELECT relname AS name, relkind AS kind FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('i', 'S') AND relname ~ '^(webhook|event_claims)_'
  LOOP
    v_to := regexp_replace(v_each.name, '^(webhook|event)_', 'inbox_');
    EXECUTE format('ALTER %s %I RENAME TO %I', CASE v_each.kind WHEN 'i' THEN 'INDEX' ELSE 'SEQUENCE' END, v_each.name, v_to);
  END LOOP;
  FOR v_each IN
    SELECT tgrelid::regclass AS of, tgname AS name FROM pg_trigger WHERE NOT tgisinternal AND tgname ~ '^webhook_'
  LOOP
    v_to := regexp_replace(v_each.name, '^webhook_', 'inbox_');
    EXECUTE format('ALTER TRIGGER %I ON %s RENAME TO %I', v_each.name, v_each.of, v_to);
  END LOOP;
END $$;

DROP FUNCTION claim_events(int, int, timestamptz, int);

-- What happened, written where it happens. The column xid stands before id, so that PostgreSQL fills it first: whoever draws a
-- number is known as a transaction by then, and a reader can tell when nothing below a number is still to come.
CREATE TABLE "outbox_events" (
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "wallet_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "data" JSONB NOT NULL,

    CONSTRAINT "outbox_events_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "outbox_events_subject_kind_subject_id_id_idx" ON "outbox_events"("subject_kind", "subject_id", "id");
CREATE TRIGGER outbox_events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON outbox_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Claims what is due, oldest first, for so many seconds, and gives it back in the order in which it happened. While one
-- claim holds an event of an object, no other gets the object's other events; and while one waits to be retried, those
-- that happened after it wait for it, until it is settled or dead. What a dead worker held is due again and counts as
-- an attempt; since it may be what killed it, it goes alone from then on, and after so many attempts to the dead letters.
-- What was due before `since` is left out: the index keeps what was settled until it is vacuumed, and every claim would
-- walk past it.
CREATE OR REPLACE FUNCTION claim_inbox_events(max_events int, lease_seconds int, since timestamptz, max_attempts int)
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

-- Writes a batch that was planned on what transfer_context answered: transfers, ledger, withdrawals, and the events that
-- told of them, together or not at all. Where one of the rows that the plan rests on is another by now, or a balance
-- doesn't suffice, it refuses with serialization_failure, and the caller reads again.
CREATE OR REPLACE FUNCTION apply_transfers(batch jsonb) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_count int;
  v_short text;
BEGIN
  -- Locked in the order of their ids, so that no two batches wait for each other in a ring.
  IF jsonb_array_length(batch->'known') > 0 THEN
    SELECT count(*) INTO v_count FROM (
      SELECT 1 FROM jsonb_to_recordset(batch->'known') AS c(id text, version text)
      JOIN transfers t ON t.id = c.id WHERE t.xmin::text = c.version ORDER BY t.id FOR UPDATE OF t) same;
    IF v_count <> jsonb_array_length(batch->'known') THEN
      RAISE EXCEPTION 'a transfer changed since it was read' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  IF jsonb_array_length(batch->'withdrawals') > 0 THEN
    SELECT count(*) INTO v_count FROM (
      SELECT 1 FROM jsonb_to_recordset(batch->'withdrawals') AS c(id uuid, version text)
      JOIN withdrawals d ON d.id = c.id WHERE d.xmin::text = c.version ORDER BY d.id FOR UPDATE OF d) same;
    IF v_count <> jsonb_array_length(batch->'withdrawals') THEN
      RAISE EXCEPTION 'a withdrawal changed since it was read' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  -- Held until the batch is posted: nobody freezes or closes a wallet between our look at it and the credit.
  SELECT count(*) INTO v_count FROM (
    SELECT 1 FROM jsonb_to_recordset(batch->'wallets') AS c(id uuid, version text)
    JOIN wallets w ON w.id = c.id WHERE w.xmin::text = c.version ORDER BY w.id FOR SHARE OF w) same;
  IF v_count <> jsonb_array_length(batch->'wallets') THEN
    RAISE EXCEPTION 'a wallet changed since it was read' USING ERRCODE = 'serialization_failure';
  END IF;

  INSERT INTO transfers (
    id, rail, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, origin, mode, transacted_at, updated_at)
  SELECT
    id, rail, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, origin, mode, transacted_at, now()
  FROM jsonb_to_recordset(batch->'created') AS c(
    id text, rail text, direction direction, state transfer_state, status text, amount bigint, asset text, account_id text,
    account_number_id text, account_number text, wallet_id uuid, purpose text, suspense_reason text,
    suspense_since timestamptz, counterparty_name text, counterparty_tax_id text, counterparty_number text,
    counterparty_bank text, tracking_key text, reference_id text, comment text, receipt_url text, return_reason text,
    error_reason text, return_attempts int, return_requested_at timestamptz, return_began_at timestamptz,
    return_reserved bigint, origin text, mode text, transacted_at timestamptz)
  ORDER BY id
  ON CONFLICT (id) DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count <> jsonb_array_length(batch->'created') THEN
    RAISE EXCEPTION 'a transfer appeared since it was looked for' USING ERRCODE = 'serialization_failure';
  END IF;

  IF jsonb_array_length(batch->'changed') > 0 THEN
    UPDATE transfers t SET
      state = c.state, status = c.status, wallet_id = c.wallet_id, purpose = c.purpose,
      suspense_reason = c.suspense_reason, suspense_since = c.suspense_since, tracking_key = c.tracking_key,
      receipt_url = c.receipt_url, return_reason = c.return_reason, error_reason = c.error_reason,
      return_attempts = c.return_attempts, return_requested_at = c.return_requested_at,
      return_began_at = c.return_began_at, return_reserved = c.return_reserved, updated_at = now()
    FROM jsonb_to_recordset(batch->'changed') AS c(
      id text, state transfer_state, status text, wallet_id uuid, purpose text, suspense_reason text,
      suspense_since timestamptz, tracking_key text, receipt_url text, return_reason text, error_reason text,
      return_attempts int, return_requested_at timestamptz, return_began_at timestamptz, return_reserved bigint)
    WHERE t.id = c.id;
  END IF;

  IF jsonb_array_length(batch->'withdrawals') > 0 THEN
    UPDATE withdrawals d SET
      status = c.status, transfer_id = c.transfer_id, lease_until = c.lease_until, failure_code = c.failure_code,
      failure_detail = c.failure_detail, updated_at = now()
    FROM jsonb_to_recordset(batch->'withdrawals') AS c(
      id uuid, is_changed boolean, status withdrawal_status, transfer_id text, lease_until timestamptz,
      failure_code text, failure_detail text)
    WHERE d.id = c.id AND c.is_changed;
  END IF;

  -- In the order of the list: each is given its number as it is written.
  IF jsonb_array_length(batch->'told') > 0 THEN
    INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, occurred_at, data)
    SELECT type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, occurred_at, data
    FROM jsonb_to_recordset(batch->'told') AS e(
      type text, subject_kind text, subject_id text, wallet_id uuid, actor_kind text, actor_id text,
      occurred_at timestamptz, data jsonb);
  END IF;

  IF batch ? 'events' THEN
    UPDATE inbox_events e SET state = o.state, last_error = o.reason, processed_at = clock_timestamp(), attempts = e.attempts + 1
    FROM jsonb_to_recordset(batch->'events') AS o(id text, state inbox_event_state, reason text) WHERE e.id = o.id;
  END IF;
  -- A worker whose lease ran out has no claim any more: what it would write is for another to write.
  IF batch ? 'claim' THEN
    IF (batch->>'ends_claim')::boolean THEN DELETE FROM inbox_claims WHERE id = (batch->>'claim')::bigint;
    ELSE PERFORM 1 FROM inbox_claims WHERE id = (batch->>'claim')::bigint FOR UPDATE;
    END IF;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the lease of claim % ran out', batch->>'claim' USING ERRCODE = 'MQ001';
    END IF;
  END IF;

  -- Last: a hot account is locked from here until the commit, and other batches wait for it.
  IF jsonb_array_length(batch->'postings'->'items') > 0 THEN
    SELECT batch->'postings'->'items'->(p.item - 1)->>'cause_id' INTO v_short
    FROM ledger_post(batch->'postings') p WHERE p.outcome = 'insufficient' ORDER BY p.item LIMIT 1;
    IF v_short IS NOT NULL THEN
      RAISE EXCEPTION '% lacks funds in the accounts that it takes from', v_short USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
END $$;
