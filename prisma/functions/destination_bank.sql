-- The bank that money goes to, of whatever it is sent to: a CLABE's first three digits, the same ones at the end of the
-- bank's key before a card or a phone, and before a Chilean account the bank as its rail calls it.
CREATE OR REPLACE FUNCTION destination_bank(destination text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN destination ~ '^\d{18}$' THEN left(destination, 3)
    WHEN destination ~ '^\d{5}/\d+$' THEN substr(destination, 3, 3)
    WHEN destination ~ '^[^/]+/[^/]+/[^/]+/\d+$' THEN split_part(destination, '/', 2)
  END
$$;
