-- The portfolios of the scope that a connection was opened with (`monedero.scope`, the id of a custom role or an API key);
-- null, and so none, where it has no scope. It is read anew with every statement: a scope that changed counts at once.
CREATE OR REPLACE FUNCTION scope_portfolios() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(
    (SELECT r.portfolio_ids FROM custom_roles r WHERE r.id = s.id),
    (SELECT k.portfolio_ids FROM api_keys k WHERE k.id = s.id AND k.revoked_at IS NULL))
  FROM (SELECT nullif(current_setting('monedero.scope', true), '')::uuid AS id) s
$$;
