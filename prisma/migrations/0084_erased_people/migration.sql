-- ── Who somebody was can be erased ───────────────────────────────────────────

-- As lib/approvals/actions.ts has it.
CREATE OR REPLACE FUNCTION approval_actions() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[
    'withdrawal.pay', 'batch.pay', 'adjustment.post', 'deposit.return', 'deposit.assign',
    'withdrawal.end', 'payout.explain', 'break.release', 'break.accept', 'payouts.resume', 'standstill.release',
    'operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'operator.guest',
    'role.change', 'rule.change', 'terms.change', 'stops.change', 'settlement.change', 'key.make', 'key.rotate', 'beneficiary.unblock', 'debt.plan',
    'wallet.move_pattern', 'event.replay', 'wallet.freeze', 'wallet.unfreeze', 'wallet.close', 'number.quarantine',
    'suspense.return', 'suspense.assign', 'customer.erase']
$$;

-- Asked for by one person, decided on by another.
INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'customer.erase', 1, '{}', '[{"people": 1}]');

-- Who was erased stays so: no sync, and nobody by hand, writes them anew.
CREATE TRIGGER customers_erased BEFORE UPDATE ON customers
  FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
