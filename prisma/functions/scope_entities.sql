-- The entities of the scope: its customers', those that its wallets stand on, and the platform's own.
CREATE OR REPLACE FUNCTION scope_entities() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(e.id), '{}') FROM entities e
  WHERE e.is_root OR e.customer_id = ANY (scope_customers())
    OR e.id IN (SELECT a.entity_id FROM wallet_assets a WHERE a.wallet_id = ANY (scope_wallets()))
    OR e.id IN (SELECT a.entity_id FROM accounts a WHERE a.id = ANY (scope_accounts()))
$$;
