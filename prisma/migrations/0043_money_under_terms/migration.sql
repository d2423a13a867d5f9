-- What goes from one wallet to another may use of the limits of both.
ALTER TABLE ledger_uses DROP CONSTRAINT ledger_uses_pkey, ADD CONSTRAINT ledger_uses_pkey PRIMARY KEY (transaction_id, direction);
