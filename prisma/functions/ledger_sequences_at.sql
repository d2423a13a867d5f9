-- Which of an account's entries make its balance at a moment, by their sequence, the latest posted first: so many of
-- those below `below`. By the bank's clock what came late stands first, and what is dated ahead is left out.
CREATE OR REPLACE FUNCTION ledger_sequences_at(account bigint, moment timestamptz, clock text, below bigint, most int)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_last bigint := ledger_sequence_at(account, CASE clock WHEN 'posted' THEN moment ELSE moment + interval '10 seconds' END);
BEGIN
  -- Those that came late are found by their times, not by walking back to them: `+ 0` keeps the walk's index out.
  RETURN QUERY
  WITH late AS MATERIALIZED (
    SELECT e.sequence FROM ledger_entries e
    WHERE clock = 'effective' AND e.account_id = account
      AND tstzrange(least(e.effective_at, e.posted_at), greatest(e.effective_at, e.posted_at), '[]') @> moment
      AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
      AND e.effective_at < moment AND e.sequence + 0 > v_last AND e.sequence + 0 < below)
  SELECT made.sequence FROM (
    SELECT l.sequence FROM late l
    UNION ALL
    (SELECT e.sequence FROM ledger_entries e
     WHERE e.account_id = account AND e.sequence < least(below, v_last + 1) AND (clock = 'posted' OR e.effective_at < moment)
     ORDER BY e.sequence DESC LIMIT most)
  ) made ORDER BY made.sequence DESC LIMIT most;
END $$;
