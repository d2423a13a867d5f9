-- Whose requests add up: of a person with those of all keys that they made or have a secret of, and of a key with those
-- of its makers and of all their keys. Two askers count each other, or neither does.
CREATE OR REPLACE FUNCTION asking_as_one(one uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH behind AS (SELECT id FROM people_behind(one) AS id)
  SELECT id FROM behind
  UNION SELECT k.id FROM api_keys k JOIN behind b ON b.id = k.made_by_id
  UNION SELECT s.key_id FROM api_key_secrets s JOIN behind b ON b.id = s.made_by_id
$$;
