-- A custom role may have a scope: the portfolios whose wallets and customers those who have it see and work with. Who has
-- one reads and writes as another role of the database, to which PostgreSQL shows the rows of the scope alone.

ALTER TABLE custom_roles ADD COLUMN portfolio_ids uuid[] NOT NULL DEFAULT '{}';

-- The portfolios of the scope that a connection was opened with (`monedero.scope`, the id of a custom role); null, and so
-- none, where it has no scope. It is read anew with every statement: a scope that changed counts at once.
CREATE OR REPLACE FUNCTION scope_portfolios() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.portfolio_ids FROM custom_roles r WHERE r.id = nullif(current_setting('monedero.scope', true), '')::uuid
$$;

-- The wallets of the scope: those that stand in its portfolios.
CREATE OR REPLACE FUNCTION scope_wallets() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(w.id), '{}') FROM wallets w WHERE w.portfolio_id = ANY (scope_portfolios())
$$;

-- The customers of the scope: who has a wallet in it.
CREATE OR REPLACE FUNCTION scope_customers() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT w.customer_id) FILTER (WHERE w.customer_id IS NOT NULL), '{}')
  FROM wallets w WHERE w.portfolio_id = ANY (scope_portfolios())
$$;

-- The accounts at the rail that wallets of the scope stand on; a shared one among them.
CREATE OR REPLACE FUNCTION scope_accounts() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT a.account_id) FILTER (WHERE a.account_id IS NOT NULL), '{}')
  FROM wallet_assets a WHERE a.wallet_id = ANY (scope_wallets())
$$;

-- The entities of the scope: its customers', those that its wallets stand on, and the platform's own.
CREATE OR REPLACE FUNCTION scope_entities() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(e.id), '{}') FROM entities e
  WHERE e.is_root OR e.customer_id = ANY (scope_customers())
    OR e.id IN (SELECT a.entity_id FROM wallet_assets a WHERE a.wallet_id = ANY (scope_wallets()))
    OR e.id IN (SELECT a.entity_id FROM accounts a WHERE a.id = ANY (scope_accounts()))
$$;

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

-- Whether what a row is about (`wallet`, its id) is of the scope. What a person does beside any record (`list`, their own
-- account) is nobody's; what stands for the house is beyond every scope.
CREATE OR REPLACE FUNCTION scope_sees(kind text, subject text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN kind IN ('list', 'operator') THEN true
    WHEN kind = 'transfer' THEN EXISTS (SELECT FROM transfers t WHERE t.id = subject AND t.wallet_id = ANY (scope_wallets()))
    WHEN kind = 'entity' THEN EXISTS (SELECT FROM entities e WHERE e.id = subject AND e.customer_id = ANY (scope_customers()))
    WHEN kind = 'account_number' THEN subject = ANY (scope_numbers())
    -- All others are called by a UUID; what isn't one is of nobody whom a scope could have.
    WHEN subject !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN false
    WHEN kind = 'wallet' THEN subject::uuid = ANY (scope_wallets())
    WHEN kind = 'customer' THEN subject::uuid = ANY (scope_customers())
    WHEN kind = 'portfolio' THEN subject::uuid = ANY (scope_portfolios())
    WHEN kind = 'withdrawal' THEN EXISTS (
      SELECT FROM withdrawals w WHERE w.id = subject::uuid AND w.wallet_id = ANY (scope_wallets()))
    WHEN kind = 'hold' THEN EXISTS (
      SELECT FROM holds h WHERE h.id = subject::uuid AND h.wallet_id = ANY (scope_wallets()))
    WHEN kind = 'schedule' THEN EXISTS (
      SELECT FROM schedules s WHERE s.id = subject::uuid AND s.wallet_id = ANY (scope_wallets()))
    WHEN kind = 'adjustment' THEN EXISTS (
      SELECT FROM adjustments j WHERE j.id = subject::uuid
        AND (j.from_wallet_id = ANY (scope_wallets()) OR j.to_wallet_id = ANY (scope_wallets())))
    WHEN kind = 'beneficiary' THEN EXISTS (
      SELECT FROM beneficiaries b WHERE b.id = subject::uuid AND b.customer_id = ANY (scope_customers()))
    WHEN kind = 'statement' THEN EXISTS (
      SELECT FROM statements s WHERE s.id = subject::uuid
        AND (s.wallet_id = ANY (scope_wallets()) OR s.portfolio_id = ANY (scope_portfolios())))
    WHEN kind = 'case' THEN EXISTS (
      SELECT FROM cases c WHERE c.id = subject::uuid
        AND c.subject_type IN ('customer', 'transfer', 'withdrawal') AND scope_sees(c.subject_type, c.subject_id))
    WHEN kind = 'money_approval' THEN EXISTS (
      SELECT FROM approvals a WHERE a.id = subject::uuid AND scope_sees(a.subject_type, a.subject_id))
    ELSE false
  END;
END $$;

-- What somebody whose role has a scope sees of each table: all of it, as the app does (`open`) or to read (`read`), nothing
-- (`refused`, which PostgreSQL says),
-- some columns (`named`), those and that they may add to it (`adds`), or the rows for which the condition holds.
-- A table that isn't named is refused, and a test asks that each is named.
CREATE OR REPLACE FUNCTION scope_rules() RETURNS TABLE (name text, sight text) LANGUAGE sql IMMUTABLE AS $$
  VALUES
  -- Whose they are is said by the wallet, customer or portfolio that they name.
  ('portfolios', 'id = ANY ((SELECT scope_portfolios())::uuid[])'),
  ('wallets', 'portfolio_id = ANY ((SELECT scope_portfolios())::uuid[])'),
  ('customers', 'id = ANY ((SELECT scope_customers())::uuid[])'),
  ('data_look_customers', 'customer_id = ANY ((SELECT scope_customers())::uuid[])'),
  ('person_packs', 'customer_id = ANY ((SELECT scope_customers())::uuid[])'),
  ('beneficiaries', 'customer_id = ANY ((SELECT scope_customers())::uuid[])'),
  ('entities', 'id = ANY ((SELECT scope_entities())::text[])'),
  ('onboardings', 'entity_id = ANY ((SELECT scope_entities())::text[])'),
  ('kyb_drafts', 'entity_id = ANY ((SELECT scope_entities())::text[])'),
  ('accounts', 'id = ANY ((SELECT scope_accounts())::text[])'),
  ('account_numbers', 'id = ANY ((SELECT scope_numbers())::text[])'),
  ('wallet_assets', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('pattern_moves', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('pattern_payments', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('transfers', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('deposit_requests', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('withdrawals', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('schedules', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('schedule_runs', 'EXISTS (SELECT FROM schedules s WHERE s.id = schedule_id)'),
  ('withdrawal_batches', 'EXISTS (SELECT FROM withdrawals w WHERE w.batch_id = withdrawal_batches.id)'),
  ('withdrawal_batch_rows', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('adjustments',
   'from_wallet_id = ANY ((SELECT scope_wallets())::uuid[]) OR to_wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('exchanges', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('holds', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('hold_acts', 'EXISTS (SELECT FROM holds h WHERE h.id = hold_id)'),
  ('debt_plans', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('account_verifications', 'EXISTS (SELECT FROM beneficiaries b WHERE b.id = beneficiary_id)'),
  -- Whom nobody pays, as far as somebody of the scope paid or saved them; what leaves is asked at the gate, of all.
  ('blocked_beneficiaries',
   'EXISTS (SELECT FROM withdrawals w WHERE w.destination = blocked_beneficiaries.destination)
    OR EXISTS (SELECT FROM beneficiaries b WHERE b.destination = blocked_beneficiaries.destination)'),
  ('ledger_accounts', 'owner_id = ANY ((SELECT scope_wallets())::text[])'),
  ('ledger_entries', 'account_id = ANY (ARRAY(SELECT a.id FROM ledger_accounts a))'),
  ('ledger_transactions', 'EXISTS (SELECT FROM ledger_entries e WHERE e.transaction_id = ledger_transactions.id)'),
  ('ledger_usage_days', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  -- Of a customer as a whole there is none: they may have wallets that the scope hasn't.
  ('statements',
   'wallet_id = ANY ((SELECT scope_wallets())::uuid[]) OR portfolio_id = ANY ((SELECT scope_portfolios())::uuid[])'),
  ('statement_chunks', 'EXISTS (SELECT FROM statements s WHERE s.id = statement_id)'),
  ('statement_mails', 'EXISTS (SELECT FROM statements s WHERE s.id = statement_id)'),
  ('statement_orders', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[]) OR portfolio_id = ANY ((SELECT scope_portfolios())::uuid[])'),
  ('statement_order_months', 'EXISTS (SELECT FROM statement_orders o WHERE o.id = order_id)'),
  ('portfolio_caps', 'portfolio_id = ANY ((SELECT scope_portfolios())::uuid[])'),
  -- What their data is sealed under, and what it is found by.
  ('data_keys', $q$owner IN ('house', 'search') OR substr(owner, length('customer:') + 1) = ANY ((SELECT scope_customers())::text[])$q$),

  -- By what they are about.
  ('notes', 'scope_sees(subject_type, subject_id)'),
  ('reveals', 'scope_sees(subject_type, subject_id)'),
  ('lifecycle_acts', 'scope_sees(subject_type, subject_id::text)'),
  ('approvals', 'scope_sees(subject_type, subject_id)'),
  ('approval_decisions', 'EXISTS (SELECT FROM approvals a WHERE a.id = approval_id)'),
  ('approval_shadows', 'scope_sees(subject_type, subject_id)'),
  ('cases', $q$subject_type IN ('customer', 'transfer', 'withdrawal') AND scope_sees(subject_type, subject_id)$q$),
  ('case_acts', 'EXISTS (SELECT FROM cases c WHERE c.id = case_id)'),
  ('audit_entries', 'scope_sees(subject_type, subject_id)'),
  ('outbox_events', 'scope_sees(subject_kind, subject_id)'),
  ('notices', 'scope_sees(subject_kind, subject_id)'),
  ('unexplained_payouts', 'EXISTS (SELECT FROM transfers t WHERE t.id = transfer_id)'),
  ('inbox_events', 'EXISTS (SELECT FROM transfers t WHERE t.id = object_id)'),
  ('proof_movements', 'EXISTS (SELECT FROM transfers t WHERE t.id = resource_id)'),
  ('proof_breaks',
   'wallet_id = ANY ((SELECT scope_wallets())::uuid[]) OR owner_wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  -- Looked through for whatever has an id; there is none of a scope.
  ('webhook_endpoints', 'false'),
  -- How far an account is proven, where it is one wallet's alone: of a shared one it is the house's money.
  ('proof_states', $q$EXISTS (
     SELECT FROM wallet_assets a WHERE a.account_id = proof_states.account_id AND a.pattern IN ('B', 'C'))$q$),

  -- Nobody's: what is set for all, who works here, and what a request needs to be one.
  ('assets', 'read'), ('settings', 'read'), ('rails', 'read'), ('wallet_terms', 'read'), ('logos', 'read'),
  ('approval_rules', 'read'), ('payout_stops', 'read'), ('standstills', 'read'), ('queue_items', 'open'),
  ('operators', 'open'), ('custom_roles', 'read'), ('operator_sessions', 'open'), ('operator_totps', 'open'),
  ('passkeys', 'open'), ('recovery_codes', 'open'), ('factor_challenges', 'open'), ('sign_in_tries', 'open'),
  ('operator_changes', 'read'), ('saved_views', 'open'), ('notice_choices', 'open'), ('notice_mails', 'open'), ('once_requests', 'open'),
  ('last_writes', 'open'), ('rate_slots', 'open'), ('worker_heartbeats', 'read'), ('name_words', 'open'),
  ('data_looks', 'adds id, at, way, actor_id, ip'), ('api_keys', 'named id, name'),

  -- The house's: its money as a whole, its machines, what came from the rail unread, and the keys of others.
  ('ledger_sums', 'refused'), ('ledger_flows', 'refused'), ('ledger_folds', 'refused'), ('accounting_rules', 'refused'),
  ('proof_exemptions', 'refused'), ('proofs', 'refused'), ('retracted_movements', 'refused'),
  ('chain_seals', 'refused'), ('chain_states', 'refused'), ('chain_decisions', 'refused'),
  ('inbox_claims', 'refused'), ('inbox_conflicts', 'refused'), ('inbox_hours', 'refused'),
  ('inbox_endpoints', 'refused'), ('refused_deliveries', 'refused'), ('replays', 'refused'), ('poll_runs', 'refused'),
  ('sync_runs', 'refused'), ('fintoc_requests', 'refused'), ('outbox_readers', 'refused'),
  ('webhook_secrets', 'refused'), ('webhook_deliveries', 'refused'),
  ('webhook_attempts', 'refused'), ('alarms', 'refused'), ('alarm_messages', 'refused'),
  ('api_key_secrets', 'refused'), ('api_requests', 'refused'), ('api_rates', 'refused'),
  ('access_links', 'refused'), ('person_pack_chunks', 'refused'),
  ('_prisma_migrations', 'refused')
$$;

-- Gives the role `<app>_scoped` what somebody with a scope needs, by scope_rules, and nothing of all else. The app's own
-- role goes on seeing every row. It is called after grant_runtime, by the owner; where there is no such role nothing is
-- done, and no table has row-level security. What stands already is left alone: a policy takes a lock that nobody reads under.
CREATE OR REPLACE FUNCTION grant_scoped(app text) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_scoped text := app || '_scoped';
  v_each record;
  v_right text;
  v_columns text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = v_scoped) THEN RETURN false; END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', v_scoped);

  FOR v_each IN
    SELECT c.oid, c.oid::regclass AS name, c.relrowsecurity AS is_secured, coalesce(s.sight, 'refused') AS sight,
           obj_description(p.oid, 'pg_policy') AS said, o.oid IS NOT NULL AS has_open
    FROM pg_class c LEFT JOIN scope_rules() s ON s.name = c.relname
    LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = v_scoped
    LEFT JOIN pg_policy o ON o.polrelid = c.oid AND o.polname = app
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relowner = current_user::regrole
  LOOP
    EXECUTE format('REVOKE ALL ON %s FROM %I', v_each.name, v_scoped);
    IF v_each.said IS NOT NULL AND v_each.said <> v_each.sight THEN
      EXECUTE format('DROP POLICY %I ON %s', v_scoped, v_each.name);
    END IF;
    CONTINUE WHEN v_each.sight = 'refused';
    IF v_each.sight = 'read' THEN
      EXECUTE format('GRANT SELECT ON %s TO %I', v_each.name, v_scoped);
      CONTINUE;
    END IF;
    IF v_each.sight ~ '^(named|adds) ' THEN
      EXECUTE format('GRANT SELECT (%s) ON %s TO %I', substring(v_each.sight FROM ' .*'), v_each.name, v_scoped);
      IF v_each.sight ~ '^adds ' THEN EXECUTE format('GRANT INSERT ON %s TO %I', v_each.name, v_scoped); END IF;
      CONTINUE;
    END IF;
    FOREACH v_right IN ARRAY ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE'] LOOP
      IF has_table_privilege(app, v_each.oid, v_right) THEN
        EXECUTE format('GRANT %s ON %s TO %I', v_right, v_each.name, v_scoped);
      ELSIF v_right = 'UPDATE' THEN
        v_columns := (
          SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
          WHERE a.attrelid = v_each.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND has_column_privilege(app, v_each.oid, a.attnum, 'UPDATE'));
        IF v_columns IS NOT NULL THEN EXECUTE format('GRANT UPDATE (%s) ON %s TO %I', v_columns, v_each.name, v_scoped); END IF;
      END IF;
    END LOOP;
    CONTINUE WHEN v_each.sight = 'open';
    IF NOT v_each.has_open THEN
      EXECUTE format('CREATE POLICY %I ON %s TO %I USING (true)', app, v_each.name, app);
    END IF;
    IF v_each.said IS DISTINCT FROM v_each.sight THEN
      EXECUTE format('CREATE POLICY %I ON %s TO %I USING (%s)', v_scoped, v_each.name, v_scoped, v_each.sight);
      EXECUTE format('COMMENT ON POLICY %I ON %s IS %L', v_scoped, v_each.name, v_each.sight);
    END IF;
    IF NOT v_each.is_secured THEN EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', v_each.name); END IF;
  END LOOP;

  FOR v_each IN
    SELECT c.oid::regclass AS name, has_sequence_privilege(app, c.oid, 'USAGE') AS is_used FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' AND c.relowner = current_user::regrole
  LOOP
    IF v_each.is_used THEN EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %I', v_each.name, v_scoped); END IF;
  END LOOP;

  FOR v_each IN
    SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole
      AND has_function_privilege(app, p.oid, 'EXECUTE')
  LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', v_each.name, v_scoped);
  END LOOP;
  RETURN true;
END $$;

-- Gives a role what web and worker need, by rule, so that nothing made later is forgotten. It is called after every
-- migration (scripts/lib/roles.mjs), by the owner. The rules:
--   what the ledger and its chain consist of is read, and written by their functions alone;
--   what a refuse_… trigger keeps from being changed or deleted, the role may not change or delete either;
--   all else it may read, add, change and delete; it makes, empties and alters nothing.
CREATE OR REPLACE FUNCTION grant_runtime(app text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_each record;
  v_columns text;
  v_mine oid := (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user);
BEGIN
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), app);
  EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC, %I', current_database(), app);
  EXECUTE format('REVOKE CREATE ON SCHEMA public FROM PUBLIC, %I', app);
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', app);

  FOR v_each IN
    SELECT c.oid, c.oid::regclass AS name, c.relname ~ '^(ledger|chain|_prisma)_' AS is_ours,
           coalesce(k.no_delete, false) AS no_delete, coalesce(k.no_update, false) AS no_update, k.kept
    FROM pg_class c
    LEFT JOIN LATERAL (
      -- Of a trigger's type 8 is DELETE, 16 is UPDATE, 1 is FOR EACH ROW (pg_trigger.h).
      SELECT bool_or(t.tgtype & 8 > 0) AS no_delete, bool_or(t.tgtype & 16 > 0 AND t.tgattr::text = '') AS no_update,
             string_agg(nullif(t.tgattr::text, ''), ' ') FILTER (WHERE t.tgtype & 16 > 0) AS kept
      FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE t.tgrelid = c.oid AND t.tgtype & 1 = 0 AND t.tgqual IS NULL AND p.proname ~ '^refuse_'
    ) k ON true
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relowner = v_mine
  LOOP
    EXECUTE format('REVOKE ALL ON %s FROM %I', v_each.name, app);
    EXECUTE format('GRANT SELECT ON %s TO %I', v_each.name, app);
    CONTINUE WHEN v_each.is_ours;
    EXECUTE format('GRANT INSERT ON %s TO %I', v_each.name, app);
    IF NOT v_each.no_delete THEN EXECUTE format('GRANT DELETE ON %s TO %I', v_each.name, app); END IF;
    CONTINUE WHEN v_each.no_update;
    v_columns := (
      SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
      WHERE a.attrelid = v_each.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attnum::text <> ALL (string_to_array(coalesce(v_each.kept, ''), ' ')));
    IF v_each.kept IS NULL THEN EXECUTE format('GRANT UPDATE ON %s TO %I', v_each.name, app);
    ELSE EXECUTE format('GRANT UPDATE (%s) ON %s TO %I', v_columns, v_each.name, app);
    END IF;
  END LOOP;

  FOR v_each IN
    SELECT c.oid::regclass AS name, c.relname ~ '^(ledger|chain)_' AS is_ours FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' AND c.relowner = v_mine
  LOOP
    EXECUTE format('REVOKE ALL ON SEQUENCE %s FROM %I', v_each.name, app);
    EXECUTE format('GRANT SELECT ON SEQUENCE %s TO %I', v_each.name, app);
    IF NOT v_each.is_ours THEN EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %I', v_each.name, app); END IF;
  END LOOP;

  FOR v_each IN
    SELECT p.oid::regprocedure AS name, p.prorettype = 'trigger'::regtype OR p.proname IN ('grant_runtime', 'grant_scoped') AS is_ours
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = v_mine
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, %I', v_each.name, app);
    IF NOT v_each.is_ours THEN EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', v_each.name, app); END IF;
  END LOOP;

  -- For what is made between two calls of this, by whichever tool migrates.
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', app);
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO %I', app);
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO %I', app);
  ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
END $$;
