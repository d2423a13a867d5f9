-- A phone is found by as few digits as one may have: eight.
DROP INDEX customers_phone;
CREATE INDEX customers_phone ON customers (right(regexp_replace(phone, '\D', '', 'g'), 8)) WHERE phone IS NOT NULL;
