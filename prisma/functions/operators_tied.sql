-- Whether one of two made or changed the other's account, role or password within a day.
CREATE OR REPLACE FUNCTION operators_tied(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM operator_changes c
    WHERE ((c.operator_id = one AND c.by_id = other) OR (c.operator_id = other AND c.by_id = one))
      AND c.at > now() - interval '24 hours')
$$;
