CREATE OR REPLACE FUNCTION refuse_account_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account keeps its id, code, asset and side, and is never deleted' USING ERRCODE = 'restrict_violation';
END $$;
