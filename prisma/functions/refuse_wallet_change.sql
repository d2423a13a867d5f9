CREATE OR REPLACE FUNCTION refuse_wallet_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a wallet keeps its id and its assets, and is closed, never deleted' USING ERRCODE = 'restrict_violation';
END $$;
