-- Everything that one person asks for and another decides on, as lib/approvals/actions.ts has it.
CREATE OR REPLACE FUNCTION approval_actions() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[
    'withdrawal.pay', 'batch.pay', 'adjustment.post', 'deposit.return', 'deposit.assign',
    'withdrawal.end', 'payout.explain', 'break.release', 'break.accept', 'payouts.resume', 'standstill.release',
    'operator.enrol', 'operator.change', 'operator.password', 'operator.second_factor', 'operator.guest',
    'role.change', 'rule.change', 'terms.change', 'portfolio.cap', 'stops.change', 'settlement.change', 'key.make', 'key.rotate', 'beneficiary.unblock', 'debt.plan',
    'wallet.move_pattern', 'event.replay', 'wallet.freeze', 'wallet.unfreeze', 'wallet.close', 'number.quarantine',
    'suspense.return', 'suspense.assign', 'customer.erase']
$$;
