-- How many of an account's entries are of transactions before one. Both are numbered under the account's lock, so they
-- rise together: it is found by halving, whatever clocks said.
CREATE OR REPLACE FUNCTION ledger_sequence_before(account bigint, transaction bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_low bigint := 0;
  v_high bigint := (SELECT a.sequence FROM ledger_accounts a WHERE a.id = account);
  v_middle bigint;
BEGIN
  WHILE v_low < v_high LOOP
    v_middle := (v_low + v_high + 1) / 2;
    IF (SELECT e.transaction_id FROM ledger_entries e WHERE e.account_id = account AND e.sequence = v_middle) < transaction THEN
      v_low := v_middle;
    ELSE
      v_high := v_middle - 1;
    END IF;
  END LOOP;
  RETURN v_low;
END $$;
