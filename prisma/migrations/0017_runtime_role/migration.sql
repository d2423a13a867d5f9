-- Web and worker are not the owner: they hold a role that can't do what the owner can take back.

-- ── What is kept as it was ───────────────────────────────────────────────────

-- What Fintoc said, word for word; how far we are with it may change. What a poll found is asked for again until it
-- could be read and posted.
CREATE TRIGGER webhook_events_kept BEFORE DELETE OR TRUNCATE ON webhook_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER webhook_events_said
  BEFORE UPDATE OF id, type, object_id, mode, origin, headers, body, occurred_at, received_at ON webhook_events FOR EACH ROW
  WHEN (OLD.origin <> 'poll' OR (OLD.id, OLD.object_id, OLD.mode, OLD.origin, OLD.headers, OLD.received_at)
    IS DISTINCT FROM (NEW.id, NEW.object_id, NEW.mode, NEW.origin, NEW.headers, NEW.received_at))
  EXECUTE FUNCTION refuse_change();
-- Who released or accepted a break, and why. They go when their break opens again.
CREATE TRIGGER break_releases_kept BEFORE UPDATE OR TRUNCATE ON break_releases
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER break_acceptances_kept BEFORE UPDATE OR TRUNCATE ON break_acceptances
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER adjustments_kept BEFORE DELETE OR TRUNCATE ON adjustments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_adjustment_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an adjustment stays what was asked for, and its decision as it was made' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER adjustments_asked BEFORE UPDATE ON adjustments FOR EACH ROW
  WHEN ((OLD.id, OLD.from_wallet_id, OLD.to_wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.reason, OLD.requested_by_id, OLD.request_id)
    IS DISTINCT FROM
        (NEW.id, NEW.from_wallet_id, NEW.to_wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.reason, NEW.requested_by_id, NEW.request_id)
    OR OLD.decided_by_id IS NOT NULL AND OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id)
  EXECUTE FUNCTION refuse_adjustment_change();

-- ── Who writes the ledger ────────────────────────────────────────────────────

-- These two, with the owner's rights, however little their caller may. Where they look for names is theirs to say:
-- a table of the caller's own with the name of one of ours would be found first otherwise.
ALTER FUNCTION ledger_post(jsonb) SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION ledger_fold(int) SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;

-- The triggers that look something up while the caller writes.
ALTER FUNCTION transfers_check_wallets() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION transfer_check_wallet() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION seal_withdrawal() SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION decide_withdrawal() SET search_path = pg_catalog, public, pg_temp;

-- ── What the app's role may ──────────────────────────────────────────────────

-- Gives a role what web and worker need, by rule, so that nothing made later is forgotten. It is called after every
-- migration (scripts/lib/roles.mjs), by the owner. The rules:
--   what the ledger and its chain consist of is read, and written by their functions alone;
--   what a refuse_… trigger keeps from being changed or deleted, the role may not change or delete either;
--   all else it may read, add, change and delete; it makes, empties and alters nothing.
CREATE FUNCTION grant_runtime(app text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
    SELECT p.oid::regprocedure AS name, p.prorettype = 'trigger'::regtype OR p.proname = 'grant_runtime' AS is_ours
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
REVOKE EXECUTE ON FUNCTION grant_runtime(text) FROM PUBLIC;
