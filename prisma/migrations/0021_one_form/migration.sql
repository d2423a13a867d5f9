-- Names, numbers and texts stand in one form, whatever was typed.

-- ── What the bank prints ─────────────────────────────────────────────────────

-- Made once, when it is asked for: a request that is sent again under its key must not differ.
ALTER TABLE withdrawals
  ADD COLUMN printed_name text CHECK (printed_name ~ '^[A-Za-z0-9 ]{0,40}$'),
  ADD COLUMN printed_comment text CHECK (printed_comment ~ '^[A-Za-z0-9 ]{0,40}$');

DROP TRIGGER withdrawals_asked ON withdrawals;

-- ── What stands ──────────────────────────────────────────────────────────────

-- A line as lib/text.ts makes it, but for what joins pictures. What would be left with nothing stays as it was.
CREATE FUNCTION pg_temp.line(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(nullif(btrim(regexp_replace(regexp_replace(normalize(said, NFC),
    '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]', '', 'g'),
    '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g')), ''), said)
$$;

-- An RFC or CURP in capitals, a RUT as 12345678-5; null for what is none.
CREATE FUNCTION pg_temp.tax_id(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN bare ~ '^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$' OR bare ~ '^[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d$' THEN bare
    WHEN bare ~ '^0*[1-9]\d{6,7}[\dK]$' THEN regexp_replace(ltrim(bare, '0'), '(.)$', '-\1')
  END
  FROM (SELECT upper(regexp_replace(normalize(pg_temp.line(said), NFKC),
    '[\s.·\u02d7\u2010-\u2015\u2043\u2212-]', '', 'g')) AS bare) b
$$;

UPDATE customers SET tax_id = pg_temp.tax_id(tax_id) WHERE pg_temp.tax_id(tax_id) <> tax_id;
UPDATE customers SET name = pg_temp.line(name) WHERE pg_temp.line(name) <> name;
UPDATE wallets SET name = pg_temp.line(name) WHERE pg_temp.line(name) <> name;
UPDATE operators SET name = pg_temp.line(name) WHERE pg_temp.line(name) <> name;
UPDATE entities SET holder_id = pg_temp.tax_id(holder_id) WHERE pg_temp.tax_id(holder_id) <> holder_id;
UPDATE entities SET holder_name = pg_temp.line(holder_name) WHERE pg_temp.line(holder_name) <> holder_name;
UPDATE transfers SET counterparty_tax_id = pg_temp.tax_id(counterparty_tax_id)
WHERE pg_temp.tax_id(counterparty_tax_id) <> counterparty_tax_id;
UPDATE transfers SET counterparty_name = pg_temp.line(counterparty_name)
WHERE counterparty_name !~ '^[!-~]+( [!-~]+)*$' AND pg_temp.line(counterparty_name) <> counterparty_name;
UPDATE transfers SET comment = pg_temp.line(comment) WHERE comment !~ '^[!-~]+( [!-~]+)*$' AND pg_temp.line(comment) <> comment;

-- A withdrawal's, unless a request with it is under way. What was typed is in its audit entry.
UPDATE withdrawals SET beneficiary_tax_id = pg_temp.tax_id(beneficiary_tax_id)
WHERE pg_temp.tax_id(beneficiary_tax_id) <> beneficiary_tax_id
  AND (submitted_at IS NULL OR status IN ('succeeded', 'failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired'));

CREATE TRIGGER withdrawals_asked BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN ((OLD.id, OLD.wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.fee_amount, OLD.beneficiary_name,
         OLD.beneficiary_tax_id, OLD.beneficiary_number, OLD.beneficiary_bank, OLD.comment, OLD.reference_id,
         OLD.printed_name, OLD.printed_comment, OLD.requested_by_id, OLD.request_id, OLD.request_hash)
    IS DISTINCT FROM
        (NEW.id, NEW.wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.fee_amount, NEW.beneficiary_name,
         NEW.beneficiary_tax_id, NEW.beneficiary_number, NEW.beneficiary_bank, NEW.comment, NEW.reference_id,
         NEW.printed_name, NEW.printed_comment, NEW.requested_by_id, NEW.request_id, NEW.request_hash))
  EXECUTE FUNCTION refuse_withdrawal_change();
