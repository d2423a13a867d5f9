-- Of them what is done at once, and audited so, where nobody but who asked could decide (lib/approvals/actions.ts).
CREATE OR REPLACE FUNCTION acts_done_alone() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[
    'operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'role.change', 'rule.change',
    'beneficiary.unblock', 'key.make', 'key.rotate', 'terms.change', 'portfolio.cap', 'stops.change', 'settlement.change', 'debt.plan']
$$;
