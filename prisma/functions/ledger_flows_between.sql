-- What moved in an asset between two moments of the bank's clock, by the hour: of all its accounts, or of one rail
-- account's cash. Whole hours are read from the flows; those that a moment cuts, and the entries that are in no flow yet,
-- one by one.
CREATE OR REPLACE FUNCTION ledger_flows_between(since timestamptz, before timestamptz, of_asset text, of_owner text DEFAULT '')
RETURNS TABLE (class text, hour timestamptz, kind text, inward boolean, of_withdrawal boolean, amount bigint, entries bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  v_through CONSTANT bigint := (SELECT f.through FROM ledger_folds f);
  v_last CONSTANT bigint := coalesce((SELECT max(e.id) FROM ledger_entries e), 0);
  v_first_hour CONSTANT timestamptz := date_bin('1 hour', since + interval '1 hour' - interval '1 millisecond', 'epoch');
  v_last_hour CONSTANT timestamptz := greatest(date_bin('1 hour', before, 'epoch'), v_first_hour);
BEGIN
  RETURN QUERY
  SELECT f.class, f.hour, f.kind, f.inward, f.of_withdrawal, f.amount, f.entries FROM ledger_flows f
  WHERE f.class = ANY (CASE of_owner WHEN '' THEN '{cash,suspense,house_fees}' ELSE '{cash}' END::text[])
    AND f.asset = of_asset AND f.owner_id = of_owner AND f.hour >= v_first_hour AND f.hour < v_last_hour
  UNION ALL
  SELECT e.class, e.hour, e.kind, e.inward, e.of_withdrawal, sum(e.amount)::bigint, count(*) FROM (
    SELECT * FROM ledger_flow_entries(v_through, v_last) e WHERE e.at >= since AND e.at < before
    UNION ALL
    SELECT * FROM ledger_flow_entries(0, v_through) e WHERE e.at >= since AND e.at < least(v_first_hour, before)
    UNION ALL
    SELECT * FROM ledger_flow_entries(0, v_through) e WHERE e.at >= v_last_hour AND e.at < before
  ) e
  WHERE e.asset = of_asset AND (of_owner = '' OR e.class = 'cash' AND e.owner_id = of_owner)
  GROUP BY 1, 2, 3, 4, 5;
END $$;
