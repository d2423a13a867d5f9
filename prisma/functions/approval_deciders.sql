-- Who could decide on what this person asks for.
CREATE OR REPLACE FUNCTION approval_deciders(asker uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.id FROM operators o
  WHERE o.id <> asker AND o.disabled_at IS NULL AND o.role IN ('approver', 'admin') AND NOT operators_tied(asker, o.id)
$$;
