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
    'pool', CASE WHEN o.balance_amount IS NOT NULL THEN json_build_object('id', o.portfolio_id, 'customer_id', w.customer_id, 'amount', o.balance_amount::text,
      'held', portfolio_used(o.portfolio_id, b.asset, 'inbound', NULL)::text) END,
    'available', CASE WHEN with_balances OR m.balance_max_amount IS NOT NULL THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'available' AND a.asset = b.asset) END,
    'reserved', CASE WHEN m.balance_max_amount IS NOT NULL THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'reserved' AND a.asset = b.asset) END)), '[]')
  FROM wallet_assets b JOIN wallets w ON w.id = b.wallet_id JOIN wallet_terms m ON m.id = b.terms_id
  LEFT JOIN portfolio_caps o ON o.portfolio_id = w.portfolio_id AND o.asset = b.asset
  WHERE b.asset = ANY (assets)
    AND (b.wallet_id = ANY (v_wallet_ids) OR b.account_number_id = ANY (number_ids)
      OR (b.account_id = ANY (account_ids) AND b.pattern IN ('B', 'C')));
END $$;
