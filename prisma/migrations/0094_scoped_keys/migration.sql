-- A key may be of some portfolios alone, as a custom role may; and of an erased customer nothing is left of where their
-- statements went by mail and of what Fintoc said of their KYB.

ALTER TABLE "api_keys" ADD COLUMN "portfolio_ids" UUID[] NOT NULL DEFAULT '{}';
ALTER TABLE "api_keys"
  ADD CONSTRAINT api_keys_portfolio_ids_check CHECK (cardinality(portfolio_ids) <= 100),
  -- It reads, and takes statements (lib/api/scopes.ts).
  ADD CONSTRAINT api_keys_of_some_check CHECK (cardinality(portfolio_ids) = 0 OR scopes <@ ARRAY[
    'account_numbers:read', 'approvals:read', 'balance_adjustments:read', 'customers:read', 'deposits:read', 'entities:read',
    'events:read', 'statements:read', 'statements:write', 'wallets:read', 'withdrawals:read']);
-- What it was made for stays so, and whose data it sees.
DROP TRIGGER api_keys_made ON api_keys;
CREATE TRIGGER api_keys_made
  BEFORE UPDATE OF id, mode, scopes, limits, addresses, portfolio_ids, version, expires_at, made_by_id, created_at
  ON api_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The portfolios of the scope that a connection was opened with (`monedero.scope`, the id of a custom role or an API key);
-- null, and so none, where it has no scope. It is read anew with every statement: a scope that changed counts at once.
CREATE OR REPLACE FUNCTION scope_portfolios() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(
    (SELECT r.portfolio_ids FROM custom_roles r WHERE r.id = s.id),
    (SELECT k.portfolio_ids FROM api_keys k WHERE k.id = s.id AND k.revoked_at IS NULL))
  FROM (SELECT nullif(current_setting('monedero.scope', true), '')::uuid AS id) s
$$;

-- Whom a file went to can be read for ever, but where who it is about was erased.
DROP TRIGGER statement_mails_asked ON statement_mails;
CREATE TRIGGER statement_mails_asked BEFORE UPDATE OF id, statement_id, asked_by_id, created_at
  ON statement_mails FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_mails_sent_to BEFORE UPDATE OF address ON statement_mails FOR EACH ROW
  WHEN (NEW.address <> 'erased:' || OLD.id) EXECUTE FUNCTION refuse_change();
DROP TRIGGER statement_orders_made ON statement_orders;
CREATE TRIGGER statement_orders_made
  BEFORE UPDATE OF id, scope, wallet_id, customer_id, portfolio_id, format, locale, time_zone, made_by_id, created_at
  ON statement_orders FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_orders_sent_to BEFORE UPDATE OF addresses ON statement_orders FOR EACH ROW
  WHEN (OLD.ended_at IS NULL OR NEW.addresses <> ARRAY['erased']) EXECUTE FUNCTION refuse_change();

-- What Fintoc said stays as it came, but what it said of the KYB of somebody who was erased.
DROP TRIGGER inbox_events_said ON inbox_events;
CREATE TRIGGER inbox_events_said
  BEFORE UPDATE OF id, type, object_id, mode, origin, headers, body, occurred_at, received_at ON inbox_events FOR EACH ROW
  WHEN ((OLD.origin <> 'poll' OR (OLD.id, OLD.object_id, OLD.mode, OLD.origin, OLD.headers, OLD.received_at)
      IS DISTINCT FROM (NEW.id, NEW.object_id, NEW.mode, NEW.origin, NEW.headers, NEW.received_at))
    AND NOT (OLD.type LIKE 'entity.onboarding.%' AND NEW.body = '{"data":{}}'
      AND (OLD.id, OLD.type, OLD.object_id, OLD.mode, OLD.origin, OLD.headers, OLD.occurred_at, OLD.received_at)
        IS NOT DISTINCT FROM (NEW.id, NEW.type, NEW.object_id, NEW.mode, NEW.origin, NEW.headers, NEW.occurred_at, NEW.received_at)))
  EXECUTE FUNCTION refuse_change();
