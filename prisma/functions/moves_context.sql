-- Of wallets that moved to another account: what is on its way there or back, what of it the numbers for that alone wait
-- for, and the numbers that they had before.
CREATE OR REPLACE FUNCTION moves_context(transfer_ids text[], number_ids text[], payment_ids uuid[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'payments', coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', p.id, 'transfer_id', p.transfer_id, 'account_id', p.from_account_id,
        'to_account_id', p.to_account_id, 'destination', p.destination, 'amount', p.amount::text))
      FROM pattern_payments p WHERE p.id = ANY (payment_ids) OR p.transfer_id = ANY (transfer_ids)), '[]'),
    'arrivals', coalesce((
      SELECT jsonb_object_agg(n.id, (
        -- What is waited for there, but for what came of it already.
        SELECT coalesce(jsonb_agg(w.amount::text), '[]')
        FROM (
          SELECT p.amount, row_number() OVER (PARTITION BY p.amount) AS nth
          FROM pattern_payments p
          WHERE p.to_number_id = n.id AND p.arrival_id IS NULL AND p.state IN ('due', 'sent')) w
        WHERE w.nth > (
          SELECT count(*) FROM transfers f
          WHERE f.account_number_id = n.id AND f.direction = 'inbound' AND f.purpose = 'move' AND f.amount = w.amount
            AND NOT EXISTS (SELECT 1 FROM pattern_payments z WHERE z.arrival_id = f.id))))
      FROM (
        SELECT m.arrival_number_id AS id FROM pattern_moves m WHERE m.arrival_number_id = ANY (number_ids)
        UNION ALL SELECT m.back_number_id FROM pattern_moves m WHERE m.back_number_id = ANY (number_ids)) n), '{}'),
    'former', coalesce((
      SELECT jsonb_object_agg(m.from_number_id, m.wallet_id) FROM pattern_moves m
      WHERE m.from_number_id = ANY (number_ids) AND m.switched_at IS NOT NULL), '{}'))
$$;
