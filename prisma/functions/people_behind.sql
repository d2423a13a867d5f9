-- Who asks, by themselves or by a key: a person, or a key and those who made it or a secret of it.
CREATE OR REPLACE FUNCTION people_behind(one uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT one UNION SELECT k.made_by_id FROM api_keys k WHERE k.id = one
  UNION SELECT s.made_by_id FROM api_key_secrets s WHERE s.key_id = one
$$;
