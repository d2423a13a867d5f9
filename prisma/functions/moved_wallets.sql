-- The wallets that had these numbers before they moved to another account: what comes to them is theirs still.
CREATE OR REPLACE FUNCTION moved_wallets(number_ids text[]) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT ARRAY(SELECT m.wallet_id FROM pattern_moves m WHERE m.from_number_id = ANY (number_ids) AND m.switched_at IS NOT NULL)
$$;
