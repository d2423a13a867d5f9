-- The accounts at the rail that wallets of the scope stand on; a shared one among them.
CREATE OR REPLACE FUNCTION scope_accounts() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT a.account_id) FILTER (WHERE a.account_id IS NOT NULL), '{}')
  FROM wallet_assets a WHERE a.wallet_id = ANY (scope_wallets())
$$;
