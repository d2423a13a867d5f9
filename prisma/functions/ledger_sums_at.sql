-- What each class comes to by a moment: the days before it, the hours of its day, and the entries of its hour and those
-- that are in no sum yet, one by one. It costs the same for every moment.
CREATE OR REPLACE FUNCTION ledger_sums_at(moment timestamptz, by_clock text) RETURNS TABLE (class text, asset text, amount bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_day CONSTANT timestamptz := date_bin('1 day', moment, 'epoch');
  v_hour CONSTANT timestamptz := date_bin('1 hour', moment, 'epoch');
  v_through CONSTANT bigint := (SELECT f.through FROM ledger_folds f);
BEGIN
  RETURN QUERY
  SELECT t.class, t.asset, sum(t.amount)::bigint FROM (
    SELECT s.class, s.asset, s.amount FROM ledger_sums s WHERE s.clock = by_clock AND s.span = 'day' AND s.starts_at < v_day
    UNION ALL
    SELECT s.class, s.asset, s.amount FROM ledger_sums s
    WHERE s.clock = by_clock AND s.span = 'hour' AND s.starts_at >= v_day AND s.starts_at < v_hour
    UNION ALL
    SELECT ledger_class(a.code, a.bucket, a.non_negative), a.asset, e.amount FROM (
      SELECT e.account_id, sum(e.amount) AS amount FROM (
        -- `+ 0`: what is in the sums is nearly everything, and no index of ids is to find it.
        SELECT e.account_id, e.amount FROM ledger_entries e
        WHERE by_clock = 'posted' AND e.posted_at >= v_hour AND e.posted_at < moment AND e.id + 0 <= v_through
        UNION ALL
        SELECT e.account_id, e.amount FROM ledger_entries e
        WHERE by_clock = 'effective' AND e.posted_at >= v_hour - interval '10 seconds' AND e.posted_at < moment + interval '10 seconds'
          AND NOT (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
          AND e.effective_at >= v_hour AND e.effective_at < moment AND e.id + 0 <= v_through
        UNION ALL
        SELECT e.account_id, e.amount FROM ledger_entries e
        WHERE by_clock = 'effective' AND e.effective_at >= v_hour AND e.effective_at < moment
          AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
          AND e.id + 0 <= v_through
        UNION ALL
        SELECT e.account_id, e.amount FROM ledger_entries e
        WHERE e.id > v_through AND CASE by_clock WHEN 'posted' THEN e.posted_at ELSE e.effective_at END < moment
      ) e GROUP BY 1
    ) e JOIN ledger_accounts a ON a.id = e.account_id
  ) t GROUP BY 1, 2;
END $$;
