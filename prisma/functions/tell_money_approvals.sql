-- Who waits for money to move is told when somebody has to decide on it, and how that ended: whoever ends it, also where a
-- trigger does. Which actions move money, lib/approvals/actions.ts says (kind `hold`). Under the lock of the subject.
CREATE OR REPLACE FUNCTION tell_money_approvals() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, data)
  SELECT 'approval.' || CASE NEW.state WHEN 'waiting' THEN 'asked' ELSE NEW.state::text END, 'money_approval', NEW.id::text,
         (NEW.facts->>'walletId')::uuid, 'system', 'approvals',
         jsonb_strip_nulls(jsonb_build_object('status', NEW.state, 'asset', NEW.facts->'asset', 'amount', NEW.facts->'amount'));
  RETURN NULL;
END $$;
