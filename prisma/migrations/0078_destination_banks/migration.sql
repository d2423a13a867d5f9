-- A payout is found by its bank, whatever it is sent to: a card, a phone and a Chilean account too.

-- The bank that money goes to, of whatever it is sent to: a CLABE's first three digits, the same ones at the end of the
-- bank's key before a card or a phone, and before a Chilean account the bank as its rail calls it.
CREATE OR REPLACE FUNCTION destination_bank(destination text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN destination ~ '^\d{18}$' THEN left(destination, 3)
    WHEN destination ~ '^\d{5}/\d+$' THEN substr(destination, 3, 3)
    WHEN destination ~ '^[^/]+/[^/]+/[^/]+/\d+$' THEN split_part(destination, '/', 2)
  END
$$;

DROP INDEX withdrawals_bank;
CREATE INDEX withdrawals_bank ON withdrawals (destination_bank(destination), created_at DESC, id DESC);
-- The account of a Chilean destination stands behind its holder and its bank.
CREATE INDEX withdrawals_tef_account ON withdrawals (split_part(destination, '/', 4), created_at) WHERE destination_kind = 'tef';
