-- The portfolios of the scope that a connection was opened with (`monedero.scope`, the id of a custom role); null, and so
-- none, where it has no scope. It is read anew with every statement: a scope that changed counts at once.
CREATE OR REPLACE FUNCTION scope_portfolios() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.portfolio_ids FROM custom_roles r WHERE r.id = nullif(current_setting('monedero.scope', true), '')::uuid
$$;
