-- One search text for the whole console: what a name, a concept or a reason says, in however many ways it is written.

-- ── The search text ──────────────────────────────────────────────────────────

-- Both extensions are trusted: the owner of a database may create them. Where a host has neither, accents are taken off by
-- Unicode's own decomposition (letters that have none, such as ø, then stay), and searches read a table from end to end.
DO $$
DECLARE
  v_schema text;
  v_body text := 'SELECT regexp_replace(normalize(words, NFKD), ''[\u0300-\u036f]'', '''', ''g'')';
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS unaccent;
    SELECT n.nspname INTO v_schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'unaccent';
    -- Named with its dictionary it depends on nothing but its words, as an index needs.
    v_body := format('SELECT regexp_replace(%1$I.unaccent(%2$L::regdictionary, words), ''[\u0300-\u036f]'', '''', ''g'')',
      v_schema, format('%I.unaccent', v_schema));
  EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'unaccent may not be created here: accents are taken off by decomposition';
  END;
  EXECUTE format('CREATE FUNCTION search_unaccented(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS %L', v_body);
END $$;

-- What these functions call is named with its schema: PostgreSQL builds an index without a search path.

-- Words without accents, capitals and marks, one blank between two. Apostrophes and dots stand inside words: with `joined`
-- they vanish (O'Brien: obrien; S.A.: sa), else they part what they join. `%`, `_` and `\` are letters. Most text is
-- plain ASCII, of which little is asked.
CREATE FUNCTION search_folded(words text, joined boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
  IF octet_length(words) <> length(words) THEN
    -- What people type for an apostrophe, and what nobody sees; before anything takes them for an accent.
    words := regexp_replace(regexp_replace(words, '[\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018-\u201b\u2032\u2035\uff07]', '''', 'g'),
      '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]', '', 'g');
    words := public.search_unaccented(lower(CASE WHEN words IS NFKC NORMALIZED THEN words ELSE normalize(words, NFKC) END COLLATE "und-x-icu"));
    words := regexp_replace(words, '[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u1680\u2000-\u206f\u2190-\u2bff\u3000-\u303f]', ' ', 'g');
  END IF;
  words := regexp_replace(lower(words COLLATE "C"), '[''`.]', CASE WHEN joined THEN '' ELSE ' ' END, 'g');
  RETURN btrim(regexp_replace(words, '[\u0001-\u0024\u0026-\u002f\u003a-\u0040\u005b\u005d\u005e\u0060\u007b-\u007f]+', ' ', 'g'));
END $$;

-- What is searched: each word behind a blank, words with an apostrophe or a dot in both forms.
CREATE FUNCTION search_text(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  v_joined text := ' ' || public.search_folded(coalesce(words, ''), true);
BEGIN
  IF words ~ '[''`.\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018-\u201b\u2032\u2035\u2024\uff07\uff0e]' THEN
    RETURN v_joined || ' ' || public.search_folded(words, false);
  END IF;
  RETURN v_joined;
END $$;

-- ── Where it stands ──────────────────────────────────────────────────────────

ALTER TABLE customers ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (search_text(name)) STORED;
ALTER TABLE wallets ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (search_text(name)) STORED;
ALTER TABLE entities ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (search_text(holder_name)) STORED;
ALTER TABLE account_numbers ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (search_text(description)) STORED;
ALTER TABLE adjustments ADD COLUMN search_text text NOT NULL GENERATED ALWAYS AS (search_text(reason)) STORED;
ALTER TABLE withdrawals ADD COLUMN search_text text NOT NULL
  GENERATED ALWAYS AS (search_text(coalesce(beneficiary_name, '') || ' ' || coalesce(comment, ''))) STORED;
ALTER TABLE transfers ADD COLUMN search_text text NOT NULL
  GENERATED ALWAYS AS (search_text(coalesce(counterparty_name, '') || ' ' || coalesce(comment, ''))) STORED;

-- By three letters in a row, of which any part of a word has some.
DO $$
DECLARE
  v_table text;
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
  EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm may not be created here: searches by words read a table from end to end';
    RETURN;
  END;
  FOREACH v_table IN ARRAY ARRAY['customers', 'wallets', 'entities', 'account_numbers', 'adjustments', 'withdrawals', 'transfers'] LOOP
    EXECUTE format('CREATE INDEX %1$s_search ON %1$s USING gin (search_text gin_trgm_ops)', v_table);
  END LOOP;
  -- What a person wrote beside a posting.
  CREATE INDEX ledger_transactions_search ON ledger_transactions USING gin (search_text(note) gin_trgm_ops) WHERE note IS NOT NULL;
END $$;

-- ── Numbers and codes ────────────────────────────────────────────────────────

-- They are found whole; a clave de rastreo by its end too, which is what lists show of it.
CREATE FUNCTION search_code_end(code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT reverse(upper(regexp_replace(code, '[^0-9A-Za-z]', '', 'g') COLLATE "C"))
$$;
CREATE INDEX transfers_tracking_key_end ON transfers (search_code_end(tracking_key) text_pattern_ops) WHERE tracking_key IS NOT NULL;
CREATE INDEX transfers_reference ON transfers (reference_id) WHERE reference_id IS NOT NULL;
CREATE INDEX transfers_counterparty_number ON transfers (counterparty_number text_pattern_ops) WHERE counterparty_number IS NOT NULL;
CREATE INDEX transfers_account_number ON transfers (account_number) WHERE account_number IS NOT NULL AND account_number_id IS NULL;
CREATE INDEX transfers_amount ON transfers (amount, asset);
CREATE INDEX withdrawals_reference ON withdrawals (reference_id) WHERE reference_id IS NOT NULL;
CREATE INDEX withdrawals_beneficiary_digits ON withdrawals (beneficiary_number text_pattern_ops) WHERE beneficiary_number IS NOT NULL;
CREATE INDEX withdrawals_amount ON withdrawals (amount, asset);
CREATE INDEX adjustments_amount ON adjustments (amount, asset);
CREATE INDEX account_numbers_digits ON account_numbers (number text_pattern_ops);
CREATE INDEX account_numbers_end ON account_numbers (reverse(number) text_pattern_ops);
CREATE INDEX customers_tax_id_letters ON customers (tax_id text_pattern_ops);
CREATE INDEX customers_email ON customers (lower(email) text_pattern_ops) WHERE email IS NOT NULL;
CREATE INDEX customers_phone ON customers (right(regexp_replace(phone, '\D', '', 'g'), 10)) WHERE phone IS NOT NULL;
CREATE INDEX entities_holder_id_letters ON entities (replace(upper(holder_id), '.', '') text_pattern_ops);

-- The bank of a CLABE is its first three digits.
CREATE FUNCTION clabe_bank(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN length(number) = 18 THEN left(number, 3) END
$$;
CREATE INDEX transfers_bank ON transfers (clabe_bank(counterparty_number), transacted_at DESC, id DESC);
CREATE INDEX withdrawals_bank ON withdrawals (clabe_bank(beneficiary_number), created_at DESC, id DESC);

-- ── Names in a person's order ────────────────────────────────────────────────

-- Ábaco, abeja, Nube, Ñandú, Oso.
CREATE INDEX customers_by_name ON customers (name COLLATE "es-x-icu", id);
CREATE INDEX wallets_by_name ON wallets (name COLLATE "es-x-icu", id);
CREATE INDEX entities_by_name ON entities (holder_name COLLATE "es-x-icu", id);

-- ── Movements ────────────────────────────────────────────────────────────────

DROP FUNCTION movements_about(tsquery, int);
DROP INDEX transfers_words;
DROP INDEX withdrawals_words;
DROP INDEX customers_words;
DROP INDEX ledger_transactions_words;
DROP FUNCTION search_query(text);
DROP FUNCTION search_words(text);

-- The movements of what a search found: of transfers, of withdrawals with their transfers', of wallets, and of
-- transactions. Null when there are more than `most`, and a walk finds a page of them sooner.
CREATE FUNCTION movements_of(v_transfers text[], v_withdrawals uuid[], v_wallets uuid[], v_transactions bigint[], most int)
RETURNS bigint[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  v_movements bigint[];
BEGIN
  v_withdrawals := v_withdrawals || ARRAY(SELECT d.id FROM withdrawals d WHERE d.transfer_id = ANY (v_transfers));
  v_transactions := v_transactions || ARRAY(
    SELECT t.id FROM ledger_transactions t WHERE t.transfer_id = ANY (v_transfers)
    UNION SELECT t.id FROM ledger_transactions t WHERE t.withdrawal_id = ANY (v_withdrawals));
  v_movements := ARRAY(
    SELECT e.id FROM ledger_entries e WHERE e.transaction_id = ANY (v_transactions) AND e.wallet_id IS NOT NULL
    UNION (SELECT e.id FROM ledger_entries e WHERE e.wallet_id = ANY (v_wallets) AND e.amount < 0 LIMIT most + 1)
    UNION (SELECT e.id FROM ledger_entries e WHERE e.wallet_id = ANY (v_wallets) AND e.amount > 0 LIMIT most + 1));
  RETURN CASE WHEN cardinality(v_movements) <= most THEN v_movements END;
END $$;
