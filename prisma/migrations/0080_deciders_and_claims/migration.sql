-- ── Whose requests add up ────────────────────────────────────────────────────

-- Who asks, by themselves or by a key: a person, or a key and those who made it or a secret of it.
CREATE FUNCTION people_behind(one uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT one UNION SELECT k.made_by_id FROM api_keys k WHERE k.id = one
  UNION SELECT s.made_by_id FROM api_key_secrets s WHERE s.key_id = one
$$;

-- Whose requests add up: of a person with those of all keys that they made or have a secret of, and of a key with those
-- of its makers and of all their keys. Two askers count each other, or neither does.
CREATE FUNCTION asking_as_one(one uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH behind AS (SELECT id FROM people_behind(one) AS id)
  SELECT id FROM behind
  UNION SELECT k.id FROM api_keys k JOIN behind b ON b.id = k.made_by_id
  UNION SELECT s.key_id FROM api_key_secrets s JOIN behind b ON b.id = s.made_by_id
$$;

-- Until the end of the transaction nobody whose requests add up with these asks as well. Keys before people, and people
-- in one order, so that two never wait in a ring.
CREATE FUNCTION lock_asker(one uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('monedero.asked.by'), hashtext(one::text));
  PERFORM pg_advisory_xact_lock(hashtext('monedero.asked.by'), of)
  FROM (SELECT DISTINCT hashtext(id::text) AS of FROM people_behind(one) AS id WHERE id <> one ORDER BY 1) others;
END $$;

-- Whether one of two made or changed the other's account, role or password within a day. A key that asks stands for
-- those who made it: none of them ever decides on what it asks for, nor whoever is tied to one of them.
CREATE OR REPLACE FUNCTION operators_tied(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT key_stands_for(one, other) OR EXISTS (
    SELECT FROM operator_changes c
    JOIN people_behind(one) AS a(id)
      ON (c.operator_id = a.id AND c.by_id = other) OR (c.operator_id = other AND c.by_id = a.id)
    WHERE c.at > now() - interval '24 hours')
$$;
