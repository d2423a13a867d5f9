CREATE OR REPLACE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO chain_decisions (withdrawal_id, decision, request_hash, decided_by)
  VALUES (NEW.id,
    CASE WHEN TG_OP = 'INSERT' THEN 'requested'
         WHEN NEW.status IN ('declined', 'cancelled', 'expired') THEN NEW.status::text ELSE 'approved' END,
    NEW.request_hash,
    CASE WHEN TG_OP = 'INSERT' THEN NEW.requested_by_id WHEN NEW.status NOT IN ('cancelled', 'expired') THEN NEW.approved_by_id END);
  RETURN NULL;
END $$;
