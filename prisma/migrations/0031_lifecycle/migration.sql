-- A wallet is frozen one way or both, and until a time; and every act on it is a row of its own.

ALTER TABLE wallets
  ADD COLUMN frozen_direction text,
  ADD COLUMN frozen_until timestamptz(3),
  ADD CONSTRAINT wallets_frozen_direction_check CHECK (frozen_direction IN ('debits', 'credits', 'both')),
  ADD CONSTRAINT wallets_frozen_until_check CHECK (frozen_until IS NULL OR status = 'frozen');
UPDATE wallets SET frozen_direction = 'both' WHERE status = 'frozen';
CREATE INDEX wallets_frozen_until ON wallets (frozen_until) WHERE frozen_until IS NOT NULL;
CREATE INDEX wallets_portfolio_id ON wallets (portfolio_id) WHERE portfolio_id IS NOT NULL;

CREATE TABLE "lifecycle_acts" (
    "id" BIGSERIAL NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "act" TEXT NOT NULL,
    "direction" TEXT,
    "until_at" TIMESTAMPTZ(3),
    "deposits" TEXT,
    "closed_by" TEXT,
    "part_of" BIGINT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lifecycle_acts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT lifecycle_acts_subject_type_check CHECK (subject_type IN ('wallet', 'customer', 'portfolio')),
    CONSTRAINT lifecycle_acts_act_check CHECK (act IN ('opening_cancelled', 'frozen', 'unfrozen', 'closed', 'reopened')),
    CONSTRAINT lifecycle_acts_direction_check CHECK ((act = 'frozen') = (direction IS NOT NULL))
);
CREATE INDEX "lifecycle_acts_subject_type_subject_id_id_idx" ON "lifecycle_acts"("subject_type", "subject_id", "id");
ALTER TABLE "lifecycle_acts" ADD CONSTRAINT "lifecycle_acts_part_of_fkey" FOREIGN KEY ("part_of") REFERENCES "lifecycle_acts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER lifecycle_acts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lifecycle_acts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was done before is in the audit: each act as it was written there.
INSERT INTO lifecycle_acts (subject_type, subject_id, act, direction, deposits, actor_kind, actor_id, actor_name, reason, at)
SELECT 'wallet', a.subject_id::uuid, split_part(a.action, '.', 2), CASE a.action WHEN 'wallet.frozen' THEN 'both' END,
       a.after->>'frozenDeposits', a.actor_kind,
       CASE WHEN a.actor_id ~ '^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$' THEN a.actor_id::uuid END, a.actor_name, coalesce(a.reason, ''), a.at
FROM audit_entries a
WHERE a.action IN ('wallet.opening_cancelled', 'wallet.frozen', 'wallet.unfrozen', 'wallet.closed', 'wallet.reopened')
ORDER BY a.id;

ALTER TABLE withdrawals
  DROP CONSTRAINT withdrawals_held_reason_check,
  ADD CONSTRAINT withdrawals_held_reason_check CHECK (held_reason IN (
    'books_older', 'changed_since_approval', 'wallet_frozen', 'wallet_closed', 'beneficiary_blocked', 'account_blocked', 'entity_paused',
    'unexplained_payout', 'account_paused', 'proof_late', 'ledger_red', 'ledger_late', 'not_covered', 'credit_unconfirmed'));

-- What takes an adjustment back is one of its own, and there is one at most that is not over.
ALTER TABLE "adjustments" ADD COLUMN "reversal_of_id" UUID;
CREATE UNIQUE INDEX adjustments_reversal ON adjustments (reversal_of_id) WHERE status IN ('awaiting_approval', 'posted');
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_reversal_of_id_fkey" FOREIGN KEY ("reversal_of_id") REFERENCES "adjustments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER adjustments_of_reversal BEFORE UPDATE OF reversal_of_id ON adjustments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A closed wallet's number waits, disabled, before it is deleted at the rail.
ALTER TABLE account_numbers ADD COLUMN quarantine_ends_at timestamptz(3);
CREATE INDEX account_numbers_quarantine ON account_numbers (quarantine_ends_at) WHERE quarantine_ends_at IS NOT NULL;

-- One asset for another at a stated rate: two adjustments that are decided on as one.
CREATE TABLE "exchanges" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "from_asset" TEXT NOT NULL,
    "to_asset" TEXT NOT NULL,
    "from_amount" BIGINT NOT NULL,
    "to_amount" BIGINT NOT NULL,
    "rate" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "exchanges_pkey" PRIMARY KEY ("id"),
    CONSTRAINT exchanges_amounts_check CHECK (from_amount > 0 AND to_amount > 0 AND from_asset <> to_asset),
    CONSTRAINT exchanges_rate_check CHECK (rate ~ '^\d{1,12}(\.\d{1,12})?$')
);
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER exchanges_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON exchanges
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE "adjustments" ADD COLUMN "exchange_id" UUID;
CREATE INDEX adjustments_exchange_id ON adjustments (exchange_id) WHERE exchange_id IS NOT NULL;
ALTER TABLE "adjustments" ADD CONSTRAINT "adjustments_exchange_id_fkey" FOREIGN KEY ("exchange_id") REFERENCES "exchanges"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER adjustments_of_exchange BEFORE UPDATE OF exchange_id ON adjustments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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
    'id', w.id, 'version', w.xmin::text, 'kind', w.kind, 'house_role', w.house_role, 'asset', b.asset, 
    -- Frozen one way, it takes what comes in.
    'status', CASE WHEN w.status = 'frozen' AND w.frozen_direction = 'debits' THEN 'open' ELSE w.status END,
    'pattern', b.pattern, 'account_id', b.account_id, 'account_number_id', b.account_number_id,
    'deposits_enabled', m.deposits_enabled, 'deposit_fee_amount', m.deposit_fee_amount::text,
    'refund_fee_on_return', m.refund_fee_on_return,
    'available', CASE WHEN with_balances THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'available' AND a.asset = b.asset) END)), '[]')
  FROM wallet_assets b JOIN wallets w ON w.id = b.wallet_id JOIN wallet_terms m ON m.id = b.terms_id
  WHERE b.asset = ANY (assets)
    AND (b.wallet_id = ANY (v_wallet_ids) OR b.account_number_id = ANY (number_ids)
      OR (b.account_id = ANY (account_ids) AND b.pattern IN ('B', 'C')));
END $$;
