CREATE OR REPLACE FUNCTION refuse_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account has the balance and the sequence of its last entry' USING ERRCODE = 'check_violation';
END $$;
