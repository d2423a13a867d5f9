-- Entities and their KYB by a key; and events are never taken for others after a restore.

ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes_check;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY[
    'account_numbers:read', 'approvals:read', 'balance_adjustments:read', 'balance_adjustments:write', 'customers:read', 'customers:write',
    'deposits:read', 'deposits:write', 'entities:read', 'entities:write', 'events:read', 'test:write', 'wallets:freeze', 'wallets:read',
    'wallets:write', 'webhook_endpoints:read', 'webhook_endpoints:write', 'withdrawals:read', 'withdrawals:write']);

-- After a restore the ids that were given since the backup are nobody's again. Whoever reads events by their ids would pass
-- over the next ones, or take them for others that it knows: so they go on far beyond any that was given.
CREATE OR REPLACE FUNCTION leap_events() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT setval('outbox_events_id_seq', last_value + 1000000000) FROM outbox_events_id_seq
$$;
