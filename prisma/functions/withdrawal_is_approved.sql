-- Whether a withdrawal is still what was asked for and, where somebody has to approve it, what they approved. Asked of the
-- row that is about to be sent: what says no was changed behind the back of everything here, and does not leave.
CREATE OR REPLACE FUNCTION withdrawal_is_approved(asked withdrawals) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT asked.request_hash IS NOT DISTINCT FROM withdrawal_hash(asked) AND (
    asked.approval_reason IS NULL AND asked.batch_id IS NULL AND NOT EXISTS (
      SELECT FROM approvals a
      WHERE a.subject_type = 'withdrawal' AND a.subject_id = asked.id::text AND a.action = 'withdrawal.pay')
    OR EXISTS (
      SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
      WHERE a.subject_type = 'withdrawal' AND a.subject_id = asked.id::text AND a.action = 'withdrawal.pay' AND a.state = 'approved'
        AND a.facts->>'requestHash' = asked.request_hash AND d.verdict = 'approved' AND d.operator_id <> asked.requested_by_id)
    -- Of a batch, its row as it was let out.
    OR batch_is_approved(asked) AND EXISTS (
      SELECT FROM chain_decisions c
      WHERE c.withdrawal_id = asked.id AND c.decision = 'approved' AND c.request_hash = asked.request_hash))
$$;
