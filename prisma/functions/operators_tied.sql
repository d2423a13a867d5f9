-- Whether one of two made or changed the other's account, role or password within a day. A key that asks stands for
-- those who made it: none of them ever decides on what it asks for, nor whoever is tied to one of them.
CREATE OR REPLACE FUNCTION operators_tied(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT key_stands_for(one, other) OR EXISTS (
    SELECT FROM operator_changes c
    JOIN people_behind(one) AS a(id)
      ON (c.operator_id = a.id AND c.by_id = other) OR (c.operator_id = other AND c.by_id = a.id)
    WHERE c.at > now() - interval '24 hours')
$$;
