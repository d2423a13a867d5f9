-- The ledger: accounts, transactions and entries, the one function that posts, and what PostgreSQL itself holds of them.

-- ── Tables ────────────────────────────────────────────────────────────────────

CREATE TYPE ledger_side AS ENUM ('debit', 'credit');

-- Codes and sources are compared byte by byte: no language orders them. A balance is rewritten in its place as long as its
-- page has room.
CREATE TABLE ledger_accounts (
  id bigserial PRIMARY KEY,
  code text COLLATE "C" NOT NULL,
  asset text COLLATE "C" NOT NULL,
  side ledger_side NOT NULL,
  bucket text NOT NULL,
  owner_id text,
  non_negative boolean NOT NULL,
  sequence bigint NOT NULL DEFAULT 0,
  balance bigint NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT ledger_accounts_non_negative CHECK (NOT non_negative OR balance >= 0),
  CONSTRAINT ledger_accounts_sequence CHECK (sequence >= 0),
  CONSTRAINT ledger_accounts_bucket_check CHECK (bucket IN (
    'available', 'pending', 'reserved', 'cash',
    'in_transit', 'suspense', 'unexplained', 'receivable'))
) WITH (fillfactor = 70);
CREATE INDEX ledger_accounts_owner_id_idx ON ledger_accounts (owner_id);
CREATE UNIQUE INDEX ledger_accounts_code_asset_key ON ledger_accounts (code, asset);
-- What customers owe is looked for with every batch of deposits, and is mostly nothing.
CREATE INDEX ledger_accounts_debts ON ledger_accounts (owner_id) WHERE bucket = 'receivable';

CREATE TABLE ledger_transactions (
  id bigserial PRIMARY KEY,
  source text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  effective_at timestamptz(3) NOT NULL,
  posted_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  entry_count smallint NOT NULL,
  transfer_id text,
  withdrawal_id uuid,
  event_id text,
  operator_id uuid,
  note text,
  CONSTRAINT ledger_transactions_entry_count CHECK (entry_count >= 2)
);
CREATE INDEX ledger_transactions_effective_at_id_idx ON ledger_transactions (effective_at, id);
CREATE UNIQUE INDEX ledger_transactions_source_key ON ledger_transactions (source);
CREATE INDEX ledger_transactions_withdrawal_id_idx ON ledger_transactions (withdrawal_id) WHERE withdrawal_id IS NOT NULL;
CREATE INDEX ledger_transactions_transfer_id_idx ON ledger_transactions (transfer_id);

CREATE TABLE ledger_entries (
  id bigserial PRIMARY KEY,
  transaction_id bigint NOT NULL REFERENCES ledger_transactions (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  line smallint NOT NULL,
  account_id bigint NOT NULL REFERENCES ledger_accounts (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  sequence bigint NOT NULL,
  asset text NOT NULL,
  amount bigint NOT NULL,
  balance_after bigint NOT NULL,
  kind text NOT NULL,
  wallet_id uuid,
  effective_at timestamptz(3) NOT NULL,
  posted_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- Beyond that a float, which is what JSON has, would not tell one amount from the next (lib/money.ts).
  CONSTRAINT ledger_entries_amount CHECK (amount <> 0 AND amount BETWEEN -9007199254740991 AND 9007199254740991),
  CONSTRAINT ledger_entries_line CHECK (line >= 1),
  CONSTRAINT ledger_entries_sequence CHECK (sequence >= 1)
);
CREATE UNIQUE INDEX ledger_entries_account_id_sequence_key ON ledger_entries (account_id, sequence);
CREATE UNIQUE INDEX ledger_entries_transaction_id_line_key ON ledger_entries (transaction_id, line);

-- That an entry's transaction and account exist is checked once per statement, by the trigger that adds the entries up:
-- checked row by row, the two foreign keys cost a third of a posting. What they point to is never deleted. PostgreSQL 18
-- keeps them as a statement of fact; an older one, which knows no such thing, goes on checking each row.
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    EXECUTE 'ALTER TABLE ledger_entries ALTER CONSTRAINT ledger_entries_transaction_id_fkey NOT ENFORCED';
    EXECUTE 'ALTER TABLE ledger_entries ALTER CONSTRAINT ledger_entries_account_id_fkey NOT ENFORCED';
  END IF;
END $$;

-- ── Posting ───────────────────────────────────────────────────────────────────

CREATE TYPE ledger_line AS (
  item int, line int, account int, amount bigint, kind text, sequence bigint, balance_after bigint, checked boolean
);

-- Posts a batch in the order given and returns, per item: posted, duplicate (its source stands already) or insufficient (a
-- balance would have gone below zero: the item is left out, the others are posted). Accounts come once per batch, and lines
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

-- A transaction and all its entries are inserted by one statement, and sum to zero per asset. The entries take their
-- accounts to the last of them: they follow from where the account stood, without a gap, and say what it and they add up
-- to. Planned as ledger_post says, which calls it.
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

CREATE TRIGGER ledger_entries_balanced AFTER INSERT ON ledger_entries
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries();

-- Planned as ledger_post says, which calls it.
CREATE OR REPLACE FUNCTION ledger_check_transactions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh t WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.transaction_id = t.id)) THEN
    RAISE EXCEPTION 'ledger: a transaction has entries' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER ledger_transactions_complete AFTER INSERT ON ledger_transactions
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_transactions();

-- ── What stays ────────────────────────────────────────────────────────────────

-- Append-only, twice over: the privilege is revoked even from the owner, and a trigger refuses a superuser. UPDATE stays
-- granted on ledger_transactions: a foreign key's check locks the referenced row, which needs it.
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transactions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entries FROM PUBLIC, CURRENT_USER;
REVOKE DELETE, TRUNCATE ON ledger_transactions FROM PUBLIC, CURRENT_USER;

CREATE OR REPLACE FUNCTION refuse_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account keeps its id, code, asset and side, and is never deleted' USING ERRCODE = 'restrict_violation';
END $$;

-- What an account is stays: that it may not go below zero, and whose it is, too.
CREATE TRIGGER ledger_accounts_stay BEFORE DELETE OR TRUNCATE ON ledger_accounts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_account_change();
CREATE TRIGGER ledger_accounts_identity
  BEFORE UPDATE OF id, code, asset, side, bucket, owner_id, non_negative ON ledger_accounts
  FOR EACH ROW EXECUTE FUNCTION refuse_account_change();

CREATE OR REPLACE FUNCTION refuse_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account has the balance and the sequence of its last entry' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER ledger_accounts_begin BEFORE INSERT ON ledger_accounts
  FOR EACH ROW WHEN (NEW.sequence <> 0 OR NEW.balance <> 0) EXECUTE FUNCTION refuse_balance();
-- Entries move their accounts, by the trigger below; nothing else does. So there is nothing to look up.
CREATE TRIGGER ledger_accounts_follow BEFORE UPDATE OF sequence, balance ON ledger_accounts
  FOR EACH STATEMENT WHEN (pg_trigger_depth() < 1) EXECUTE FUNCTION refuse_balance();

-- ── Lists of movements ────────────────────────────────────────────────────────

-- Movements are the entries of wallets' available balances; only those are listed, so only those are indexed. A list narrowed
-- by kind, asset or direction is merged from the few groups that match, each read newest first from where its index has it.
-- Credits and debits stand apart, so an entry is in one of each pair.
CREATE INDEX ledger_entries_movements ON ledger_entries (effective_at DESC, id DESC) WHERE wallet_id IS NOT NULL;
CREATE INDEX ledger_entries_kind_credits ON ledger_entries (kind, asset, effective_at DESC, id DESC)
  WHERE wallet_id IS NOT NULL AND amount < 0;
CREATE INDEX ledger_entries_kind_debits ON ledger_entries (kind, asset, effective_at DESC, id DESC)
  WHERE wallet_id IS NOT NULL AND amount > 0;
CREATE INDEX ledger_entries_amounts ON ledger_entries (asset, amount, id) WHERE wallet_id IS NOT NULL;
-- A wallet's, in the order in which they were booked, so that each line's balance is the one below it plus its amount: by the
-- account's own numbering, which is that order whatever the times say.
CREATE INDEX ledger_entries_wallet_credits ON ledger_entries (wallet_id, kind, sequence DESC)
  WHERE wallet_id IS NOT NULL AND amount < 0;
CREATE INDEX ledger_entries_wallet_debits ON ledger_entries (wallet_id, kind, sequence DESC)
  WHERE wallet_id IS NOT NULL AND amount > 0;

-- ── Balances at a moment ──────────────────────────────────────────────────────

-- Entries are written in the order in which they were posted: a few bytes per hundred pages tell where a moment lies.
CREATE INDEX ledger_entries_times ON ledger_entries USING brin (posted_at) WITH (pages_per_range = 64, autosummarize = on);
-- Every sixteenth entry of an account can be found by its time: two steps to any moment, however many entries there
-- are, where halving took as many as their number has binary digits.
CREATE INDEX ledger_entries_milestones ON ledger_entries (account_id, posted_at, sequence) WHERE ((sequence % (16)::bigint) = 0);

-- Entries of which we knew much later than they happened, or that are dated ahead: by account and the time between the two,
-- and by when they happened.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE INDEX ledger_entries_out_of_order ON ledger_entries
  USING gist (account_id, tstzrange(least(effective_at, posted_at), greatest(effective_at, posted_at), '[]'))
  WHERE posted_at - effective_at > interval '10 seconds' OR effective_at - posted_at > interval '10 seconds';
CREATE INDEX ledger_entries_out_of_order_times ON ledger_entries (effective_at)
  WHERE posted_at - effective_at > interval '10 seconds' OR effective_at - posted_at > interval '10 seconds';

-- How many of an account's entries were posted before a moment. They are numbered in that order: it is the last of the
-- few after the last milestone.
CREATE OR REPLACE FUNCTION ledger_sequence_at(account bigint, moment timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_milestone bigint := coalesce((
    SELECT e.sequence FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence % 16 = 0 AND e.posted_at < moment
    ORDER BY e.posted_at DESC, e.sequence DESC LIMIT 1), 0);
BEGIN
  RETURN coalesce((
    SELECT e.sequence FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence > v_milestone AND e.sequence < v_milestone + 16 AND e.posted_at < moment
    ORDER BY e.sequence DESC LIMIT 1), v_milestone);
END $$;

-- An account's balance, in its own side, of what was posted, or had happened at the bank, before a moment, and of how
-- many entries it is. With `through`, of its entries up to that sequence only.
--
-- By the bank's clock it is what was posted until shortly before, with the entries of the seconds around the moment
-- taken one by one, plus what had happened and was posted later, minus what was posted dated ahead.
CREATE OR REPLACE FUNCTION ledger_balance_at(
  account bigint, moment timestamptz, clock text, through bigint DEFAULT NULL, OUT balance bigint, OUT entries bigint
) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_around CONSTANT interval := interval '10 seconds';
  v_first bigint := least(through, ledger_sequence_at(account, CASE clock WHEN 'posted' THEN moment ELSE moment - v_around END));
  v_last bigint;
  v_amount bigint;
  v_entries bigint;
BEGIN
  balance := coalesce((SELECT e.balance_after FROM ledger_entries e WHERE e.account_id = account AND e.sequence = v_first), 0);
  entries := v_first;
  IF clock = 'posted' THEN RETURN; END IF;
  v_last := least(through, ledger_sequence_at(account, moment + v_around));
  SELECT coalesce(sum(c.amount), 0), coalesce(sum(c.entries), 0) INTO v_amount, v_entries FROM (
    SELECT e.amount, 1 AS entries FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence > v_first AND e.sequence <= v_last AND e.effective_at < moment
    UNION ALL
    SELECT CASE WHEN e.effective_at < moment THEN e.amount ELSE -e.amount END, CASE WHEN e.effective_at < moment THEN 1 ELSE -1 END
    FROM ledger_entries e
    WHERE e.account_id = account
      AND tstzrange(least(e.effective_at, e.posted_at), greatest(e.effective_at, e.posted_at), '[]') @> moment
      AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
      AND (e.effective_at < moment AND e.sequence > v_last AND (through IS NULL OR e.sequence <= through)
           OR e.effective_at >= moment AND e.sequence <= v_first)
  ) c;
  balance := balance + CASE WHEN (SELECT a.side FROM ledger_accounts a WHERE a.id = account) = 'debit' THEN v_amount ELSE -v_amount END;
  entries := entries + v_entries;
END $$;

-- Which of an account's entries make its balance at a moment, by their sequence, the latest posted first: so many of
-- those below `below`. By the bank's clock what came late stands first, and what is dated ahead is left out.
CREATE OR REPLACE FUNCTION ledger_sequences_at(account bigint, moment timestamptz, clock text, below bigint, most int)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_last bigint := ledger_sequence_at(account, CASE clock WHEN 'posted' THEN moment ELSE moment + interval '10 seconds' END);
BEGIN
  -- Those that came late are found by their times, not by walking back to them: `+ 0` keeps the walk's index out.
  RETURN QUERY
  WITH late AS MATERIALIZED (
    SELECT e.sequence FROM ledger_entries e
    WHERE clock = 'effective' AND e.account_id = account
      AND tstzrange(least(e.effective_at, e.posted_at), greatest(e.effective_at, e.posted_at), '[]') @> moment
      AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
      AND e.effective_at < moment AND e.sequence + 0 > v_last AND e.sequence + 0 < below)
  SELECT made.sequence FROM (
    SELECT l.sequence FROM late l
    UNION ALL
    (SELECT e.sequence FROM ledger_entries e
     WHERE e.account_id = account AND e.sequence < least(below, v_last + 1) AND (clock = 'posted' OR e.effective_at < moment)
     ORDER BY e.sequence DESC LIMIT most)
  ) made ORDER BY made.sequence DESC LIMIT most;
END $$;

-- Which of an account's entries happened at the bank in a time, though they were booked far from it: by their sequence.
-- Those booked near it are found by `ledger_sequence_at`. Null for no end of the time.
CREATE OR REPLACE FUNCTION ledger_late_between(account bigint, since timestamptz, before timestamptz) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  RETURN QUERY
  SELECT e.sequence FROM ledger_entries e
  WHERE e.account_id = account
    AND tstzrange(least(e.effective_at, e.posted_at), greatest(e.effective_at, e.posted_at), '[]') && tstzrange(since, before, '[)')
    AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
    AND (since IS NULL OR e.effective_at >= since) AND (before IS NULL OR e.effective_at < before);
END $$;

-- ── What all accounts come to at a moment ─────────────────────────────────────

-- What an account stands for, told from its code alone (lib/ledger/chart.ts). Of the wallets only customers' may not go
-- below zero, which tells theirs from the platform's own.
CREATE OR REPLACE FUNCTION ledger_class(code text, bucket text, non_negative boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN code LIKE 'wallet/%' THEN CASE WHEN non_negative THEN 'customer_' ELSE 'own_' END || bucket
    WHEN code LIKE 'house/%' THEN replace(code, '/', '_')
    ELSE bucket END
$$;

-- What the entries of a class of accounts come to, debits positive, by the day and by the hour of each clock. All of it
-- follows from the entries: one that came late is added to the day and hour, however long ago, in which it happened.
CREATE TABLE ledger_sums (
  clock text NOT NULL,
  span text NOT NULL,
  starts_at timestamptz(3) NOT NULL,
  class text NOT NULL,
  asset text NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (clock, span, starts_at, class, asset),
  CONSTRAINT ledger_sums_clock_check CHECK (clock IN ('posted', 'effective')),
  CONSTRAINT ledger_sums_span_check CHECK (span IN ('day', 'hour'))
);

-- One row: up to which entry they are in the sums; the last one that was there when somebody looked, and the number of
-- the transaction that looked, given to it after it had.
CREATE TABLE ledger_folds (
  id int PRIMARY KEY,
  through bigint NOT NULL,
  seen bigint NOT NULL,
  seen_by bigint NOT NULL,
  CONSTRAINT ledger_folds_id_check CHECK (id = 1)
);
INSERT INTO ledger_folds VALUES (1, 0, 0, 0);

-- Adds entries to the sums, some `most` at a time, each once. Answers how many ids it went on by.
--
-- Ids are given out before their transaction commits. So what is seen at one call is added at a later one, when every
-- transaction with a number below that of who saw it has ended: among the ids up to there nothing appears any more, as
-- ledger_post locks accounts, which gives it its number, before it takes ids.
CREATE OR REPLACE FUNCTION ledger_fold(most int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET enable_seqscan = off SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_fold ledger_folds;
  v_last bigint;
  v_to bigint;
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    RAISE EXCEPTION 'ledger: what is there is looked at before this transaction gets its number';
  END IF;
  v_last := (SELECT max(e.id) FROM ledger_entries e);
  SELECT * INTO v_fold FROM ledger_folds FOR UPDATE SKIP LOCKED;
  IF v_fold.id IS NULL THEN RETURN 0; END IF;
  v_to := CASE WHEN pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= v_fold.seen_by
          THEN least(v_fold.seen, v_fold.through + most) ELSE v_fold.through END;
  IF v_to > v_fold.through THEN
    INSERT INTO ledger_sums AS s (clock, span, starts_at, class, asset, amount)
    SELECT t.clock, p.span, date_bin(p.width, t.at, 'epoch'), e.class, e.asset, sum(e.amount)
    FROM (SELECT e.posted_at, e.effective_at, ledger_class(a.code, a.bucket, a.non_negative) AS class, e.asset, e.amount
          FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
          WHERE e.id > v_fold.through AND e.id <= v_to) e
    CROSS JOIN LATERAL (VALUES ('posted', e.posted_at), ('effective', e.effective_at)) t(clock, at)
    CROSS JOIN (VALUES ('day', interval '1 day'), ('hour', interval '1 hour')) p(span, width)
    GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (clock, span, starts_at, class, asset) DO UPDATE SET amount = s.amount + excluded.amount;
    UPDATE ledger_folds SET through = v_to;
  END IF;
  IF v_to = v_fold.seen AND v_last > v_fold.seen THEN
    UPDATE ledger_folds SET seen = v_last, seen_by = pg_current_xact_id()::text::bigint;
  END IF;
  RETURN v_to - v_fold.through;
END $$;

-- What each class comes to by a moment: the days before it, the hours of its day, and the entries of its hour and those
-- that are in no sum yet, one by one. It costs the same for every moment.
CREATE OR REPLACE FUNCTION ledger_sums_at(moment timestamptz, by_clock text) RETURNS TABLE (class text, asset text, amount bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_day CONSTANT timestamptz := date_bin('1 day', moment, 'epoch');
  v_hour CONSTANT timestamptz := date_bin('1 hour', moment, 'epoch');
  v_through CONSTANT bigint := (SELECT f.through FROM ledger_folds f);
BEGIN
  RETURN QUERY
  SELECT t.class, t.asset, sum(t.amount)::bigint FROM (
    SELECT s.class, s.asset, s.amount FROM ledger_sums s WHERE s.clock = by_clock AND s.span = 'day' AND s.starts_at < v_day
    UNION ALL
    SELECT s.class, s.asset, s.amount FROM ledger_sums s
    WHERE s.clock = by_clock AND s.span = 'hour' AND s.starts_at >= v_day AND s.starts_at < v_hour
    UNION ALL
    SELECT ledger_class(a.code, a.bucket, a.non_negative), a.asset, e.amount FROM (
      SELECT e.account_id, sum(e.amount) AS amount FROM (
        -- `+ 0`: what is in the sums is nearly everything, and no index of ids is to find it.
        SELECT e.account_id, e.amount FROM ledger_entries e
        WHERE by_clock = 'posted' AND e.posted_at >= v_hour AND e.posted_at < moment AND e.id + 0 <= v_through
        UNION ALL
        SELECT e.account_id, e.amount FROM ledger_entries e
        WHERE by_clock = 'effective' AND e.posted_at >= v_hour - interval '10 seconds' AND e.posted_at < moment + interval '10 seconds'
          AND NOT (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
          AND e.effective_at >= v_hour AND e.effective_at < moment AND e.id + 0 <= v_through
        UNION ALL
        SELECT e.account_id, e.amount FROM ledger_entries e
        WHERE by_clock = 'effective' AND e.effective_at >= v_hour AND e.effective_at < moment
          AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
          AND e.id + 0 <= v_through
        UNION ALL
        SELECT e.account_id, e.amount FROM ledger_entries e
        WHERE e.id > v_through AND CASE by_clock WHEN 'posted' THEN e.posted_at ELSE e.effective_at END < moment
      ) e GROUP BY 1
    ) e JOIN ledger_accounts a ON a.id = e.account_id
  ) t GROUP BY 1, 2;
END $$;
