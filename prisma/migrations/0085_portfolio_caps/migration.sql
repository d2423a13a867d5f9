-- ── A portfolio limited as one ────────────────────────────────────────────────

-- What all wallets of a portfolio may have together in an asset, and what may leave them within a day of the rail.
CREATE TABLE portfolio_caps (
  portfolio_id uuid NOT NULL REFERENCES portfolios (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  asset text NOT NULL,
  day_amount bigint,
  balance_amount bigint,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (portfolio_id, asset),
  -- What limits nothing is no row.
  CONSTRAINT portfolio_caps_limits CHECK (num_nonnulls(day_amount, balance_amount) > 0),
  CONSTRAINT portfolio_caps_positive CHECK (day_amount > 0 AND balance_amount > 0)
);

-- What is left of it, before an item of a batch that uses of it. `slot`: those that use of the same have the same.
CREATE TYPE ledger_pooled AS (item int, slot int, amount bigint, room bigint);

-- What one person asked for, added up by the rules of adjustments.
CREATE INDEX adjustments_requested_by_id_created_at_idx ON adjustments (requested_by_id, created_at);

-- Of them what is done at once, and audited so, where nobody but who asked could decide (lib/approvals/actions.ts).
CREATE OR REPLACE FUNCTION acts_done_alone() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[
    'operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'role.change', 'rule.change',
    'beneficiary.unblock', 'key.make', 'key.rotate', 'terms.change', 'portfolio.cap', 'stops.change', 'settlement.change', 'debt.plan']
$$;

-- Everything that one person asks for and another decides on, as lib/approvals/actions.ts has it.
CREATE OR REPLACE FUNCTION approval_actions() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[
    'withdrawal.pay', 'batch.pay', 'adjustment.post', 'deposit.return', 'deposit.assign',
    'withdrawal.end', 'payout.explain', 'break.release', 'break.accept', 'payouts.resume', 'standstill.release',
    'operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'operator.guest',
    'role.change', 'rule.change', 'terms.change', 'portfolio.cap', 'stops.change', 'settlement.change', 'key.make', 'key.rotate', 'beneficiary.unblock', 'debt.plan',
    'wallet.move_pattern', 'event.replay', 'wallet.freeze', 'wallet.unfreeze', 'wallet.close', 'number.quarantine',
    'suspense.return', 'suspense.assign', 'customer.erase']
$$;

-- Posts a batch in the order given and returns, per item: posted, duplicate (its cause has posted that step), insufficient (a
-- balance would have gone below zero) or over_limit (a wallet, or all of its portfolio, would have moved more than it may):
-- such an item is left out, the others are posted. Accounts come once per batch, and lines, uses and what is given back
-- point at them by number.
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
  v_use ledger_use;
  v_pooled ledger_pooled[] := '{}';
  v_pool ledger_pooled;
  v_used ledger_used[] := '{}';
  v_given record;
  v_short int;
  v_most int;
  v_most_together int;
  v_slot int;
  v_is_over boolean;
  v_sums bigint[];
  v_counts bigint[];
  v_transactions bigint[];
  v_times timestamptz[];
BEGIN
  -- Whoever uses of what a portfolio may waits here for whoever else does, before any account: of all others nobody waits.
  IF batch ? 'pools' THEN
    PERFORM pg_advisory_xact_lock(hashtext('monedero.portfolio'), p.key)
    FROM (SELECT DISTINCT hashtext(e) AS key FROM jsonb_array_elements_text(batch->'pools') e ORDER BY 1) p;
  END IF;

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
             u.month_amount - d.month_amount, u.month_count - d.month_count,
             -- What is set aside is the wallet's as well; it grows under the lock of what is available alone.
             CASE WHEN u.balance_amount IS NOT NULL THEN u.balance_amount - coalesce((
               SELECT r.balance FROM ledger_accounts r
               WHERE r.code = ('wallet/' || v_wallets[u.account] || '/reserved') COLLATE "C" AND r.asset = v_assets[u.account] COLLATE "C"), 0)
             END)::ledger_use ORDER BY u.item), '{}')
    INTO v_uses
    FROM (
      SELECT b.*, t.day, date_trunc('week', t.day::timestamp)::date AS week, date_trunc('month', t.day::timestamp)::date AS month
      FROM jsonb_to_recordset(batch->'uses') AS b(item int, account int, direction direction, zone text, amount bigint,
        day_amount bigint, day_count bigint, week_amount bigint, week_count bigint, month_amount bigint, month_count bigint,
        balance_amount bigint)
      CROSS JOIN LATERAL (SELECT (v_posted_at AT TIME ZONE b.zone)::date AS day) t
    ) u
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(s.amount) FILTER (WHERE s.day = u.day), 0) AS day_amount,
             coalesce(sum(s.count) FILTER (WHERE s.day = u.day), 0) AS day_count,
             coalesce(sum(s.amount) FILTER (WHERE s.day >= u.week), 0) AS week_amount,
             coalesce(sum(s.count) FILTER (WHERE s.day >= u.week), 0) AS week_count,
             coalesce(sum(s.amount) FILTER (WHERE s.day >= u.month), 0) AS month_amount,
             coalesce(sum(s.count) FILTER (WHERE s.day >= u.month), 0) AS month_count
      FROM ledger_usage_days s
      WHERE num_nonnulls(u.day_amount, u.day_count, u.week_amount, u.week_count, u.month_amount, u.month_count) > 0
        AND s.wallet_id = v_wallets[u.account] AND s.asset = v_assets[u.account] COLLATE "C" AND s.direction = u.direction
        AND s.day BETWEEN least(u.week, u.month) AND u.day
    ) d;
  END IF;

  -- What is left of what a portfolio may as a whole, read under its lock.
  IF batch ? 'pools' THEN
    SELECT array_agg(u.pooled ORDER BY (u.pooled).item)
    INTO v_pooled
    FROM (
      SELECT ROW(b.item, dense_rank() OVER pool,
               -- What comes in counts with what it adds; what goes out, as it does for the wallet.
               CASE WHEN b.direction = 'outbound' THEN b.amount ELSE (
                 SELECT -sum(l.amount) FROM jsonb_to_recordset(batch->'lines') AS l(item int, account int, amount bigint)
                 WHERE l.item = b.item AND l.account = b.account) END,
               b.pool_amount - portfolio_used(b.pool, v_assets[b.account], b.direction, (v_posted_at AT TIME ZONE b.zone)::date)
             )::ledger_pooled AS pooled
      FROM jsonb_to_recordset(batch->'uses') AS b(
        item int, account int, direction direction, zone text, amount bigint, pool uuid, pool_amount bigint)
      WHERE b.pool IS NOT NULL
      WINDOW pool AS (ORDER BY b.pool, v_assets[b.account], b.direction)
    ) u;
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
    -- In plain steps: starting a statement would cost more than all of them. Of each account by direction, what the items
    -- before have used.
    v_most := NULL;
    v_sums := '{}';
    v_counts := '{}';
    FOREACH v_use IN ARRAY v_uses LOOP
      CONTINUE WHEN v_transactions[v_use.item] IS NULL;
      v_slot := 2 * v_use.account - CASE v_use.direction WHEN 'inbound' THEN 1 ELSE 0 END;
      v_sums[v_slot] := coalesce(v_sums[v_slot], 0) + v_use.amount;
      v_counts[v_slot] := coalesce(v_counts[v_slot], 0) + 1;
      v_is_over := v_sums[v_slot] > least(v_use.day_amount, v_use.week_amount, v_use.month_amount)
                   OR v_counts[v_slot] > least(v_use.day_count, v_use.week_count, v_use.month_count);
      IF v_use.balance_amount IS NOT NULL THEN
        v_is_over := coalesce(v_is_over, false) OR v_use.balance_amount < (
          SELECT l.balance_after FROM unnest(v_lines) l
          WHERE l.item = v_use.item AND l.account = v_use.account ORDER BY l.line DESC LIMIT 1);
      END IF;
      IF v_is_over THEN
        v_most := v_use.item;
        EXIT;
      END IF;
    END LOOP;
    v_most_together := NULL;
    v_sums := '{}';
    FOREACH v_pool IN ARRAY v_pooled LOOP
      CONTINUE WHEN v_transactions[v_pool.item] IS NULL;
      v_sums[v_pool.slot] := coalesce(v_sums[v_pool.slot], 0) + v_pool.amount;
      IF v_sums[v_pool.slot] > v_pool.room THEN
        v_most_together := v_pool.item;
        EXIT;
      END IF;
    END LOOP;
    v_most := least(v_most, v_most_together);
    EXIT WHEN v_short IS NULL AND v_most IS NULL;
    IF v_most IS NULL OR v_short <= v_most THEN v_refused := v_refused || v_short;
    ELSE v_over := v_over || v_most;
    END IF;
    v_transactions[least(v_short, v_most)] := NULL;
  END LOOP;

  -- What each transaction uses of its wallet's limits, or gives back to the day that it was counted in; what was never
  -- counted gives nothing back.
  FOREACH v_use IN ARRAY v_uses LOOP
    IF v_transactions[v_use.item] IS NOT NULL THEN
      v_used[v_use.item] := ROW(v_wallets[v_use.account], v_assets[v_use.account], v_use.direction, v_use.day, v_use.amount, 1)::ledger_used;
    END IF;
  END LOOP;
  IF batch ? 'gives_back' THEN
    FOR v_given IN
      SELECT g.item, t.used_wallet_id, t.used_asset, t.used_direction, t.used_day, t.used_amount, t.used_count
      FROM jsonb_to_recordset(batch->'gives_back') AS g(item int, cause_kind text, cause_id text, step text, round smallint)
      JOIN ledger_transactions t
        ON t.cause_id = g.cause_id COLLATE "C" AND t.step = g.step COLLATE "C" AND t.cause_kind = g.cause_kind COLLATE "C" AND t.round = g.round
      WHERE v_transactions[g.item] IS NOT NULL AND t.used_day IS NOT NULL
    LOOP
      v_used[v_given.item] := ROW(v_given.used_wallet_id, v_given.used_asset, v_given.used_direction, v_given.used_day,
                                  -v_given.used_amount, -v_given.used_count)::ledger_used;
      UPDATE ledger_usage_days s SET amount = s.amount - v_given.used_amount, count = s.count - v_given.used_count
      WHERE s.wallet_id = v_given.used_wallet_id AND s.asset = v_given.used_asset COLLATE "C"
        AND s.direction = v_given.used_direction AND s.day = v_given.used_day;
    END LOOP;
  END IF;

  -- Had somebody posted one of these steps meanwhile, between accounts that this batch doesn't touch, its unique
  -- key refuses the batch, and the caller tries again (lib/db.ts).
  WITH transactions AS (
    INSERT INTO ledger_transactions
      (id, cause_kind, cause_id, step, round, kind, effective_at, posted_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note,
       used_wallet_id, used_asset, used_direction, used_day, used_amount, used_count)
    SELECT v_transactions[i.n], i.cause_kind, i.cause_id, i.step, i.round, i.kind, i.effective_at, v_posted_at, i.entry_count,
           i.transfer_id, i.withdrawal_id, i.event_id, i.operator_id, i.note,
           v_used[i.n].wallet_id, v_used[i.n].asset, v_used[i.n].direction, v_used[i.n].day, v_used[i.n].amount, v_used[i.n].count
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
    INSERT INTO ledger_usage_days AS s (wallet_id, asset, direction, day, amount, count)
    SELECT v_wallets[u.account], v_assets[u.account], u.direction, u.day, sum(u.amount), count(*)
    FROM unnest(v_uses) u WHERE v_transactions[u.item] IS NOT NULL
    GROUP BY 1, 2, 3, 4
    ON CONFLICT (wallet_id, asset, direction, day) DO UPDATE SET amount = s.amount + EXCLUDED.amount, count = s.count + EXCLUDED.count;
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

-- What all wallets of a portfolio have moved out of an asset in a day, each by the clock of its own rail; or what they hold
-- now, set aside as well.
CREATE OR REPLACE FUNCTION portfolio_used(pool uuid, of_asset text, way direction, on_day date) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE way
    WHEN 'outbound' THEN (
      SELECT coalesce(sum(s.amount), 0)::bigint
      FROM wallets w JOIN ledger_usage_days s
        ON s.wallet_id = w.id AND s.asset = of_asset COLLATE "C" AND s.direction = 'outbound' AND s.day = on_day
      WHERE w.portfolio_id = pool)
    ELSE (
      SELECT coalesce(sum(a.balance), 0)::bigint
      FROM wallets w CROSS JOIN (VALUES ('available'), ('reserved')) b(bucket)
      JOIN ledger_accounts a
        ON a.code = ('wallet/' || w.id || '/' || b.bucket) COLLATE "C" AND a.asset = of_asset COLLATE "C"
      WHERE w.portfolio_id = pool)
  END
$$;

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

  -- A wallet's version is its assets' too (touch_wallets).
  RETURN QUERY
  SELECT v_transfers, v_withdrawals, coalesce(json_agg(json_build_object(
    'id', w.id, 'version', w.xmin::text, 'kind', w.kind, 'house_role', w.house_role, 'asset', b.asset,
    -- Frozen one way, it takes what comes in; of an asset that was given up, nothing does.
    'status', CASE WHEN b.state = 'cancelled' THEN 'closed' WHEN w.status = 'frozen' AND w.frozen_direction = 'debits' THEN 'open' ELSE w.status END,
    'pattern', b.pattern, 'account_id', b.account_id, 'account_number_id', b.account_number_id,
    'deposits_enabled', m.deposits_enabled AND coalesce(b.rail <> ALL (m.deposit_rails_off), true),
    'deposit_fee_amount', m.deposit_fee_amount::text, 'deposit_fee_bps', m.deposit_fee_bps,
    'deposit_fee_min', m.deposit_fee_min::text, 'deposit_fee_max', m.deposit_fee_max::text,
    'refund_fee_on_return', m.refund_fee_on_return,
    'debt_share_bps', CASE WHEN EXISTS (SELECT FROM debt_plans p WHERE p.wallet_id = w.id AND p.asset = b.asset AND p.state = 'active')
      THEN 0 ELSE m.debt_share_bps END,
    'limits', CASE WHEN num_nonnulls(m.deposit_min_amount, m.deposit_max_amount, m.deposit_day_amount, m.deposit_day_count,
        m.deposit_week_amount, m.deposit_week_count, m.deposit_month_amount, m.deposit_month_count, m.balance_max_amount) > 0
      THEN json_build_object(
        'min_amount', m.deposit_min_amount::text, 'max_amount', m.deposit_max_amount::text,
        'day_amount', m.deposit_day_amount::text, 'day_count', m.deposit_day_count::text,
        'week_amount', m.deposit_week_amount::text, 'week_count', m.deposit_week_count::text,
        'month_amount', m.deposit_month_amount::text, 'month_count', m.deposit_month_count::text,
        'balance_amount', m.balance_max_amount::text) END,
    'pool', CASE WHEN o.balance_amount IS NOT NULL THEN json_build_object('id', o.portfolio_id, 'amount', o.balance_amount::text,
      'held', portfolio_used(o.portfolio_id, b.asset, 'inbound', NULL)::text) END,
    'available', CASE WHEN with_balances OR m.balance_max_amount IS NOT NULL THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'available' AND a.asset = b.asset) END,
    'reserved', CASE WHEN m.balance_max_amount IS NOT NULL THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'reserved' AND a.asset = b.asset) END)), '[]')
  FROM wallet_assets b JOIN wallets w ON w.id = b.wallet_id JOIN wallet_terms m ON m.id = b.terms_id
  LEFT JOIN portfolio_caps o ON o.portfolio_id = w.portfolio_id AND o.asset = b.asset
  WHERE b.asset = ANY (assets)
    AND (b.wallet_id = ANY (v_wallet_ids) OR b.account_number_id = ANY (number_ids)
      OR (b.account_id = ANY (account_ids) AND b.pattern IN ('B', 'C')));
END $$;

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'portfolio.cap', 1, '{}', '[{"people": 1}]');
