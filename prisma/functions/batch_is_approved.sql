-- Whether somebody else approved the whole batch that a withdrawal came with: the approval was of the seals of all its rows
-- (check_batch_state), and none joins afterwards.
CREATE OR REPLACE FUNCTION batch_is_approved(asked withdrawals) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT asked.batch_id IS NOT NULL AND EXISTS (
    SELECT FROM approvals a JOIN approval_decisions d ON d.approval_id = a.id
    WHERE a.subject_type = 'withdrawal_batch' AND a.subject_id = asked.batch_id::text AND a.action = 'batch.pay' AND a.state = 'approved'
      AND d.verdict = 'approved' AND d.operator_id <> asked.requested_by_id)
$$;
