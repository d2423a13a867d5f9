-- The withdrawal that a transfer in an event was made for, by the mark that we put on it; null where there is none.
CREATE OR REPLACE FUNCTION withdrawal_mark(event_body text) RETURNS uuid LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (event_body::jsonb #>> '{data,metadata,withdrawal_id}')::uuid;
EXCEPTION WHEN others THEN
  RETURN NULL;
END $$;
