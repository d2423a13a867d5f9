-- A debit card and a mobile number are paid at a bank that they don't name: their bank is part of where the money goes, so
-- that the seal, the blocked and every comparison hold it too.

ALTER TABLE withdrawals DROP CONSTRAINT withdrawals_destination_check;
ALTER TABLE withdrawals ADD CONSTRAINT withdrawals_destination_check CHECK (CASE destination_kind
  WHEN 'clabe' THEN destination ~ '^\d{18}$'
  WHEN 'card' THEN destination ~ '^\d{5}/\d{16}$'
  WHEN 'phone' THEN destination ~ '^\d{5}/\d{10}$'
  WHEN 'tef' THEN destination ~ '^\d{7,8}-[\dK]/[a-z_]+/\d+$'
  ELSE destination <> '' END);
