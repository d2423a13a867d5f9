-- What was sent or given up stays so: no mail goes out twice because somebody set it back.
CREATE OR REPLACE FUNCTION keep_notice_mail() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'a mail that was % stays so', OLD.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
