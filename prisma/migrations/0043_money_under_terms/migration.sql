-- What goes from one wallet to another may use of the limits of both.
ALTER TABLE ledger_uses DROP CONSTRAINT ledger_uses_pkey, ADD CONSTRAINT ledger_uses_pkey PRIMARY KEY (transaction_id, direction);

-- What an account number sends back by itself, as its wallet's terms had it told to the rail.
ALTER TABLE account_numbers ADD COLUMN "bound_min" BIGINT, ADD COLUMN "bound_max" BIGINT;
UPDATE account_numbers n SET bound_min = t.deposit_min_amount, bound_max = t.deposit_max_amount
FROM wallet_assets h JOIN wallet_terms t ON t.id = h.terms_id
WHERE h.account_number_id = n.id AND t.deposits_refused_by_rail
  AND (n.raw->'options'->>'min_amount')::bigint IS NOT DISTINCT FROM t.deposit_min_amount
  AND (n.raw->'options'->>'max_amount')::bigint IS NOT DISTINCT FROM t.deposit_max_amount;
CREATE INDEX account_numbers_bound ON account_numbers (id) WHERE bound_min IS NOT NULL OR bound_max IS NOT NULL;
