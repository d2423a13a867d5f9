-- What whoever may do it does at once, until a rule says otherwise.
INSERT INTO approval_rules (id, action, version, mode, conditions, steps) VALUES
  (gen_random_uuid(), 'wallet.freeze', 1, 'off', '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'wallet.unfreeze', 1, 'off', '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'wallet.close', 1, 'off', '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'number.quarantine', 1, 'off', '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'suspense.return', 1, 'off', '{}', '[{"people": 1}]'),
  (gen_random_uuid(), 'suspense.assign', 1, 'off', '{}', '[{"people": 1}]');

-- What the rules asked for a row of a batch when it was requested: the batch takes the most of all its rows.
ALTER TABLE withdrawal_batch_rows ADD COLUMN "steps" JSONB, ADD COLUMN "fired" JSONB;
