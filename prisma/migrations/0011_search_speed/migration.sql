-- Indexes that another one serves as well: each costs every row that is written. prisma/INDEXES.md says what the others are for.

-- A whole clave de rastreo is found by the index of its ends.
DROP INDEX transfers_tracking_key_idx;

-- One by the beginning of a number finds the whole number too.
DROP INDEX account_numbers_number_idx;
DROP INDEX customers_tax_id_idx;
DROP INDEX withdrawals_beneficiary_digits;
DROP INDEX withdrawals_beneficiary_number_created_at_idx;
CREATE INDEX withdrawals_beneficiary ON withdrawals (beneficiary_number text_pattern_ops, created_at);

-- ── Searches ─────────────────────────────────────────────────────────────────

-- A search of adjustments asks all that it can mean at once, which needs an index for each.
CREATE INDEX adjustments_account ON adjustments (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX adjustments_break ON adjustments (break_id) WHERE break_id IS NOT NULL;

-- What stands under the entities of a page is counted by these.
CREATE INDEX accounts_entity_id_idx ON accounts (entity_id);
CREATE INDEX wallets_entity ON wallets (entity_id) WHERE entity_id IS NOT NULL;

-- The movements of what a search found: of transfers, of withdrawals with their transfers', of wallets, and of
-- transactions. Null when there are more than `most`, and a walk finds a page of them sooner. Each wallet is asked by
-- itself: of many at once the planner would think that they have most movements, and read them all.
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
    UNION (
      SELECT e.id FROM unnest(v_wallets) w(id)
      CROSS JOIN LATERAL (
        (SELECT e.id FROM ledger_entries e WHERE e.wallet_id = w.id AND e.amount < 0 ORDER BY e.kind, e.sequence DESC LIMIT most + 1)
        UNION ALL
        (SELECT e.id FROM ledger_entries e WHERE e.wallet_id = w.id AND e.amount > 0 ORDER BY e.kind, e.sequence DESC LIMIT most + 1)) e
      LIMIT most + 1));
  RETURN CASE WHEN cardinality(v_movements) <= most THEN v_movements END;
END $$;
