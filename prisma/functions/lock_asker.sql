-- Until the end of the transaction nobody whose requests add up with these asks as well. Keys before people, and people
-- in one order, so that two never wait in a ring.
CREATE OR REPLACE FUNCTION lock_asker(one uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('monedero.asked.by'), hashtext(one::text));
  PERFORM pg_advisory_xact_lock(hashtext('monedero.asked.by'), of)
  FROM (SELECT DISTINCT hashtext(id::text) AS of FROM people_behind(one) AS id WHERE id <> one ORDER BY 1) others;
END $$;
