-- The wallets of the scope: those that stand in its portfolios.
CREATE OR REPLACE FUNCTION scope_wallets() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(w.id), '{}') FROM wallets w WHERE w.portfolio_id = ANY (scope_portfolios())
$$;
