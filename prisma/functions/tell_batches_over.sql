-- A payout that leaves in parts is over with the last of them: paid, or back in its wallet. Of those alone that were approved;
-- every other end is told where it is decided. The batch is locked before its parts are looked at, so that of two that end at
-- once the later sees the earlier, and it is told once.
CREATE OR REPLACE FUNCTION tell_batches_over() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  open_states CONSTANT withdrawal_status[] := '{awaiting_approval,queued,submitting,pending}';
  touched uuid[];
BEGIN
  IF TG_TABLE_NAME = 'withdrawal_batches' THEN
    touched := ARRAY[NEW.id];
  ELSE
    SELECT array_agg(DISTINCT n.batch_id) INTO touched FROM now_so n JOIN was o ON o.id = n.id
    WHERE n.batch_id IS NOT NULL AND o.status = ANY (open_states) AND n.status <> ALL (open_states);
    IF touched IS NULL THEN RETURN NULL; END IF;
    PERFORM FROM withdrawal_batches
    WHERE id = ANY (touched) AND split_amount IS NOT NULL AND state = 'approved' ORDER BY id FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, data)
  SELECT 'withdrawal_batch.completed', 'withdrawal_batch', b.id::text, parts.wallet_id, 'system', 'batches',
         jsonb_build_object('status', b.state, 'asset', b.asset, 'amount', b.split_amount::text, 'paidAmount', parts.paid::text)
  FROM withdrawal_batches b CROSS JOIN LATERAL (
    SELECT (array_agg(w.wallet_id))[1] AS wallet_id, bool_or(w.status = ANY (open_states)) AS is_open,
           coalesce(sum(w.amount) FILTER (WHERE w.status = 'succeeded'), 0)::bigint AS paid
    FROM withdrawals w WHERE w.batch_id = b.id) parts
  WHERE b.id = ANY (touched) AND b.split_amount IS NOT NULL AND b.state = 'approved' AND b.settled_at IS NOT NULL
    AND NOT parts.is_open
  ORDER BY b.id;
  RETURN NULL;
END $$;
