-- Finding: words, numbers, codes and names.

-- ── Words ─────────────────────────────────────────────────────────────────────

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
CREATE OR REPLACE FUNCTION search_code_end(code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
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
CREATE OR REPLACE FUNCTION clabe_bank(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN length(number) = 18 THEN left(number, 3) END
$$;

CREATE INDEX transfers_bank ON transfers (clabe_bank(counterparty_number), transacted_at DESC, id DESC);
CREATE INDEX withdrawals_bank ON withdrawals (clabe_bank(beneficiary_number), created_at DESC, id DESC);

-- ── Names in a person's order ────────────────────────────────────────────────

-- Ábaco, abeja, Nube, Ñandú, Oso.
CREATE INDEX customers_by_name ON customers (name COLLATE "es-x-icu", id);
CREATE INDEX wallets_by_name ON wallets (name COLLATE "es-x-icu", id);
CREATE INDEX entities_by_name ON entities (holder_name COLLATE "es-x-icu", id);

-- ── Movements ─────────────────────────────────────────────────────────────────

-- The movements of what a search found: of transfers, of withdrawals with their transfers', of wallets, and of
-- transactions. Null when there are more than `most`, and a walk finds a page of them sooner.
CREATE OR REPLACE FUNCTION movements_of(v_transfers text[], v_withdrawals uuid[], v_wallets uuid[], v_transactions bigint[], most int)
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
