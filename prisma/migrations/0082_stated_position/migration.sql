-- Up to where an account's movements had been read when Fintoc stated its balance: what came since explains a statement
-- that was ahead of them.
ALTER TABLE proof_states ADD COLUMN stated_position bigint;
