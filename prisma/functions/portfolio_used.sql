-- What all wallets of a portfolio have moved out of an asset in a day, each by the clock of its own rail; or what they hold
-- now, set aside as well.
CREATE OR REPLACE FUNCTION portfolio_used(pool uuid, of_asset text, way direction, on_day date) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE way
    WHEN 'outbound' THEN (
      SELECT coalesce(sum(s.amount), 0)::bigint
      FROM wallets w JOIN ledger_usage_days s
        ON s.wallet_id = w.id AND s.asset = of_asset COLLATE "C" AND s.direction = 'outbound' AND s.day = on_day
      WHERE w.portfolio_id = pool)
    ELSE (
      SELECT coalesce(sum(a.balance), 0)::bigint
      FROM wallets w CROSS JOIN (VALUES ('available'), ('reserved')) b(bucket)
      JOIN ledger_accounts a
        ON a.code = ('wallet/' || w.id || '/' || b.bucket) COLLATE "C" AND a.asset = of_asset COLLATE "C"
      WHERE w.portfolio_id = pool)
  END
$$;
