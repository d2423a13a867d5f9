-- What was asked for within so many hours and has not ended without a payment, but for one: by who asks, with all who count as
-- one with them (requester), from a wallet, for a beneficiary, or from all wallets of a customer; and what one key alone asked
-- for, adjustments as well (key). Each way reads an index of its own. Null where nothing adds up: a house has no customer.
CREATE OR REPLACE FUNCTION asked_sum(
  way text, hours int, asker uuid, wallet uuid, customer uuid, kind destination_kind, number text, of_asset text, but uuid
) RETURNS bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_since timestamptz := now() - make_interval(hours => hours);
  v_over CONSTANT withdrawal_status[] := '{declined,cancelled,expired,failed,rejected}';
BEGIN
  IF way = 'requester' THEN
    RETURN (SELECT coalesce(sum(d.amount), 0) FROM withdrawals d
      WHERE d.requested_by_id = ANY (ARRAY(SELECT asking_as_one(asker))) AND d.created_at > v_since
        AND d.asset = of_asset AND d.status <> ALL (v_over) AND d.id IS DISTINCT FROM but);
  ELSIF way = 'wallet' THEN
    RETURN (SELECT coalesce(sum(d.amount), 0) FROM withdrawals d
      WHERE d.wallet_id = wallet AND d.created_at > v_since
        AND d.asset = of_asset AND d.status <> ALL (v_over) AND d.id IS DISTINCT FROM but);
  ELSIF way = 'beneficiary' THEN
    RETURN (SELECT coalesce(sum(d.amount), 0) FROM withdrawals d
      WHERE d.destination = number AND d.destination_kind = kind AND d.created_at > v_since
        AND d.asset = of_asset AND d.status <> ALL (v_over) AND d.id IS DISTINCT FROM but);
  ELSIF way = 'customer' THEN
    RETURN (SELECT CASE WHEN customer IS NOT NULL THEN coalesce(sum(d.amount), 0) END FROM withdrawals d
      WHERE d.wallet_id = ANY (ARRAY(SELECT c.id FROM wallets c WHERE c.customer_id = customer)) AND d.created_at > v_since
        AND d.asset = of_asset AND d.status <> ALL (v_over) AND d.id IS DISTINCT FROM but);
  ELSIF way = 'key' THEN
    RETURN (SELECT coalesce(sum(d.amount), 0) FROM withdrawals d
      WHERE d.requested_by_id = asker AND d.created_at > v_since
        AND d.asset = of_asset AND d.status <> ALL (v_over) AND d.id IS DISTINCT FROM but)
      + (SELECT coalesce(sum(j.amount), 0) FROM adjustments j
      WHERE j.requested_by_id = asker AND j.created_at > v_since
        AND j.asset = of_asset AND j.status NOT IN ('declined', 'cancelled'));
  END IF;
  RAISE EXCEPTION 'nothing adds up by %', way;
END $$;
