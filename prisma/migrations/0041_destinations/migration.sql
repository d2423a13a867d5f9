-- A debit card and a mobile number are paid at a bank that they don't name, and a Chilean account has a kind: both are part of
-- where the money goes, so that the seal, the blocked and every comparison hold them too.

ALTER TABLE withdrawals DROP CONSTRAINT withdrawals_destination_check;
ALTER TABLE withdrawals ADD CONSTRAINT withdrawals_destination_check CHECK (CASE destination_kind
  WHEN 'clabe' THEN destination ~ '^\d{18}$'
  WHEN 'card' THEN destination ~ '^\d{5}/\d{16}$'
  WHEN 'phone' THEN destination ~ '^\d{5}/\d{10}$'
  WHEN 'tef' THEN destination ~ '^\d{7,8}-[\dK]/[a-z_]+/(checking|sight|savings)/\d{1,20}$'
  ELSE destination <> '' END);

-- What is more than a network carries at once leaves in parts: withdrawals of one batch, decided on as one.
ALTER TABLE withdrawal_batches
  ADD COLUMN split_amount bigint,
  ADD CONSTRAINT withdrawal_batches_split CHECK (split_amount > 0);
DROP TRIGGER withdrawal_batches_uploaded ON withdrawal_batches;
CREATE TRIGGER withdrawal_batches_uploaded
  BEFORE UPDATE OF id, file_name, file_hash, asset, split_amount, requested_by_id, created_at
  ON withdrawal_batches FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
