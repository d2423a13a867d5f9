CREATE OR REPLACE FUNCTION refuse_withdrawal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a withdrawal stays what was asked for, and by whom' USING ERRCODE = 'restrict_violation';
END $$;
