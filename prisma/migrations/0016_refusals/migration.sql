-- A balance is what the last entry says, and a payout is what was asked for and approved.

-- ── Accounts stand at their last entry ───────────────────────────────────────

-- What an account is stays: that it may not go below zero, and whose it is, too.
DROP TRIGGER ledger_accounts_identity ON ledger_accounts;
CREATE TRIGGER ledger_accounts_identity
  BEFORE UPDATE OF id, code, asset, side, bucket, owner_id, non_negative ON ledger_accounts
  FOR EACH ROW EXECUTE FUNCTION refuse_account_change();

CREATE FUNCTION refuse_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account has the balance and the sequence of its last entry' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER ledger_accounts_begin BEFORE INSERT ON ledger_accounts
  FOR EACH ROW WHEN (NEW.sequence <> 0 OR NEW.balance <> 0) EXECUTE FUNCTION refuse_balance();
-- Entries move their accounts, by the trigger below; nothing else does. So there is nothing to look up.
CREATE TRIGGER ledger_accounts_follow BEFORE UPDATE OF sequence, balance ON ledger_accounts
  FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION refuse_balance();

-- As before (0007_engine), and takes the accounts to the last of their entries: which follow from where the account
-- stood, without a gap, and say what it and they add up to.
CREATE OR REPLACE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- One statement for both: starting one costs more than running it.
  v_fault text := CASE
    WHEN EXISTS (SELECT 1 FROM fresh GROUP BY transaction_id, asset HAVING sum(amount) <> 0)
      THEN 'a transaction''s entries must sum to zero per asset'
    WHEN EXISTS (
      SELECT 1
      FROM (SELECT transaction_id, count(*) AS entries, max(line) AS last_line FROM fresh GROUP BY transaction_id) f
      LEFT JOIN ledger_transactions t ON t.id = f.transaction_id
      WHERE t.id IS NULL OR f.entries <> t.entry_count OR f.last_line <> t.entry_count)
      THEN 'entries are inserted together with their transaction'
    END;
  v_left int;
BEGIN
  IF v_fault IS NULL THEN
    WITH last AS (
      SELECT account_id, count(*) AS entries, max(sequence) AS sequence, sum(amount)::bigint AS amount,
             (array_agg(balance_after ORDER BY sequence DESC))[1] AS balance, min(asset) AS asset, max(asset) AS other
      FROM fresh GROUP BY account_id
    ), moved AS (
      UPDATE ledger_accounts a SET sequence = l.sequence, balance = l.balance
      FROM last l
      WHERE a.id = l.account_id AND a.asset = l.asset AND l.asset = l.other AND a.sequence + l.entries = l.sequence
        AND a.balance + CASE a.side WHEN 'debit' THEN l.amount ELSE -l.amount END = l.balance
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM last) - (SELECT count(*) FROM moved) INTO v_left;
    IF v_left > 0 THEN
      v_fault := CASE
        WHEN EXISTS (SELECT 1 FROM fresh f LEFT JOIN ledger_accounts a ON a.id = f.account_id WHERE a.asset IS DISTINCT FROM f.asset)
          THEN 'an entry is of an account, in the account''s asset'
        ELSE 'an account has the balance and the sequence of its last entry' END;
    END IF;
  END IF;
  IF v_fault IS NOT NULL THEN
    RAISE EXCEPTION 'ledger: %', v_fault USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- As before (0007_engine), without the accounts' update, which the entries do themselves.
CREATE OR REPLACE FUNCTION ledger_post(batch jsonb)
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
  )
  INSERT INTO ledger_entries
    (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
  SELECT v_transactions[l.item], l.line, v_ids[l.account], l.sequence, v_assets[l.account], l.amount, l.balance_after,
         l.kind, v_wallets[l.account], v_times[l.item], v_posted_at
  FROM unnest(v_lines) l ORDER BY l.item, l.line;

  RETURN QUERY
  SELECT i.n::int,
         coalesce(v_transactions[i.n], (SELECT t.id FROM ledger_transactions t WHERE t.source = i.source COLLATE "C")),
         CASE WHEN v_transactions[i.n] IS NOT NULL THEN 'posted' WHEN i.n = ANY (v_refused) THEN 'insufficient' ELSE 'duplicate' END
  FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (source text)) WITH ORDINALITY i(source, n)
  ORDER BY i.n;
END $$;

-- ── A payout is what was approved ────────────────────────────────────────────

ALTER TABLE withdrawals ADD COLUMN request_hash text, ADD COLUMN approved_hash text;

-- What leaves, from where and to whom, as one number. lib/transfers/seal.ts makes the same of the row that it sends.
CREATE FUNCTION withdrawal_hash(asked withdrawals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', asked.id, asked.wallet_id, asked.account_id, asked.asset, asked.amount,
    asked.fee_amount, asked.beneficiary_number), 'UTF8')), 'hex')
$$;

UPDATE withdrawals w SET request_hash = withdrawal_hash(w);
UPDATE withdrawals SET approved_hash = request_hash WHERE approved_by_id IS NOT NULL AND status <> 'declined';

CREATE FUNCTION seal_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.request_hash := withdrawal_hash(NEW);
  NEW.approved_hash := CASE WHEN NEW.approved_by_id IS NOT NULL AND NEW.status <> 'declined' THEN NEW.request_hash END;
  RETURN NEW;
END $$;
CREATE TRIGGER withdrawals_seal BEFORE INSERT ON withdrawals FOR EACH ROW EXECUTE FUNCTION seal_withdrawal();

CREATE FUNCTION refuse_withdrawal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a withdrawal stays what was asked for, and by whom' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER withdrawals_stay BEFORE DELETE OR TRUNCATE ON withdrawals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_withdrawal_change();
CREATE TRIGGER withdrawals_asked BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN ((OLD.id, OLD.wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.fee_amount, OLD.beneficiary_name,
         OLD.beneficiary_tax_id, OLD.beneficiary_number, OLD.beneficiary_bank, OLD.comment, OLD.reference_id,
         OLD.requested_by_id, OLD.request_id, OLD.request_hash)
    IS DISTINCT FROM
        (NEW.id, NEW.wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.fee_amount, NEW.beneficiary_name,
         NEW.beneficiary_tax_id, NEW.beneficiary_number, NEW.beneficiary_bank, NEW.comment, NEW.reference_id,
         NEW.requested_by_id, NEW.request_id, NEW.request_hash))
  EXECUTE FUNCTION refuse_withdrawal_change();

-- One decision, on what is in the row at that moment, and it stays. What waits for somebody goes out by their word alone.
CREATE FUNCTION decide_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'awaiting_approval'
    OR OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id
    OR OLD.approved_hash IS NOT NULL AND NEW.approved_hash IS DISTINCT FROM OLD.approved_hash THEN
    RAISE EXCEPTION 'a decision on a withdrawal stays as it was made' USING ERRCODE = 'restrict_violation';
  END IF;
  -- What Fintoc has paid under its mark left already, by books that a restore took back: saying so sends nothing.
  IF NEW.approved_by_id IS NULL AND NEW.status NOT IN ('awaiting_approval', 'declined', 'cancelled', 'expired')
    AND NOT (NEW.transfer_id IS NOT NULL AND NEW.status IN ('pending', 'succeeded', 'failed', 'rejected', 'returned')) THEN
    RAISE EXCEPTION 'a withdrawal that waits for approval is let out by somebody' USING ERRCODE = 'check_violation';
  END IF;
  NEW.approved_hash := CASE WHEN NEW.approved_by_id IS NOT NULL AND NEW.status <> 'declined' THEN withdrawal_hash(NEW) END;
  RETURN NEW;
END $$;
CREATE TRIGGER withdrawals_decided BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id OR OLD.approved_hash IS DISTINCT FROM NEW.approved_hash
    OR OLD.status = 'awaiting_approval' AND NEW.status <> OLD.status)
  EXECUTE FUNCTION decide_withdrawal();
