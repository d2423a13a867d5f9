-- Whether a key is somebody's own: who made it, or made a secret of it, may hold that secret.
CREATE OR REPLACE FUNCTION key_stands_for(key uuid, person uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM api_keys k WHERE k.id = key AND k.made_by_id = person)
    OR EXISTS (SELECT FROM api_key_secrets s WHERE s.key_id = key AND s.made_by_id = person)
$$;
