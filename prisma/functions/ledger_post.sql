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
  v_asked jsonb := batch->'uses';
  v_account_count int := jsonb_array_length(batch->'accounts');
  v_accounts ledger_locked[];
  v_items ledger_item[];
  -- Of what was left out, why.
  v_left_out text[] := '{}';
  v_lines ledger_line[];
  v_line ledger_line;
  v_uses ledger_use[] := '{}';
  v_use ledger_use;
  v_day ledger_usage_days;
  v_week date;
  v_month date;
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
BEGIN
  -- Whoever uses of what a portfolio may waits here for whoever else does, before any account: of all others nobody waits.
  IF batch ? 'pools' THEN
    PERFORM pg_advisory_xact_lock(hashtext('monedero.portfolio'), p.key)
    FROM (SELECT DISTINCT hashtext(e) AS key FROM jsonb_array_elements_text(batch->'pools') e ORDER BY 1) p;
  END IF;

  -- The touched accounts are locked in the order of their ids, so that two batches that meet on one (and every deposit
  -- of a shared Fintoc account meets the same cash account) wait for each other there. A locked row is read as it is now.
  LOOP
    v_accounts := ARRAY(
      SELECT ROW(l.id, l.sequence, l.balance, CASE l.side WHEN 'debit' THEN 1 ELSE -1 END, l.non_negative, l.wallet_id, l.asset)::ledger_locked
      FROM (
        SELECT a.id, a.sequence, a.balance, a.side, a.non_negative, a.asset, s.wallet_id, s.n
        FROM ROWS FROM (jsonb_to_recordset(batch->'accounts') AS (code text, asset text, wallet_id uuid)) WITH ORDINALITY s(code, asset, wallet_id, n)
        JOIN ledger_accounts a ON a.code = s.code COLLATE "C" AND a.asset = s.asset COLLATE "C"
        ORDER BY a.id FOR UPDATE OF a
      ) l ORDER BY l.n);
    EXIT WHEN cardinality(v_accounts) = v_account_count;
    INSERT INTO ledger_accounts (code, asset, side, bucket, owner_id, non_negative)
    SELECT s.code, s.asset, s.side, s.bucket, s.owner_id, s.non_negative
    FROM jsonb_to_recordset(batch->'accounts') AS s(code text, asset text, side ledger_side, bucket text, owner_id text, non_negative boolean)
    WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.code = s.code COLLATE "C" AND a.asset = s.asset COLLATE "C")
    ORDER BY s.code, s.asset
    ON CONFLICT (code, asset) DO NOTHING;
  END LOOP;

  -- Under the locks from here on: a statement sees what was committed before it began, and an account's entries are
  -- posted in the order of their times.
  v_posted_at := clock_timestamp();

  -- A step of a cause that stands already, or twice in this batch, is posted once. Items are numbered, so that entries find
  -- their transaction without a join; `id` is null for what isn't posted.
  v_items := ARRAY(
    SELECT ROW(CASE WHEN i.first = i.n AND t.id IS NULL THEN nextval('ledger_transactions_id_seq') END, t.id, i.first,
               i.cause_kind, i.cause_id, i.step, i.round, i.kind, i.effective_at, i.entry_count, i.transfer_id, i.withdrawal_id,
               i.event_id, i.operator_id, i.note)::ledger_item
    FROM (
      SELECT i.*, min(i.n) OVER (PARTITION BY i.cause_id COLLATE "C", i.step COLLATE "C", i.cause_kind COLLATE "C", i.round) AS first
      FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (
        cause_kind text, cause_id text, step text, round smallint, kind text, effective_at timestamptz, entry_count smallint,
        transfer_id text, withdrawal_id uuid, event_id text, operator_id uuid, note text
      )) WITH ORDINALITY i(cause_kind, cause_id, step, round, kind, effective_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note, n)
    ) i
    LEFT JOIN ledger_transactions t
      ON t.cause_id = i.cause_id COLLATE "C" AND t.step = i.step COLLATE "C" AND t.cause_kind = i.cause_kind COLLATE "C" AND t.round = i.round
    ORDER BY i.n);

  -- What is left of each limit in the day, week and month of the rail's clock, read under the lock of the wallet's account:
  -- whoever uses of it holds that lock. One by one, as few have limits: of the others no statement is started.
  FOR v_nth IN 1 .. coalesce(jsonb_array_length(v_asked), 0) LOOP
    v_use := jsonb_populate_record(NULL::ledger_use, v_asked->(v_nth - 1));
    v_use.day := (coalesce(v_use.used_at, v_posted_at) AT TIME ZONE v_use.zone)::date;
    IF num_nonnulls(v_use.day_amount, v_use.day_count, v_use.week_amount, v_use.week_count, v_use.month_amount, v_use.month_count) > 0 THEN
      v_week := date_trunc('week', v_use.day::timestamp)::date;
      v_month := date_trunc('month', v_use.day::timestamp)::date;
      FOREACH v_day IN ARRAY ARRAY(
        SELECT s FROM ledger_usage_days s
        WHERE s.wallet_id = v_accounts[v_use.account].wallet_id AND s.asset = v_accounts[v_use.account].asset COLLATE "C"
          AND s.direction = v_use.direction AND s.day BETWEEN least(v_week, v_month) AND v_use.day)
      LOOP
        IF v_day.day = v_use.day THEN
          v_use.day_amount := v_use.day_amount - v_day.amount;
          v_use.day_count := v_use.day_count - v_day.count;
        END IF;
        IF v_day.day >= v_week THEN
          v_use.week_amount := v_use.week_amount - v_day.amount;
          v_use.week_count := v_use.week_count - v_day.count;
        END IF;
        IF v_day.day >= v_month THEN
          v_use.month_amount := v_use.month_amount - v_day.amount;
          v_use.month_count := v_use.month_count - v_day.count;
        END IF;
      END LOOP;
    END IF;
    IF v_use.balance_amount IS NOT NULL THEN
      -- What is set aside is the wallet's as well; it grows under the lock of what is available alone.
      v_use.balance_amount := v_use.balance_amount - coalesce((
        SELECT r.balance FROM ledger_accounts r
        WHERE r.code = ('wallet/' || v_accounts[v_use.account].wallet_id || '/reserved') COLLATE "C" AND r.asset = v_accounts[v_use.account].asset COLLATE "C"), 0);
    END IF;
    v_uses[v_nth] := v_use;
  END LOOP;

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
               b.pool_amount - portfolio_used(b.pool, v_accounts[b.account].asset, b.direction, (v_posted_at AT TIME ZONE b.zone)::date)
             )::ledger_pooled AS pooled
      FROM jsonb_to_recordset(batch->'uses') AS b(
        item int, account int, direction direction, zone text, amount bigint, pool uuid, pool_amount bigint)
      WHERE b.pool IS NOT NULL
      WINDOW pool AS (ORDER BY b.pool, v_accounts[b.account].asset, b.direction)
    ) u;
  END IF;

  -- Leaves out, one by one from the first, what would take a balance below zero, or a wallet over its limits.
  LOOP
    v_lines := ARRAY(
      SELECT ROW(l.item, l.line, l.account, l.amount, l.kind,
                 v_accounts[l.account].sequence + row_number() OVER running,
                 v_accounts[l.account].balance + v_accounts[l.account].sign * sum(l.amount) OVER running,
                 (l.guarded OR v_accounts[l.account].non_negative) AND v_accounts[l.account].sign * l.amount < 0)::ledger_line
      FROM jsonb_to_recordset(batch->'lines') AS l(item int, line int, account int, amount bigint, kind text, guarded boolean)
      WHERE v_items[l.item].id IS NOT NULL
      WINDOW running AS (PARTITION BY l.account ORDER BY l.item, l.line));
    v_short := NULL;
    FOREACH v_line IN ARRAY v_lines LOOP
      IF v_line.balance_after < 0 AND v_line.checked THEN v_short := least(v_short, v_line.item); END IF;
    END LOOP;
    -- In plain steps: starting a statement would cost more than all of them. Of each account by direction, what the items
    -- before have used.
    v_most := NULL;
    v_sums := '{}';
    v_counts := '{}';
    FOREACH v_use IN ARRAY v_uses LOOP
      CONTINUE WHEN v_items[v_use.item].id IS NULL;
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
      CONTINUE WHEN v_items[v_pool.item].id IS NULL;
      v_sums[v_pool.slot] := coalesce(v_sums[v_pool.slot], 0) + v_pool.amount;
      IF v_sums[v_pool.slot] > v_pool.room THEN
        v_most_together := v_pool.item;
        EXIT;
      END IF;
    END LOOP;
    v_most := least(v_most, v_most_together);
    EXIT WHEN v_short IS NULL AND v_most IS NULL;
    v_items[least(v_short, v_most)].id := NULL;
    v_left_out[least(v_short, v_most)] := CASE WHEN v_most IS NULL OR v_short <= v_most THEN 'insufficient' ELSE 'over_limit' END;
  END LOOP;

  -- What each transaction uses of its wallet's limits, or gives back to the day that it was counted in; what was never
  -- counted gives nothing back.
  FOREACH v_use IN ARRAY v_uses LOOP
    IF v_items[v_use.item].id IS NOT NULL THEN
      v_used[v_use.item] := ROW(v_accounts[v_use.account].wallet_id, v_accounts[v_use.account].asset, v_use.direction, v_use.day, v_use.amount, 1)::ledger_used;
    END IF;
  END LOOP;
  IF batch ? 'gives_back' THEN
    FOR v_given IN
      SELECT g.item, t.used_wallet_id, t.used_asset, t.used_direction, t.used_day, t.used_amount, t.used_count
      FROM jsonb_to_recordset(batch->'gives_back') AS g(item int, cause_kind text, cause_id text, step text, round smallint)
      JOIN ledger_transactions t
        ON t.cause_id = g.cause_id COLLATE "C" AND t.step = g.step COLLATE "C" AND t.cause_kind = g.cause_kind COLLATE "C" AND t.round = g.round
      WHERE v_items[g.item].id IS NOT NULL AND t.used_day IS NOT NULL
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
    SELECT i.id, i.cause_kind, i.cause_id, i.step, i.round, i.kind, i.effective_at, v_posted_at, i.entry_count,
           i.transfer_id, i.withdrawal_id, i.event_id, i.operator_id, i.note,
           v_used[i.n].wallet_id, v_used[i.n].asset, v_used[i.n].direction, v_used[i.n].day, v_used[i.n].amount, v_used[i.n].count
    FROM unnest(v_items) WITH ORDINALITY i(id, standing, first, cause_kind, cause_id, step, round, kind, effective_at, entry_count,
      transfer_id, withdrawal_id, event_id, operator_id, note, n)
    WHERE i.id IS NOT NULL
  )
  INSERT INTO ledger_entries
    (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
  SELECT v_items[l.item].id, l.line, v_accounts[l.account].id, l.sequence, v_accounts[l.account].asset, l.amount, l.balance_after,
         l.kind, v_accounts[l.account].wallet_id, v_items[l.item].effective_at, v_posted_at
  FROM unnest(v_lines) l ORDER BY l.item, l.line;

  -- One alone, as most are, has nothing to be added up with.
  IF cardinality(v_uses) = 1 THEN
    v_use := v_uses[1];
    IF v_items[v_use.item].id IS NOT NULL THEN
      INSERT INTO ledger_usage_days AS s (wallet_id, asset, direction, day, amount, count)
      VALUES (v_accounts[v_use.account].wallet_id, v_accounts[v_use.account].asset, v_use.direction, v_use.day, v_use.amount, 1)
      ON CONFLICT (wallet_id, asset, direction, day) DO UPDATE SET amount = s.amount + EXCLUDED.amount, count = s.count + EXCLUDED.count;
    END IF;
  ELSIF cardinality(v_uses) > 1 THEN
    INSERT INTO ledger_usage_days AS s (wallet_id, asset, direction, day, amount, count)
    SELECT v_accounts[u.account].wallet_id, v_accounts[u.account].asset, u.direction, u.day, sum(u.amount), count(*)
    FROM unnest(v_uses) u WHERE v_items[u.item].id IS NOT NULL
    GROUP BY 1, 2, 3, 4
    ON CONFLICT (wallet_id, asset, direction, day) DO UPDATE SET amount = s.amount + EXCLUDED.amount, count = s.count + EXCLUDED.count;
  END IF;

  -- What comes twice has the id of its first.
  FOR v_nth IN 1 .. cardinality(v_items) LOOP
    item := v_nth;
    transaction_id := coalesce(v_items[v_nth].id, v_items[v_nth].standing, v_items[v_items[v_nth].first].id);
    outcome := CASE WHEN v_items[v_nth].id IS NULL THEN coalesce(v_left_out[v_nth], 'duplicate') ELSE 'posted' END;
    RETURN NEXT;
  END LOOP;
END $$;
