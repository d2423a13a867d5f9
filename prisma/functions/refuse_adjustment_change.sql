CREATE OR REPLACE FUNCTION refuse_adjustment_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an adjustment stays what was asked for, and its decision as it was made' USING ERRCODE = 'restrict_violation';
END $$;
