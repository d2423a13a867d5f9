-- Who could decide on what this person asks for: by a built-in role, or by one that people made.
CREATE OR REPLACE FUNCTION approval_deciders(asker uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.id FROM operators o
  WHERE o.id <> asker AND o.disabled_at IS NULL AND operator_decides(o) AND NOT operators_tied(asker, o.id)
$$;
