-- The write path at the machine's limit: what a batch costs beside its own rows.

-- Codes, sources and ids are compared byte by byte: no language orders them.
ALTER TABLE ledger_accounts ALTER COLUMN code TYPE text COLLATE "C", ALTER COLUMN asset TYPE text COLLATE "C";
ALTER TABLE ledger_transactions ALTER COLUMN source TYPE text COLLATE "C", ALTER COLUMN transfer_id TYPE text COLLATE "C";

-- A balance is rewritten in its place as long as its page has room.
ALTER TABLE ledger_accounts SET (fillfactor = 70);

-- Few transactions are a withdrawal's.
DROP INDEX ledger_transactions_withdrawal_id_idx;
CREATE INDEX ledger_transactions_withdrawal_id_idx ON ledger_transactions (withdrawal_id) WHERE withdrawal_id IS NOT NULL;

-- That an entry's transaction and account exist is checked once per statement, by the trigger that adds the entries up:
-- checked row by row, the two foreign keys cost a third of a posting. What they point to is never deleted. PostgreSQL 18
-- keeps them as a statement of fact; an older one, which knows no such thing, goes on checking each row.
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    EXECUTE 'ALTER TABLE ledger_entries ALTER CONSTRAINT ledger_entries_transaction_id_fkey NOT ENFORCED';
    EXECUTE 'ALTER TABLE ledger_entries ALTER CONSTRAINT ledger_entries_account_id_fkey NOT ENFORCED';
  END IF;
END $$;

CREATE FUNCTION refuse_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account keeps its id, code, asset and side, and is never deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_accounts_stay BEFORE DELETE OR TRUNCATE ON ledger_accounts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_account_change();
CREATE TRIGGER ledger_accounts_identity BEFORE UPDATE OF id, code, asset, side ON ledger_accounts
  FOR EACH ROW EXECUTE FUNCTION refuse_account_change();

CREATE OR REPLACE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- One statement for all three: starting one costs more than running it.
  v_fault text := CASE
    WHEN EXISTS (SELECT 1 FROM fresh GROUP BY transaction_id, asset HAVING sum(amount) <> 0)
      THEN 'a transaction''s entries must sum to zero per asset'
    WHEN EXISTS (
      SELECT 1
      FROM (SELECT transaction_id, count(*) AS entries, max(line) AS last_line FROM fresh GROUP BY transaction_id) f
      LEFT JOIN ledger_transactions t ON t.id = f.transaction_id
      WHERE t.id IS NULL OR f.entries <> t.entry_count OR f.last_line <> t.entry_count)
      THEN 'entries are inserted together with their transaction'
    WHEN EXISTS (
      SELECT 1 FROM (SELECT DISTINCT account_id, asset FROM fresh) f
      LEFT JOIN ledger_accounts a ON a.id = f.account_id
      WHERE a.id IS NULL OR a.asset <> f.asset)
      THEN 'an entry is of an account, in the account''s asset'
    END;
BEGIN
  IF v_fault IS NOT NULL THEN
    RAISE EXCEPTION 'ledger: %', v_fault USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
-- Their plans are those of ledger_post, which calls them: it says below how to plan.
ALTER FUNCTION ledger_check_entries() RESET ALL;
ALTER FUNCTION ledger_check_transactions() RESET ALL;

-- ledger_post again, for what it costs: accounts come once per batch and lines point at them by number, they are
-- locked and read by one statement, and a line is numbered and added up once.
DROP FUNCTION ledger_post(jsonb);
DROP TYPE ledger_line;
CREATE TYPE ledger_line AS (
  item int, line int, account int, amount bigint, kind text, sequence bigint, balance_after bigint, checked boolean
);

CREATE FUNCTION ledger_post(batch jsonb)
RETURNS TABLE (item int, transaction_id bigint, outcome text) LANGUAGE plpgsql
-- The tables grow a thousandfold while a connection keeps its plans: the one for small tables would scan them. And
-- planning anew for each batch would cost more than the batch.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_posted_at timestamptz;
  v_account_count int := jsonb_array_length(batch->'accounts');
  v_ids bigint[];
  v_sequences bigint[];
  v_balances bigint[];
  v_signs int[];
  v_checked boolean[];
  v_wallets uuid[];
  v_assets text[];
  v_refused int[] := '{}';
  v_lines ledger_line[];
  v_short int;
  v_transactions bigint[];
  v_times timestamptz[];
BEGIN
  -- The touched accounts are locked in the order of their ids, so that two batches that meet on one (and every deposit
  -- of a shared Fintoc account meets the same cash account) wait for each other there. A locked row is read as it is now.
  LOOP
    SELECT array_agg(l.id), array_agg(l.sequence), array_agg(l.balance), array_agg(CASE l.side WHEN 'debit' THEN 1 ELSE -1 END),
           array_agg(l.non_negative), array_agg(l.wallet_id), array_agg(l.asset)
    INTO v_ids, v_sequences, v_balances, v_signs, v_checked, v_wallets, v_assets
    FROM (
      SELECT * FROM (
        SELECT a.id, a.sequence, a.balance, a.side, a.non_negative, a.asset, s.wallet_id, s.n
        FROM ROWS FROM (jsonb_to_recordset(batch->'accounts') AS (code text, asset text, wallet_id uuid)) WITH ORDINALITY s(code, asset, wallet_id, n)
        JOIN ledger_accounts a ON a.code = s.code COLLATE "C" AND a.asset = s.asset COLLATE "C"
        ORDER BY a.id FOR UPDATE OF a
      ) locked ORDER BY n
    ) l;
    EXIT WHEN cardinality(v_ids) = v_account_count;
    INSERT INTO ledger_accounts (code, asset, side, bucket, owner_id, non_negative)
    SELECT s.code, s.asset, s.side, s.bucket, s.owner_id, s.non_negative
    FROM jsonb_to_recordset(batch->'accounts') AS s(code text, asset text, side ledger_side, bucket text, owner_id text, non_negative boolean)
    WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.code = s.code COLLATE "C" AND a.asset = s.asset COLLATE "C")
    ORDER BY s.code, s.asset
    ON CONFLICT (code, asset) DO NOTHING;
  END LOOP;

  -- Under the locks from here on: a statement sees what was committed before it began, and an account's entries are
  -- posted in the order of their times. A source that stands already, or twice in this batch, is posted once.
  v_posted_at := clock_timestamp();
  -- Numbered by item, so that entries find their transaction without a join; null for what isn't posted.
  SELECT array_agg(CASE WHEN i.is_first AND NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.source = i.source COLLATE "C")
                        THEN nextval('ledger_transactions_id_seq') END ORDER BY i.n),
         array_agg(i.effective_at ORDER BY i.n)
  INTO v_transactions, v_times
  FROM (
    SELECT i.source, i.effective_at, i.n, row_number() OVER (PARTITION BY i.source ORDER BY i.n) = 1 AS is_first
    FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (source text, effective_at timestamptz)) WITH ORDINALITY i(source, effective_at, n)
  ) i;

  -- Leaves out, one by one from the first, what would take a balance below zero.
  LOOP
    SELECT coalesce(array_agg(l.line), '{}'), min((l.line).item) FILTER (WHERE (l.line).checked AND (l.line).balance_after < 0)
    INTO v_lines, v_short
    FROM (
      SELECT ROW(l.item, l.line, l.account, l.amount, l.kind,
                 v_sequences[l.account] + row_number() OVER running,
                 v_balances[l.account] + v_signs[l.account] * sum(l.amount) OVER running,
                 (l.guarded OR v_checked[l.account]) AND v_signs[l.account] * l.amount < 0)::ledger_line AS line
      FROM jsonb_to_recordset(batch->'lines') AS l(item int, line int, account int, amount bigint, kind text, guarded boolean)
      WHERE v_transactions[l.item] IS NOT NULL
      WINDOW running AS (PARTITION BY l.account ORDER BY l.item, l.line)
    ) l;
    EXIT WHEN v_short IS NULL;
    v_refused := v_refused || v_short;
    v_transactions[v_short] := NULL;
  END LOOP;

  -- Had somebody posted one of these sources meanwhile, between accounts that this batch doesn't touch, its unique
  -- key refuses the batch, and the caller tries again (lib/db.ts).
  WITH transactions AS (
    INSERT INTO ledger_transactions
      (id, source, kind, effective_at, posted_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note)
    SELECT v_transactions[i.n], i.source, i.kind, i.effective_at, v_posted_at, i.entry_count,
           i.transfer_id, i.withdrawal_id, i.event_id, i.operator_id, i.note
    FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (
      source text, kind text, effective_at timestamptz, entry_count int, transfer_id text, withdrawal_id uuid,
      event_id text, operator_id uuid, note text
    )) WITH ORDINALITY i(source, kind, effective_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note, n)
    WHERE v_transactions[i.n] IS NOT NULL
  ), entries AS (
    INSERT INTO ledger_entries
      (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
    SELECT v_transactions[l.item], l.line, v_ids[l.account], l.sequence, v_assets[l.account], l.amount, l.balance_after,
           l.kind, v_wallets[l.account], v_times[l.item], v_posted_at
    FROM unnest(v_lines) l ORDER BY l.item, l.line
  )
  UPDATE ledger_accounts a SET sequence = last.sequence, balance = last.balance_after
  FROM (SELECT DISTINCT ON (l.account) l.account, l.sequence, l.balance_after
        FROM unnest(v_lines) l ORDER BY l.account, l.sequence DESC) last
  WHERE a.id = v_ids[last.account];

  RETURN QUERY
  SELECT i.n::int,
         coalesce(v_transactions[i.n], (SELECT t.id FROM ledger_transactions t WHERE t.source = i.source COLLATE "C")),
         CASE WHEN v_transactions[i.n] IS NOT NULL THEN 'posted' WHEN i.n = ANY (v_refused) THEN 'insufficient' ELSE 'duplicate' END
  FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (source text)) WITH ORDINALITY i(source, n)
  ORDER BY i.n;
END $$;

-- ── From stored event to posted movement ─────────────────────────────────────

-- A claim is one row, however many events it holds: writing a lease onto each of them cost as much as posting them.
CREATE TABLE event_claims (
  id bigserial PRIMARY KEY,
  event_ids text[],
  object_ids text[],
  lease_until timestamptz(3) NOT NULL
);
ALTER TABLE webhook_events DROP COLUMN lease_until;
-- How often a worker died while it held it.
ALTER TABLE webhook_events ADD COLUMN worker_deaths int NOT NULL DEFAULT 0;

-- What Fintoc said of a transfer, word for word, stands with the event that brought it.
ALTER TABLE transfers DROP COLUMN raw;
ALTER TABLE transfers ADD COLUMN return_began_at timestamptz(3);

-- What is due, and what waits for a person: the others are many and are found by their time.
DROP INDEX webhook_events_state_next_attempt_at_idx;
CREATE INDEX webhook_events_due ON webhook_events (next_attempt_at, id) WHERE state IN ('received', 'retrying');
CREATE INDEX webhook_events_retrying ON webhook_events (object_id) WHERE state = 'retrying';
CREATE INDEX webhook_events_unsettled ON webhook_events (state, received_at DESC, id DESC) WHERE state IN ('received', 'retrying', 'unhandled');

-- A shared account has a hundred thousand wallets; only an account of its own tells a wallet.
CREATE INDEX wallets_own_account ON wallets (account_id) WHERE pattern IN ('B', 'C');

DROP INDEX transfers_suspense_since_id_idx;
CREATE INDEX transfers_suspense_since_id_idx ON transfers (suspense_since, id) WHERE suspense_since IS NOT NULL;

-- Claims what is due, oldest first, for so many seconds, and gives it back in the order in which it happened. While one
-- claim holds an event of an object, no other gets the object's other events; and while one waits to be retried, those
-- that happened after it wait for it, until it is settled or dead. What a dead worker held is due again and counts as
-- an attempt; since it may be what killed it, it goes alone from then on, and after so many attempts to the dead letters.
-- What was due before `since` is left out: the index keeps what was settled until it is vacuumed, and every claim would
-- walk past it.
CREATE FUNCTION claim_events(max_events int, lease_seconds int, since timestamptz, max_attempts int)
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

-- Everything that the postings of a batch of transfers need to know, by one question. `version` tells whether a row is
-- still the one that was read: apply_transfers compares it before it writes.
CREATE FUNCTION transfer_context(
  transfer_ids text[], number_ids text[], account_ids text[], wallet_ids uuid[], withdrawal_ids uuid[], assets text[], with_balances boolean
) RETURNS TABLE (transfers jsonb, withdrawals jsonb, wallets json)
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_transfers jsonb;
  v_withdrawals jsonb;
  v_wallet_ids uuid[] := wallet_ids;
BEGIN
  SELECT coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object(
           'version', t.xmin::text, 'amount', t.amount::text, 'return_reserved', t.return_reserved::text)), '[]')
  INTO v_transfers FROM transfers t WHERE t.id = ANY (transfer_ids);

  SELECT coalesce(jsonb_agg(to_jsonb(d) || jsonb_build_object(
           'version', d.xmin::text, 'amount', d.amount::text, 'fee_amount', d.fee_amount::text)), '[]')
  INTO v_withdrawals FROM withdrawals d WHERE d.id = ANY (withdrawal_ids) OR d.transfer_id = ANY (transfer_ids);

  v_wallet_ids := v_wallet_ids || ARRAY(
    SELECT (t->>'wallet_id')::uuid FROM jsonb_array_elements(v_transfers || v_withdrawals) t WHERE t->>'wallet_id' IS NOT NULL);

  RETURN QUERY
  SELECT v_transfers, v_withdrawals, coalesce(json_agg(json_build_object(
    'id', w.id, 'version', w.xmin::text, 'kind', w.kind, 'house_role', w.house_role, 'asset', w.asset, 'status', w.status,
    'pattern', w.pattern, 'account_id', w.account_id, 'account_number_id', w.account_number_id,
    'deposits_enabled', m.deposits_enabled, 'deposit_fee_amount', m.deposit_fee_amount::text,
    'refund_fee_on_return', m.refund_fee_on_return,
    'available', CASE WHEN with_balances THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'available' AND a.asset = w.asset) END)), '[]')
  FROM wallets w JOIN wallet_terms m ON m.id = w.terms_id
  WHERE w.id = ANY (v_wallet_ids) OR w.account_number_id = ANY (number_ids)
    OR (w.account_id = ANY (account_ids) AND w.pattern IN ('B', 'C'))
    OR (w.house_role IN ('operating', 'fees', 'settlement') AND w.asset = ANY (assets));
END $$;

-- Writes a batch that was planned on what transfer_context answered: transfers, ledger, withdrawals, and the events that
-- told of them, together or not at all. Where one of the rows that the plan rests on is another by now, or a balance
-- doesn't suffice, it refuses with serialization_failure, and the caller reads again.
CREATE FUNCTION apply_transfers(batch jsonb) RETURNS void
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
    id, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, origin, mode, transacted_at, updated_at)
  SELECT
    id, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, origin, mode, transacted_at, now()
  FROM jsonb_to_recordset(batch->'created') AS c(
    id text, direction direction, state transfer_state, status text, amount bigint, asset text, account_id text,
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

  IF batch ? 'events' THEN
    UPDATE webhook_events e SET state = o.state, last_error = o.reason, processed_at = clock_timestamp(), attempts = e.attempts + 1
    FROM jsonb_to_recordset(batch->'events') AS o(id text, state event_state, reason text) WHERE e.id = o.id;
  END IF;
  DELETE FROM event_claims WHERE id = (batch->>'claim')::bigint;

  -- Last: a hot account is locked from here until the commit, and other batches wait for it.
  IF jsonb_array_length(batch->'postings'->'items') > 0 THEN
    SELECT batch->'postings'->'items'->(p.item - 1)->>'source' INTO v_short
    FROM ledger_post(batch->'postings') p WHERE p.outcome = 'insufficient' ORDER BY p.item LIMIT 1;
    IF v_short IS NOT NULL THEN
      RAISE EXCEPTION '% lacks funds in the accounts that it takes from', v_short USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
END $$;
