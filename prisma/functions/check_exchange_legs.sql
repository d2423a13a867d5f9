-- Both legs of an exchange are posted, declined or called off, or neither is.
CREATE OR REPLACE FUNCTION check_exchange_legs() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT count(DISTINCT j.status) FROM adjustments j WHERE j.exchange_id = NEW.exchange_id) > 1 THEN
    RAISE EXCEPTION 'adjustments: the legs of an exchange end together' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
