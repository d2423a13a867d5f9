-- What is set aside for deposits that go back, which the gate asks of a wallet before anything leaves it: few rows of many.
CREATE INDEX transfers_set_aside ON transfers (wallet_id) WHERE return_reserved > 0;
-- Scheduled days that were refused lately, which an alarm asks for.
CREATE INDEX schedule_runs_refused ON schedule_runs (at) WHERE refusal IS NOT NULL;

-- Both legs of an exchange are posted, declined or called off, or neither is.
CREATE OR REPLACE FUNCTION check_exchange_legs() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (SELECT count(DISTINCT j.status) FROM adjustments j WHERE j.exchange_id = NEW.exchange_id) > 1 THEN
    RAISE EXCEPTION 'adjustments: the legs of an exchange end together' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
-- Asked when the transaction ends: each leg is written by itself.
CREATE CONSTRAINT TRIGGER adjustments_exchanged AFTER UPDATE OF status ON adjustments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.exchange_id IS NOT NULL) EXECUTE FUNCTION check_exchange_legs();
