-- After a restore the ids that were given since the backup are nobody's again. Whoever reads events by their ids would pass
-- over the next ones, or take them for others that it knows: so they go on far beyond any that was given.
CREATE OR REPLACE FUNCTION leap_events() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT setval('outbox_events_id_seq', last_value + 1000000000) FROM outbox_events_id_seq
$$;
