-- The bank of a CLABE is its first three digits.
CREATE OR REPLACE FUNCTION clabe_bank(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN length(number) = 18 THEN left(number, 3) END
$$;
