-- What a wallet has moved out in the day, the week and the month of a zone's clock, in amounts and in number.
CREATE OR REPLACE FUNCTION used_out(wallet uuid, of_asset text, zone text) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'dayAmount', coalesce(sum(s.amount) FILTER (WHERE s.day >= date_trunc('day', l.at)), 0),
    'dayCount', coalesce(sum(s.count) FILTER (WHERE s.day >= date_trunc('day', l.at)), 0),
    'weekAmount', coalesce(sum(s.amount) FILTER (WHERE s.day >= date_trunc('week', l.at)), 0),
    'weekCount', coalesce(sum(s.count) FILTER (WHERE s.day >= date_trunc('week', l.at)), 0),
    'monthAmount', coalesce(sum(s.amount) FILTER (WHERE s.day >= date_trunc('month', l.at)), 0),
    'monthCount', coalesce(sum(s.count) FILTER (WHERE s.day >= date_trunc('month', l.at)), 0))
  FROM (SELECT clock_timestamp() AT TIME ZONE zone AS at) l
  LEFT JOIN ledger_usage_days s ON s.wallet_id = wallet AND s.asset = of_asset COLLATE "C" AND s.direction = 'outbound'
    AND s.day BETWEEN least(date_trunc('week', l.at), date_trunc('month', l.at))::date AND l.at::date
$$;
