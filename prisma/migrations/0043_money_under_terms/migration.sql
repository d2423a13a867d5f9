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

-- From how many failures on payouts stop by themselves is changed by two people.
INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'stops.change', 1, '{}', '[{"people": 1}]');

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action NOT IN ('operator.enrol', 'operator.change', 'operator.password', 'rule.change', 'beneficiary.unblock', 'key.make', 'terms.change', 'stops.change')) THEN
    RAISE EXCEPTION 'approvals: one person acts alone where nobody else could decide' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT NEW.alone AND (
    SELECT count(*) FILTER (WHERE d.verdict = 'approved') < greatest(v_needed, 1) OR bool_or(d.verdict = 'declined')
    FROM approval_decisions d WHERE d.approval_id = NEW.id) THEN
    RAISE EXCEPTION 'approvals: as many people approve as its rule says' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'declined'
    AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = NEW.id AND d.verdict = 'declined') THEN
    RAISE EXCEPTION 'approvals: somebody declines it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
