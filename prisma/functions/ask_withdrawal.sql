-- Writes a payout that was planned without a lock on what lib/withdrawals/known.ts read: the word that it was asked for, its
-- row, what it sets aside, its approval, its audit row and what is told of it, together or not at all. Where something that
-- the plan rests on is another by now, or the balance or a limit doesn't suffice, it refuses with serialization_failure, and
-- the caller reads again. Answers what the row is sealed with.
--
-- Who asks, with those behind a key, before beneficiaries before customers, always: two that meet on more than one never wait
-- in a ring. Nobody else who counts with any of them asks from there until the commit, so these locks come last.
CREATE OR REPLACE FUNCTION ask_withdrawal(asked jsonb) RETURNS text LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_rests jsonb := asked->'rests';
  v_new withdrawals := jsonb_populate_record(NULL::withdrawals, asked->'withdrawal');
  v_sum record;
  v_now bigint;
  v_used jsonb;
  v_hash text;
  v_audit bigint;
BEGIN
  -- Of two at once under one id the second waits here, and then finds what the first one made.
  IF asked ? 'once' THEN
    INSERT INTO once_requests (id, act, asked_by, content_hash, made_id)
    SELECT o.id, o.act, o.asked_by, o.content_hash, v_new.id
    FROM jsonb_to_record(asked->'once') AS o(id text, act text, asked_by text, content_hash text)
    ON CONFLICT (id) DO NOTHING;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'it was asked for since it was looked for' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;

  -- A wallet's version is its assets' too (touch_wallets).
  PERFORM FROM wallets w WHERE w.id = v_new.wallet_id AND w.xmin::text = v_rests->>'wallet' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the wallet changed since it was read' USING ERRCODE = 'serialization_failure';
  END IF;
  IF asked_twin(v_new.wallet_id, v_new.asset, v_new.destination_kind, v_new.destination, v_new.amount, (v_rests->>'hours')::int)
      IS DISTINCT FROM (v_rests->>'twin')::uuid
    OR v_new.retry_of_id IS NOT NULL AND EXISTS (SELECT FROM withdrawals d WHERE d.retry_of_id = v_new.retry_of_id) THEN
    RAISE EXCEPTION 'the wallet’s payouts changed since they were read' USING ERRCODE = 'serialization_failure';
  END IF;
  IF jsonb_array_length(v_rests->'limits') > 0 THEN
    v_used := used_out(v_new.wallet_id, v_new.asset, v_rests->>'zone');
    IF EXISTS (
      SELECT FROM jsonb_to_recordset(v_rests->'limits') AS l(name text, least bigint, below bigint)
      WHERE (v_used->>l.name)::bigint < l.least OR (v_used->>l.name)::bigint >= l.below) THEN
      RAISE EXCEPTION 'more of the wallet’s limits is used than when they were read' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;

  INSERT INTO withdrawals (
    id, wallet_id, account_id, asset, amount, fee_amount, beneficiary_name, beneficiary_tax_id, destination_kind, destination,
    beneficiary_bank, comment, reference_id, printed_name, printed_comment, status, approval_reason, first_seen,
    requested_by_id, request_id, next_attempt_at, retry_of_id, batch_id, created_at, updated_at)
  VALUES (
    v_new.id, v_new.wallet_id, v_new.account_id, v_new.asset, v_new.amount, v_new.fee_amount, v_new.beneficiary_name,
    v_new.beneficiary_tax_id, v_new.destination_kind, v_new.destination, v_new.beneficiary_bank, v_new.comment,
    v_new.reference_id, v_new.printed_name, v_new.printed_comment, v_new.status, v_new.approval_reason, v_new.first_seen,
    v_new.requested_by_id, v_new.request_id, v_new.next_attempt_at, v_new.retry_of_id, v_new.batch_id, v_new.created_at,
    v_new.updated_at)
  RETURNING request_hash INTO v_hash;

  PERFORM lock_asker(v_new.requested_by_id);
  PERFORM pg_advisory_xact_lock(hashtext('monedero.asked.to'), hashtext(v_new.destination_kind || ' ' || v_new.destination));
  IF v_rests ? 'customer' THEN
    PERFORM pg_advisory_xact_lock(hashtext('monedero.asked.of'), hashtext(v_rests->>'customer'));
  END IF;
  FOR v_sum IN SELECT s.* FROM jsonb_to_recordset(v_rests->'sums') AS s(way text, hours int, least bigint, below bigint) LOOP
    v_now := asked_sum(v_sum.way, v_sum.hours, v_new.requested_by_id, v_new.wallet_id, (v_rests->>'customer')::uuid,
      v_new.destination_kind, v_new.destination, v_new.asset, v_new.id);
    IF v_now < v_sum.least OR v_now >= v_sum.below THEN
      RAISE EXCEPTION 'what was asked for before adds up to another judgement' USING ERRCODE = 'serialization_failure';
    END IF;
  END LOOP;
  IF v_rests ? 'names'
    AND asked_names(v_new.destination_kind, v_new.destination, (v_rests->>'most_names')::int, v_new.id) <> v_rests->'names' THEN
    RAISE EXCEPTION 'the beneficiary was asked for under another name' USING ERRCODE = 'serialization_failure';
  END IF;

  IF EXISTS (SELECT FROM ledger_post(asked->'posting') p WHERE p.outcome <> 'posted') THEN
    RAISE EXCEPTION 'it lacks funds, or passes a limit' USING ERRCODE = 'serialization_failure';
  END IF;

  IF asked ? 'shadows' THEN
    INSERT INTO approval_shadows (id, action, rule, version, subject_type, subject_id, asset, amount, waited)
    SELECT s.id, s.action, s.rule, s.version, s.subject_type, s.subject_id, s.asset, s.amount, s.waited
    FROM jsonb_to_recordset(asked->'shadows') AS s(
      id uuid, action text, rule text, version int, subject_type text, subject_id text, asset text, amount bigint, waited boolean);
  END IF;
  -- The seal is what binds the decision to amount, asset and beneficiary.
  IF asked ? 'approval' THEN
    INSERT INTO approvals (
      id, action, subject_type, subject_id, facts, rule_version, steps, fired, asked_by_id, asked_by_name, reason, asked_at, expires_at)
    SELECT a.id, a.action, a.subject_type, a.subject_id, a.facts || jsonb_build_object('requestHash', v_hash), a.rule_version,
      a.steps, a.fired, a.asked_by_id, a.asked_by_name, a.reason, a.asked_at, a.expires_at
    FROM jsonb_to_record(asked->'approval') AS a(
      id uuid, action text, subject_type text, subject_id text, facts jsonb, rule_version int, steps jsonb, fired jsonb,
      asked_by_id uuid, asked_by_name text, reason text, asked_at timestamptz, expires_at timestamptz);
  END IF;

  INSERT INTO audit_entries (actor_kind, actor_id, actor_name, action, subject_type, subject_id, after, ip, user_agent)
  SELECT a.actor_kind, a.actor_id, a.actor_name, a.action, a.subject_type, a.subject_id,
    a.after || jsonb_build_object('requestHash', v_hash), a.ip, a.user_agent
  FROM jsonb_to_record(asked->'audit') AS a(
    actor_kind text, actor_id text, actor_name text, action text, subject_type text, subject_id text, after jsonb, ip text, user_agent text)
  RETURNING id INTO v_audit;
  -- In the order of the list: each is given its number as it is written.
  INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, audit_id, actor_kind, actor_id, data)
  SELECT e.type, e.subject_kind, e.subject_id, e.wallet_id, CASE WHEN e.is_audited THEN v_audit END, e.actor_kind, e.actor_id, e.data
  FROM jsonb_to_recordset(asked->'told') AS e(
    type text, subject_kind text, subject_id text, wallet_id uuid, is_audited boolean, actor_kind text, actor_id text, data jsonb);
  RETURN v_hash;
END $$;
