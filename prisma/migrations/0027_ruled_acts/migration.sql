-- What whoever may do it does at once, until a rule says otherwise.

INSERT INTO approval_rules (id, action, version, mode, conditions, steps) VALUES
  (gen_random_uuid(), 'event.replay', 1, 'off', '{}', '[{"people": 1}]');
