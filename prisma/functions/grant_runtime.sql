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
