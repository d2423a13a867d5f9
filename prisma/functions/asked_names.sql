-- The latest names under which payouts for a beneficiary were asked for, in the order of time, but for one payout's. What ended
-- without a payment isn't counted.
CREATE OR REPLACE FUNCTION asked_names(kind destination_kind, number text, most int, but uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('name', e.beneficiary_name, 'at', e.created_at) ORDER BY e.created_at), '[]')
  FROM (SELECT d.beneficiary_name, d.created_at FROM withdrawals d
    WHERE d.destination = number AND d.destination_kind = kind AND d.beneficiary_name IS NOT NULL
      AND d.status NOT IN ('declined', 'cancelled', 'expired', 'failed', 'rejected') AND d.id IS DISTINCT FROM but
    ORDER BY d.created_at DESC LIMIT most) e
$$;
