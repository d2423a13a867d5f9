-- What an account number sends back by itself, as its wallet's terms had it told to the rail.
ALTER TABLE account_numbers ADD COLUMN "bound_min" BIGINT, ADD COLUMN "bound_max" BIGINT;
UPDATE account_numbers n SET bound_min = t.deposit_min_amount, bound_max = t.deposit_max_amount
FROM wallet_assets h JOIN wallet_terms t ON t.id = h.terms_id
WHERE h.account_number_id = n.id AND t.deposits_refused_by_rail
  AND (n.raw->'options'->>'min_amount')::bigint IS NOT DISTINCT FROM t.deposit_min_amount
  AND (n.raw->'options'->>'max_amount')::bigint IS NOT DISTINCT FROM t.deposit_max_amount;
CREATE INDEX account_numbers_bound ON account_numbers (id) WHERE bound_min IS NOT NULL OR bound_max IS NOT NULL;

-- From how many failures on payouts stop by themselves is changed by two people.
INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'stops.change', 1, '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'debt.plan', 1, '{}', '[{"people": 1}]');

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action NOT IN ('operator.enrol', 'operator.change', 'operator.password', 'rule.change', 'beneficiary.unblock', 'key.make', 'terms.change', 'stops.change', 'debt.plan')) THEN
    RAISE EXCEPTION 'approvals: one person acts alone where nobody else could decide' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT NEW.alone AND (
    SELECT count(*) FILTER (WHERE d.verdict = 'approved') < greatest(v_needed, 1) OR bool_or(d.verdict = 'declined')
    FROM approval_decisions d WHERE d.approval_id = NEW.id) THEN
    RAISE EXCEPTION 'approvals: as many people approve as its rule says' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'declined'
    AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = NEW.id AND d.verdict = 'declined') THEN
    RAISE EXCEPTION 'approvals: somebody declines it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- How much of what comes in pays a debt, by the terms; and debts that are paid in instalments instead.
ALTER TABLE wallet_terms ADD COLUMN "debt_share_bps" INT NOT NULL DEFAULT 10000,
  ADD CONSTRAINT wallet_terms_debt_share_check CHECK (debt_share_bps BETWEEN 0 AND 10000);

CREATE TYPE "debt_plan_state" AS ENUM ('active', 'done', 'ended');
CREATE TABLE "debt_plans" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "asset" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "every" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "state" "debt_plan_state" NOT NULL DEFAULT 'active',
    "runs" INTEGER NOT NULL DEFAULT 0,
    "missed" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL,
    "asked_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "debt_plans_pkey" PRIMARY KEY ("id"),
    CONSTRAINT debt_plans_amount_check CHECK (amount > 0),
    CONSTRAINT debt_plans_every_check CHECK (every IN ('week', 'fortnight', 'month')),
    CONSTRAINT debt_plans_state_check CHECK ((state = 'active') = (next_at IS NOT NULL) AND (state = 'active') = (ended_at IS NULL))
);
CREATE INDEX "debt_plans_wallet_id_created_at_idx" ON "debt_plans"("wallet_id", "created_at");
ALTER TABLE "debt_plans" ADD CONSTRAINT "debt_plans_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE UNIQUE INDEX debt_plans_active ON debt_plans (wallet_id, asset) WHERE state = 'active';
CREATE TRIGGER debt_plans_kept BEFORE DELETE OR TRUNCATE ON debt_plans
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER debt_plans_made BEFORE UPDATE OF id, wallet_id, asset, amount, every, starts_at, reason, asked_by_id, created_at
  ON debt_plans FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE ledger_transactions
  DROP CONSTRAINT ledger_transactions_cause_kind_check,
  ADD CONSTRAINT ledger_transactions_cause_kind_check
    CHECK (cause_kind IN ('transfer', 'withdrawal', 'adjustment', 'deposit_request', 'hold', 'debt_plan'));

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
    'available', CASE WHEN with_balances OR m.balance_max_amount IS NOT NULL THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'available' AND a.asset = b.asset) END)), '[]')
  FROM wallet_assets b JOIN wallets w ON w.id = b.wallet_id JOIN wallet_terms m ON m.id = b.terms_id
  WHERE b.asset = ANY (assets)
    AND (b.wallet_id = ANY (v_wallet_ids) OR b.account_number_id = ANY (number_ids)
      OR (b.account_id = ANY (account_ids) AND b.pattern IN ('B', 'C')));
END $$;
