-- How many of an account's entries were posted before a moment. They are numbered in that order: it is the last of the
-- few after the last milestone.
CREATE OR REPLACE FUNCTION ledger_sequence_at(account bigint, moment timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_milestone bigint := coalesce((
    SELECT e.sequence FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence % 16 = 0 AND e.posted_at < moment
    ORDER BY e.posted_at DESC, e.sequence DESC LIMIT 1), 0);
BEGIN
  RETURN coalesce((
    SELECT e.sequence FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence > v_milestone AND e.sequence < v_milestone + 16 AND e.posted_at < moment
    ORDER BY e.sequence DESC LIMIT 1), v_milestone);
END $$;
