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

-- Entries are written in the order of their times but for what came late: a few bytes per hundred pages tell where a
-- moment lies.
CREATE INDEX ledger_entries_times ON ledger_entries USING brin (posted_at, effective_at) WITH (pages_per_range = 64, autosummarize = on);

-- Entries of which we knew much later than they happened, or that are dated ahead, by the time between the two.
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE INDEX ledger_entries_out_of_order ON ledger_entries
  USING gist (account_id, tstzrange(least(effective_at, posted_at), greatest(effective_at, posted_at), '[]'))
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

-- An account's balance, in its own side, of what was posted, or had happened at the bank, before a moment.
--
-- By the bank's clock it is what was posted until shortly before, with the entries of the seconds around the moment
-- taken one by one, plus what had happened and was posted later, minus what was posted dated ahead.
CREATE FUNCTION ledger_balance_at(account bigint, moment timestamptz, clock text) RETURNS bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_around CONSTANT interval := interval '10 seconds';
  v_first bigint := ledger_sequence_at(account, CASE clock WHEN 'posted' THEN moment ELSE moment - v_around END);
  v_last bigint;
  v_balance bigint := coalesce((SELECT e.balance_after FROM ledger_entries e WHERE e.account_id = account AND e.sequence = v_first), 0);
  v_change bigint;
BEGIN
  IF clock = 'posted' THEN RETURN v_balance; END IF;
  v_last := ledger_sequence_at(account, moment + v_around);
  SELECT coalesce(sum(c.amount), 0) INTO v_change FROM (
    SELECT e.amount FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence > v_first AND e.sequence <= v_last AND e.effective_at < moment
    UNION ALL
    SELECT CASE WHEN e.effective_at < moment THEN e.amount ELSE -e.amount END FROM ledger_entries e
    WHERE e.account_id = account
      AND tstzrange(least(e.effective_at, e.posted_at), greatest(e.effective_at, e.posted_at), '[]') @> moment
      AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
      AND (e.effective_at < moment AND e.sequence > v_last OR e.effective_at >= moment AND e.sequence <= v_first)
  ) c;
  RETURN v_balance + CASE WHEN (SELECT a.side FROM ledger_accounts a WHERE a.id = account) = 'debit' THEN v_change ELSE -v_change END;
END $$;
