-- Reading: any page of movements in a handful of index steps however many there are, and any balance at any moment.

-- ── Lists of movements ───────────────────────────────────────────────────────
-- A list narrowed by kind, asset or direction is merged from the few groups that match, each read newest first from
-- where its index has it. Credits and debits stand apart, so an entry is in one of each pair: as many to keep as before.
DROP INDEX ledger_entries_wallet_movements;
DROP INDEX ledger_entries_kind_movements;
CREATE INDEX ledger_entries_kind_credits ON ledger_entries (kind, asset, effective_at DESC, id DESC)
  WHERE wallet_id IS NOT NULL AND amount < 0;
CREATE INDEX ledger_entries_kind_debits ON ledger_entries (kind, asset, effective_at DESC, id DESC)
  WHERE wallet_id IS NOT NULL AND amount > 0;
CREATE INDEX ledger_entries_wallet_credits ON ledger_entries (wallet_id, kind, effective_at DESC, id DESC)
  WHERE wallet_id IS NOT NULL AND amount < 0;
CREATE INDEX ledger_entries_wallet_debits ON ledger_entries (wallet_id, kind, effective_at DESC, id DESC)
  WHERE wallet_id IS NOT NULL AND amount > 0;
CREATE INDEX ledger_entries_amounts ON ledger_entries (asset, amount, id) WHERE wallet_id IS NOT NULL;

-- ── Search ───────────────────────────────────────────────────────────────────

-- The words of a text, without the accents of Spanish and without capitals: "Peña, S.A." has pena, s and a. It is taken
-- of every row of a walk, so it does little, by functions that are immutable themselves: PostgreSQL then inlines it.
CREATE FUNCTION search_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_remove(string_to_array(translate(lower(words COLLATE "C"),
    'ÁÉÍÓÚÜÑáéíóúüñ.,;:-_/&#()"''', 'aeiouunaeiouun             '), ' '), ''))
$$;

-- What was typed, as a question: all its words, of which those of three letters and more may go on; or, where there
-- are digits, the whole as one word, as CLABEs and ids are written with blanks, dashes and underscores. Null for no word.
CREATE FUNCTION search_query(typed text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT string_agg(quote_literal(word) || CASE WHEN word ~ '^[a-z]{3,}$' THEN ':*' ELSE '' END, ' & ')::tsquery
    || CASE WHEN count(*) > 1 AND string_agg(word, '') ~ '\d' THEN quote_literal(string_agg(word, '' ORDER BY nth))::tsquery
            ELSE ''::tsquery END
  FROM string_to_table(translate(lower(typed COLLATE "C"),
    'ÁÉÍÓÚÜÑáéíóúüñ.,;:-_/&#()"''', 'aeiouunaeiouun             '), ' ') WITH ORDINALITY w(word, nth)
  WHERE word <> ''
$$;

CREATE INDEX transfers_words ON transfers USING gin (
  search_words(replace(id, '_', '') || ' ' || coalesce(counterparty_name, '') || ' ' || coalesce(counterparty_number, '')
    || ' ' || coalesce(tracking_key, '') || ' ' || coalesce(reference_id, '') || ' ' || coalesce(comment, '')));
CREATE INDEX withdrawals_words ON withdrawals USING gin (
  search_words(replace(id::text, '-', '') || ' ' || coalesce(beneficiary_name, '') || ' ' || beneficiary_number
    || ' ' || coalesce(reference_id, '') || ' ' || coalesce(comment, '')));
CREATE INDEX customers_words ON customers USING gin (search_words(name));
-- What a person wrote beside a posting; and the id of an adjustment, which stands in its source alone.
CREATE INDEX ledger_transactions_words ON ledger_transactions
  USING gin (search_words(coalesce(note, '') || ' ' || replace(split_part(source, ':', 2), '-', '')))
  WHERE note IS NOT NULL OR source LIKE 'adjustment:%';

-- The movements that a question finds; null when there are more than `most`, and a walk finds a page of them sooner.
CREATE FUNCTION movements_about(question tsquery, most int) RETURNS bigint[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  v_transfers text[] := ARRAY(
    SELECT f.id FROM transfers f
    WHERE search_words(replace(f.id, '_', '') || ' ' || coalesce(f.counterparty_name, '') || ' ' || coalesce(f.counterparty_number, '')
      || ' ' || coalesce(f.tracking_key, '') || ' ' || coalesce(f.reference_id, '') || ' ' || coalesce(f.comment, '')) @@ question
    LIMIT most + 1);
  v_withdrawals uuid[] := ARRAY(
    SELECT d.id FROM withdrawals d
    WHERE search_words(replace(d.id::text, '-', '') || ' ' || coalesce(d.beneficiary_name, '') || ' ' || d.beneficiary_number
      || ' ' || coalesce(d.reference_id, '') || ' ' || coalesce(d.comment, '')) @@ question
    LIMIT most + 1);
  v_wallets uuid[] := ARRAY(
    SELECT w.id FROM customers c JOIN wallets w ON w.customer_id = c.id WHERE search_words(c.name) @@ question LIMIT most + 1);
  v_transactions bigint[];
  v_movements bigint[];
BEGIN
  IF greatest(cardinality(v_transfers), cardinality(v_withdrawals), cardinality(v_wallets)) > most THEN RETURN NULL; END IF;
  v_withdrawals := v_withdrawals || ARRAY(SELECT d.id FROM withdrawals d WHERE d.transfer_id = ANY (v_transfers));
  v_transactions := ARRAY(
    SELECT t.id FROM ledger_transactions t WHERE t.transfer_id = ANY (v_transfers)
    UNION SELECT t.id FROM ledger_transactions t WHERE t.withdrawal_id = ANY (v_withdrawals)
    UNION (SELECT t.id FROM ledger_transactions t WHERE (t.note IS NOT NULL OR t.source LIKE 'adjustment:%')
           AND search_words(coalesce(t.note, '') || ' ' || replace(split_part(t.source, ':', 2), '-', '')) @@ question LIMIT most + 1));
  v_movements := ARRAY(
    SELECT e.id FROM ledger_entries e WHERE e.transaction_id = ANY (v_transactions) AND e.wallet_id IS NOT NULL
    UNION (SELECT e.id FROM ledger_entries e WHERE e.wallet_id = ANY (v_wallets) AND e.amount < 0 LIMIT most + 1)
    UNION (SELECT e.id FROM ledger_entries e WHERE e.wallet_id = ANY (v_wallets) AND e.amount > 0 LIMIT most + 1));
  RETURN CASE WHEN cardinality(v_movements) <= most THEN v_movements END;
END $$;

-- ── Balances at a moment ─────────────────────────────────────────────────────

-- Entries are written in the order in which they were posted: a few bytes per hundred pages tell where a moment lies.
CREATE INDEX ledger_entries_times ON ledger_entries USING brin (posted_at) WITH (pages_per_range = 64, autosummarize = on);

-- Entries of which we knew much later than they happened, or that are dated ahead: by account and the time between the
-- two, and by when they happened.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE INDEX ledger_entries_out_of_order ON ledger_entries
  USING gist (account_id, tstzrange(least(effective_at, posted_at), greatest(effective_at, posted_at), '[]'))
  WHERE posted_at - effective_at > interval '10 seconds' OR effective_at - posted_at > interval '10 seconds';
CREATE INDEX ledger_entries_out_of_order_times ON ledger_entries (effective_at)
  WHERE posted_at - effective_at > interval '10 seconds' OR effective_at - posted_at > interval '10 seconds';

-- How many of an account's entries were posted before a moment. They are numbered in that order, so halving finds it.
CREATE FUNCTION ledger_sequence_at(account bigint, moment timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off AS $$
DECLARE
  v_low bigint := 0;
  v_high bigint := (SELECT a.sequence FROM ledger_accounts a WHERE a.id = account);
  v_middle bigint;
BEGIN
  WHILE v_low < v_high LOOP
    v_middle := (v_low + v_high + 1) / 2;
    IF (SELECT e.posted_at FROM ledger_entries e WHERE e.account_id = account AND e.sequence = v_middle) < moment
    THEN v_low := v_middle; ELSE v_high := v_middle - 1; END IF;
  END LOOP;
  RETURN v_low;
END $$;

-- An account's balance, in its own side, of what was posted, or had happened at the bank, before a moment, and of how
-- many entries it is. With `through`, of its entries up to that sequence only.
--
-- By the bank's clock it is what was posted until shortly before, with the entries of the seconds around the moment
-- taken one by one, plus what had happened and was posted later, minus what was posted dated ahead.
CREATE FUNCTION ledger_balance_at(
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
CREATE FUNCTION ledger_sequences_at(account bigint, moment timestamptz, clock text, below bigint, most int)
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

-- ── What all accounts come to at a moment ────────────────────────────────────

-- What an account stands for, told from its code alone (lib/ledger/chart.ts). Of the wallets only customers' may not go
-- below zero, which tells theirs from the platform's own.
CREATE FUNCTION ledger_class(code text, bucket text, non_negative boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
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
  PRIMARY KEY (clock, span, starts_at, class, asset)
);

-- One row: up to which entry they are in the sums; the last one that was there when somebody looked, and the number of
-- the transaction that looked, given to it after it had.
CREATE TABLE ledger_folds (
  id int PRIMARY KEY CHECK (id = 1),
  through bigint NOT NULL,
  seen bigint NOT NULL,
  seen_by bigint NOT NULL
);
INSERT INTO ledger_folds VALUES (1, 0, 0, 0);

-- Adds entries to the sums, some `most` at a time, each once. Answers how many ids it went on by.
--
-- Ids are given out before their transaction commits. So what is seen at one call is added at a later one, when every
-- transaction with a number below that of who saw it has ended: among the ids up to there nothing appears any more, as
-- ledger_post locks accounts, which gives it its number, before it takes ids.
CREATE FUNCTION ledger_fold(most int) RETURNS bigint LANGUAGE plpgsql
SET enable_seqscan = off AS $$
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
CREATE FUNCTION ledger_sums_at(moment timestamptz, by_clock text) RETURNS TABLE (class text, asset text, amount bigint)
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
