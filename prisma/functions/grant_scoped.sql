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
