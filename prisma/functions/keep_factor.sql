-- What was used stays so, whoever writes it: no code is good twice.
CREATE OR REPLACE FUNCTION keep_factor() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'a code that was used stays used' USING ERRCODE = 'restrict_violation';
END $$;
