-- The account numbers of the scope: of its wallets, now or before a move, and all of an account that is one wallet's alone.
CREATE OR REPLACE FUNCTION scope_numbers() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT n.id) FILTER (WHERE n.id IS NOT NULL), '{}') FROM (
    SELECT a.account_number_id AS id FROM wallet_assets a WHERE a.wallet_id = ANY (scope_wallets())
    UNION ALL
    SELECT unnest(ARRAY[m.from_number_id, m.to_number_id, m.arrival_number_id, m.back_number_id])
    FROM pattern_moves m WHERE m.wallet_id = ANY (scope_wallets())
    UNION ALL
    SELECT n.id FROM wallet_assets a JOIN account_numbers n ON n.account_id = a.account_id
    WHERE a.wallet_id = ANY (scope_wallets()) AND a.pattern IN ('B', 'C')
  ) n
$$;
