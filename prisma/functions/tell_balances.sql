-- Tells of every balance of a wallet that a statement touched, as it is after it. A row for a wallet and an asset, under
-- the locks of its accounts: so of one wallet the order of ids is the order of its balances.
CREATE OR REPLACE FUNCTION tell_balances() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, data)
  SELECT 'balance.changed', 'balance', a.owner_id, a.owner_id::uuid, 'system', 'ledger',
         jsonb_build_object('walletId', a.owner_id, 'asset', a.asset) || jsonb_object_agg(a.bucket, a.balance::text)
  FROM touched a WHERE a.code LIKE 'wallet/%' AND a.bucket IN ('available', 'pending', 'reserved')
  GROUP BY a.owner_id, a.asset ORDER BY a.owner_id, a.asset;
  RETURN NULL;
END $$;
