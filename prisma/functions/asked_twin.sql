-- The latest payout within so many hours of the same amount from the same wallet to the same beneficiary that may pay or has.
CREATE OR REPLACE FUNCTION asked_twin(wallet uuid, of_asset text, kind destination_kind, number text, of_amount bigint, hours int) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT d.id FROM withdrawals d
  WHERE d.wallet_id = wallet AND d.asset = of_asset AND d.destination_kind = kind AND d.destination = number
    AND d.amount = of_amount AND d.created_at > now() - make_interval(hours => hours)
    AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected', 'returned')
  ORDER BY d.created_at DESC, d.id DESC LIMIT 1
$$;
