-- The customers of the scope: who has a wallet in it.
CREATE OR REPLACE FUNCTION scope_customers() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT w.customer_id) FILTER (WHERE w.customer_id IS NOT NULL), '{}')
  FROM wallets w WHERE w.portfolio_id = ANY (scope_portfolios())
$$;
