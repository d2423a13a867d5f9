-- What an account stands for, told from its code alone (lib/ledger/chart.ts). Of the wallets only customers' may not go
-- below zero, which tells theirs from the platform's own.
CREATE OR REPLACE FUNCTION ledger_class(code text, bucket text, non_negative boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN code LIKE 'wallet/%' THEN CASE WHEN non_negative THEN 'customer_' ELSE 'own_' END || bucket
    WHEN code LIKE 'house/%' THEN replace(code, '/', '_')
    ELSE bucket END
$$;
