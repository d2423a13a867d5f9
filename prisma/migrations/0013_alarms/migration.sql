-- What goes wrong at the edges: a CLABE that Fintoc gives out again, an event that comes with another content, and
-- alarms that leave the machine.

-- ── A CLABE given out again ──────────────────────────────────────────────────

-- Fintoc may delete an account number and give its CLABE out again under another id. The old row stays, with all that
-- happened on it, as deleted; of those that live, one has the CLABE.
DROP INDEX account_numbers_number_key;
CREATE UNIQUE INDEX account_numbers_live_number ON account_numbers (number) WHERE status <> 'deleted';
CREATE INDEX account_numbers_number_idx ON account_numbers (number);
