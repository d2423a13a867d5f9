-- Terms are versions, and limits are checked where money is posted.

-- ── Versions ─────────────────────────────────────────────────────────────────

ALTER TABLE wallet_terms
  ADD COLUMN version int NOT NULL DEFAULT 1,
  ADD COLUMN deposit_rails_off text[] NOT NULL DEFAULT '{}',
  ADD COLUMN withdrawal_rails_off text[] NOT NULL DEFAULT '{}',
  ADD COLUMN deposit_min_amount bigint,
  ADD COLUMN deposit_max_amount bigint,
  ADD COLUMN deposit_day_amount bigint,
  ADD COLUMN deposit_day_count bigint,
  ADD COLUMN deposit_week_amount bigint,
  ADD COLUMN deposit_week_count bigint,
  ADD COLUMN deposit_month_amount bigint,
  ADD COLUMN deposit_month_count bigint,
  ADD COLUMN deposit_fee_bps int NOT NULL DEFAULT 0,
  ADD COLUMN deposit_fee_min bigint,
  ADD COLUMN deposit_fee_max bigint,
  ADD COLUMN withdrawal_min_amount bigint,
  ADD COLUMN withdrawal_day_count bigint,
  ADD COLUMN withdrawal_week_amount bigint,
  ADD COLUMN withdrawal_week_count bigint,
  ADD COLUMN withdrawal_month_amount bigint,
  ADD COLUMN withdrawal_month_count bigint,
  ADD COLUMN withdrawal_fee_bps int NOT NULL DEFAULT 0,
  ADD COLUMN withdrawal_fee_min bigint,
  ADD COLUMN withdrawal_fee_max bigint,
  ADD COLUMN balance_max_amount bigint,
  ADD COLUMN deposits_refused_by_rail boolean NOT NULL DEFAULT false,
  ADD COLUMN adjustments_count boolean NOT NULL DEFAULT false,
  ADD COLUMN eligible_kinds customer_kind[] NOT NULL DEFAULT '{}',
  ADD COLUMN eligible_countries text[] NOT NULL DEFAULT '{}',
  ADD COLUMN kyb_required boolean NOT NULL DEFAULT false,
  ADD COLUMN min_age int,
  ADD CONSTRAINT wallet_terms_version CHECK (version > 0),
  ADD CONSTRAINT wallet_terms_limits CHECK (least(
    deposit_max_amount, deposit_day_amount, deposit_day_count, deposit_week_amount,
    deposit_week_count, deposit_month_amount, deposit_month_count, withdrawal_max_amount,
    withdrawal_day_amount, withdrawal_day_count, withdrawal_week_amount, withdrawal_week_count,
    withdrawal_month_amount, withdrawal_month_count,
    deposit_min_amount, withdrawal_min_amount, balance_max_amount, min_age, 1) > 0),
  ADD CONSTRAINT wallet_terms_fees CHECK (least(
    deposit_fee_amount, deposit_fee_bps, deposit_fee_min, deposit_fee_max,
    withdrawal_fee_amount, withdrawal_fee_bps, withdrawal_fee_min, withdrawal_fee_max) >= 0
    AND greatest(deposit_fee_bps, withdrawal_fee_bps) <= 10000);
DROP INDEX wallet_terms_name_key;
CREATE UNIQUE INDEX wallet_terms_name_version_key ON wallet_terms (name, version);
CREATE TRIGGER wallet_terms_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet_terms
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'terms.change', 1, '{}', '[{"people": 1}]');

ALTER TABLE transfers
  DROP CONSTRAINT transfers_suspense_reason_check,
  ADD CONSTRAINT transfers_suspense_reason_check CHECK (suspense_reason IN (
    'unknown_number', 'wallet_frozen', 'wallet_closed', 'deposits_disabled', 'outside_limits'));

-- ── What is used of limits ───────────────────────────────────────────────────

CREATE TABLE ledger_uses (
  transaction_id bigint PRIMARY KEY,
  wallet_id uuid NOT NULL,
  asset text NOT NULL,
  direction direction NOT NULL,
  day date NOT NULL,
  amount bigint NOT NULL,
  count int NOT NULL
);
CREATE TABLE ledger_usage_days (
  wallet_id uuid NOT NULL,
  asset text NOT NULL,
  direction direction NOT NULL,
  day date NOT NULL,
  amount bigint NOT NULL,
  count int NOT NULL,
  PRIMARY KEY (wallet_id, asset, direction, day),
  CONSTRAINT ledger_usage_days_sums CHECK (amount >= 0 AND count >= 0)
);
CREATE TRIGGER ledger_uses_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_uses
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- What is left of each limit of a use, before it.
CREATE TYPE ledger_use AS (
  item int, account int, direction direction, day date, amount bigint, day_amount bigint, day_count bigint,
  week_amount bigint, week_count bigint, month_amount bigint, month_count bigint, balance_amount bigint
);

-- What was asked for so far and may pay or has, and what customers were sent: this month's limits count it.
INSERT INTO ledger_uses (transaction_id, wallet_id, asset, direction, day, amount, count)
SELECT t.id, w.wallet_id, w.asset, 'outbound', (t.posted_at AT TIME ZONE 'America/Mexico_City')::date, w.amount, 1
FROM withdrawals w JOIN ledger_transactions t ON t.cause_kind = 'withdrawal' AND t.cause_id = w.id::text AND t.step = 'hold' AND t.round = 0
WHERE w.status NOT IN ('failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired') AND t.posted_at > now() - interval '32 days';
INSERT INTO ledger_uses (transaction_id, wallet_id, asset, direction, day, amount, count)
SELECT t.id, r.wallet_id, r.asset, 'inbound', (t.posted_at AT TIME ZONE 'America/Mexico_City')::date, r.amount, 1
FROM transfers r JOIN ledger_transactions t ON t.cause_kind = 'transfer' AND t.cause_id = r.id AND t.step = 'credit' AND t.round = 0
JOIN wallets w ON w.id = r.wallet_id AND w.kind = 'customer'
WHERE r.direction = 'inbound' AND r.suspense_reason IS NULL AND t.posted_at > now() - interval '32 days'
  AND EXISTS (SELECT FROM ledger_entries e WHERE e.transaction_id = t.id AND e.wallet_id = r.wallet_id);
INSERT INTO ledger_usage_days (wallet_id, asset, direction, day, amount, count)
SELECT wallet_id, asset, direction, day, sum(amount), sum(count) FROM ledger_uses GROUP BY wallet_id, asset, direction, day;

-- ── Functions ────────────────────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action NOT IN ('operator.enrol', 'operator.change', 'operator.password', 'rule.change', 'beneficiary.unblock', 'key.make', 'terms.change')) THEN
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

-- Posts a batch in the order given and returns, per item: posted, duplicate (its cause has posted that step), insufficient (a
-- balance would have gone below zero) or over_limit (a wallet would have moved more than it may): such an item is left out,
-- the others are posted. Accounts come once per batch, and lines, uses and what is given back point at them by number.
--
-- With the owner's rights, however little its caller may. Where it looks for names is its own to say: a table of the
-- caller's with the name of one of ours would be found first otherwise.
CREATE OR REPLACE FUNCTION ledger_post(batch jsonb)
RETURNS TABLE (item int, transaction_id bigint, outcome text) LANGUAGE plpgsql SECURITY DEFINER
-- The tables grow a thousandfold while a connection keeps its plans: the one for small tables would scan them. And
-- planning anew for each batch would cost more than the batch.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
SET search_path = pg_catalog, public, pg_temp AS $$
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
  v_over int[] := '{}';
  v_lines ledger_line[];
  v_uses ledger_use[] := '{}';
  v_short int;
  v_most int;
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
  -- posted in the order of their times. A step of a cause that stands already, or twice in this batch, is posted once.
  v_posted_at := clock_timestamp();
  -- Numbered by item, so that entries find their transaction without a join; null for what isn't posted.
  SELECT array_agg(CASE WHEN i.is_first AND NOT EXISTS (
           SELECT 1 FROM ledger_transactions t
           WHERE t.cause_id = i.cause_id COLLATE "C" AND t.step = i.step COLLATE "C" AND t.cause_kind = i.cause_kind COLLATE "C" AND t.round = i.round)
                        THEN nextval('ledger_transactions_id_seq') END ORDER BY i.n),
         array_agg(i.effective_at ORDER BY i.n)
  INTO v_transactions, v_times
  FROM (
    SELECT i.*, row_number() OVER (PARTITION BY i.cause_id, i.step, i.cause_kind, i.round ORDER BY i.n) = 1 AS is_first
    FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (cause_kind text, cause_id text, step text, round smallint, effective_at timestamptz))
      WITH ORDINALITY i(cause_kind, cause_id, step, round, effective_at, n)
  ) i;

  -- What is left of each limit in the day, week and month of the rail's clock, read under the lock of the wallet's account:
  -- whoever uses of it holds that lock.
  IF batch ? 'uses' THEN
    SELECT coalesce(array_agg(ROW(u.item, u.account, u.direction, u.day, u.amount,
             u.day_amount - d.day_amount, u.day_count - d.day_count, u.week_amount - d.week_amount, u.week_count - d.week_count,
             u.month_amount - d.month_amount, u.month_count - d.month_count, u.balance_amount)::ledger_use), '{}')
    INTO v_uses
    FROM (
      SELECT b.*, (v_posted_at AT TIME ZONE b.zone)::date AS day
      FROM jsonb_to_recordset(batch->'uses') AS b(item int, account int, direction direction, zone text, amount bigint,
        day_amount bigint, day_count bigint, week_amount bigint, week_count bigint, month_amount bigint, month_count bigint,
        balance_amount bigint)
    ) u
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(s.amount) FILTER (WHERE s.day = u.day), 0) AS day_amount,
             coalesce(sum(s.count) FILTER (WHERE s.day = u.day), 0) AS day_count,
             coalesce(sum(s.amount) FILTER (WHERE s.day >= date_trunc('week', u.day::timestamp)), 0) AS week_amount,
             coalesce(sum(s.count) FILTER (WHERE s.day >= date_trunc('week', u.day::timestamp)), 0) AS week_count,
             coalesce(sum(s.amount) FILTER (WHERE s.day >= date_trunc('month', u.day::timestamp)), 0) AS month_amount,
             coalesce(sum(s.count) FILTER (WHERE s.day >= date_trunc('month', u.day::timestamp)), 0) AS month_count
      FROM ledger_usage_days s
      WHERE num_nonnulls(u.day_amount, u.day_count, u.week_amount, u.week_count, u.month_amount, u.month_count) > 0
        AND s.wallet_id = v_wallets[u.account] AND s.asset = v_assets[u.account] COLLATE "C" AND s.direction = u.direction
        AND s.day BETWEEN least(date_trunc('week', u.day::timestamp), date_trunc('month', u.day::timestamp))::date AND u.day
    ) d;
  END IF;

  -- Leaves out, one by one from the first, what would take a balance below zero, or a wallet over its limits.
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
    IF cardinality(v_uses) > 0 THEN
      SELECT min(o.item) INTO v_most FROM (
        SELECT u.item, sum(u.amount) OVER used > least(u.day_amount, u.week_amount, u.month_amount)
               OR count(*) OVER used > least(u.day_count, u.week_count, u.month_count)
               OR u.balance_amount < (
                 SELECT l.balance_after FROM unnest(v_lines) l
                 WHERE l.item = u.item AND l.account = u.account ORDER BY l.line DESC LIMIT 1) AS is_over
        FROM unnest(v_uses) u WHERE v_transactions[u.item] IS NOT NULL
        WINDOW used AS (PARTITION BY u.account, u.direction ORDER BY u.item)
      ) o WHERE o.is_over;
    END IF;
    EXIT WHEN v_short IS NULL AND v_most IS NULL;
    IF v_most IS NULL OR v_short <= v_most THEN v_refused := v_refused || v_short;
    ELSE v_over := v_over || v_most;
    END IF;
    v_transactions[least(v_short, v_most)] := NULL;
  END LOOP;

  -- Had somebody posted one of these steps meanwhile, between accounts that this batch doesn't touch, its unique
  -- key refuses the batch, and the caller tries again (lib/db.ts).
  WITH transactions AS (
    INSERT INTO ledger_transactions
      (id, cause_kind, cause_id, step, round, kind, effective_at, posted_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note)
    SELECT v_transactions[i.n], i.cause_kind, i.cause_id, i.step, i.round, i.kind, i.effective_at, v_posted_at, i.entry_count,
           i.transfer_id, i.withdrawal_id, i.event_id, i.operator_id, i.note
    FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (
      cause_kind text, cause_id text, step text, round smallint, kind text, effective_at timestamptz, entry_count int,
      transfer_id text, withdrawal_id uuid, event_id text, operator_id uuid, note text
    )) WITH ORDINALITY i(cause_kind, cause_id, step, round, kind, effective_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note, n)
    WHERE v_transactions[i.n] IS NOT NULL
  )
  INSERT INTO ledger_entries
    (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
  SELECT v_transactions[l.item], l.line, v_ids[l.account], l.sequence, v_assets[l.account], l.amount, l.balance_after,
         l.kind, v_wallets[l.account], v_times[l.item], v_posted_at
  FROM unnest(v_lines) l ORDER BY l.item, l.line;

  IF cardinality(v_uses) > 0 THEN
    WITH used AS (
      INSERT INTO ledger_uses (transaction_id, wallet_id, asset, direction, day, amount, count)
      SELECT v_transactions[u.item], v_wallets[u.account], v_assets[u.account], u.direction, u.day, u.amount, 1
      FROM unnest(v_uses) u WHERE v_transactions[u.item] IS NOT NULL
      RETURNING wallet_id, asset, direction, day, amount, count
    )
    INSERT INTO ledger_usage_days AS s (wallet_id, asset, direction, day, amount, count)
    SELECT wallet_id, asset, direction, day, sum(amount), sum(count) FROM used GROUP BY wallet_id, asset, direction, day
    ON CONFLICT (wallet_id, asset, direction, day) DO UPDATE SET amount = s.amount + EXCLUDED.amount, count = s.count + EXCLUDED.count;
  END IF;
  -- What was never counted gives nothing back; the rest goes back to the day that it was counted in.
  IF batch ? 'gives_back' THEN
    WITH given AS (
      INSERT INTO ledger_uses (transaction_id, wallet_id, asset, direction, day, amount, count)
      SELECT v_transactions[g.item], b.wallet_id, b.asset, b.direction, b.day, -b.amount, -b.count
      FROM jsonb_to_recordset(batch->'gives_back') AS g(item int, cause_kind text, cause_id text, step text, round smallint)
      JOIN ledger_transactions t
        ON t.cause_id = g.cause_id COLLATE "C" AND t.step = g.step COLLATE "C" AND t.cause_kind = g.cause_kind COLLATE "C" AND t.round = g.round
      JOIN ledger_uses b ON b.transaction_id = t.id
      WHERE v_transactions[g.item] IS NOT NULL
      RETURNING wallet_id, asset, direction, day, amount, count
    ), sums AS (
      SELECT wallet_id, asset, direction, day, sum(amount) AS amount, sum(count) AS count FROM given GROUP BY wallet_id, asset, direction, day
    )
    UPDATE ledger_usage_days s SET amount = s.amount + g.amount, count = s.count + g.count FROM sums g
    WHERE s.wallet_id = g.wallet_id AND s.asset = g.asset AND s.direction = g.direction AND s.day = g.day;
  END IF;

  RETURN QUERY
  SELECT i.n::int,
         coalesce(v_transactions[i.n], (
           SELECT t.id FROM ledger_transactions t
           WHERE t.cause_id = i.cause_id COLLATE "C" AND t.step = i.step COLLATE "C" AND t.cause_kind = i.cause_kind COLLATE "C" AND t.round = i.round)),
         CASE WHEN v_transactions[i.n] IS NOT NULL THEN 'posted' WHEN i.n = ANY (v_refused) THEN 'insufficient'
              WHEN i.n = ANY (v_over) THEN 'over_limit' ELSE 'duplicate' END
  FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (cause_kind text, cause_id text, step text, round smallint))
    WITH ORDINALITY i(cause_kind, cause_id, step, round, n)
  ORDER BY i.n;
END $$;

-- Writes a batch that was planned on what transfer_context answered: transfers, ledger, withdrawals, and the events that
-- told of them, together or not at all. Where one of the rows that the plan rests on is another by now, or a balance or what
-- is left of a limit doesn't suffice, it refuses with serialization_failure, and the caller reads again.
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
    return_began_at, return_reserved, marked_withdrawal_id, marked_wallet_id, origin, mode, transacted_at, updated_at)
  SELECT
    id, rail, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, marked_withdrawal_id, marked_wallet_id, origin, mode, transacted_at, now()
  FROM jsonb_to_recordset(batch->'created') AS c(
    id text, rail text, direction direction, state transfer_state, status text, amount bigint, asset text, account_id text,
    account_number_id text, account_number text, wallet_id uuid, purpose text, suspense_reason text,
    suspense_since timestamptz, counterparty_name text, counterparty_tax_id text, counterparty_number text,
    counterparty_bank text, tracking_key text, reference_id text, comment text, receipt_url text, return_reason text,
    error_reason text, return_attempts int, return_requested_at timestamptz, return_began_at timestamptz,
    return_reserved bigint, marked_withdrawal_id uuid, marked_wallet_id uuid, origin text, mode text, transacted_at timestamptz)
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
    FROM ledger_post(batch->'postings') p WHERE p.outcome IN ('insufficient', 'over_limit') ORDER BY p.item LIMIT 1;
    IF v_short IS NOT NULL THEN
      RAISE EXCEPTION '% lacks funds, or passes a limit', v_short USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
END $$;

-- Everything that the postings of a batch of transfers need to know, by one question: of wallets, each in the asset that it
-- is about. `version` tells whether a row is
-- still the one that was read: apply_transfers compares it before it writes.
CREATE OR REPLACE FUNCTION transfer_context(
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
    SELECT (t->>'wallet_id')::uuid FROM jsonb_array_elements(v_transfers || v_withdrawals) t WHERE t->>'wallet_id' IS NOT NULL
    UNION ALL SELECT h.id FROM wallets h WHERE h.house_role IN ('operating', 'fees', 'settlement'));

  -- A wallet's version is its assets' too (touch_wallet).
  RETURN QUERY
  SELECT v_transfers, v_withdrawals, coalesce(json_agg(json_build_object(
    'id', w.id, 'version', w.xmin::text, 'kind', w.kind, 'house_role', w.house_role, 'asset', b.asset, 'status', w.status,
    'pattern', b.pattern, 'account_id', b.account_id, 'account_number_id', b.account_number_id,
    'deposits_enabled', m.deposits_enabled AND coalesce(b.rail <> ALL (m.deposit_rails_off), true),
    'deposit_fee_amount', m.deposit_fee_amount::text, 'deposit_fee_bps', m.deposit_fee_bps,
    'deposit_fee_min', m.deposit_fee_min::text, 'deposit_fee_max', m.deposit_fee_max::text,
    'refund_fee_on_return', m.refund_fee_on_return,
    'limits', CASE WHEN num_nonnulls(m.deposit_min_amount, m.deposit_max_amount, m.deposit_day_amount, m.deposit_day_count,
        m.deposit_week_amount, m.deposit_week_count, m.deposit_month_amount, m.deposit_month_count, m.balance_max_amount) > 0
      THEN json_build_object(
        'min_amount', m.deposit_min_amount::text, 'max_amount', m.deposit_max_amount::text,
        'day_amount', m.deposit_day_amount::text, 'day_count', m.deposit_day_count::text,
        'week_amount', m.deposit_week_amount::text, 'week_count', m.deposit_week_count::text,
        'month_amount', m.deposit_month_amount::text, 'month_count', m.deposit_month_count::text,
        'balance_amount', m.balance_max_amount::text) END,
    'available', CASE WHEN with_balances OR m.balance_max_amount IS NOT NULL THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'available' AND a.asset = b.asset) END)), '[]')
  FROM wallet_assets b JOIN wallets w ON w.id = b.wallet_id JOIN wallet_terms m ON m.id = b.terms_id
  WHERE b.asset = ANY (assets)
    AND (b.wallet_id = ANY (v_wallet_ids) OR b.account_number_id = ANY (number_ids)
      OR (b.account_id = ANY (account_ids) AND b.pattern IN ('B', 'C')));
END $$;
