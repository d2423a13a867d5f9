-- ── What a rule stops can be followed ────────────────────────────────────────

-- Who waits for money to move, or for what a rule has somebody decide on, is told when it is asked and how that ended: whoever
-- ends it, also where a trigger does. Which actions these are, lib/approvals/actions.ts says (`TOLD_ACTIONS`). Under the lock of
-- the subject.
CREATE OR REPLACE FUNCTION tell_money_approvals() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, data)
  SELECT 'approval.' || CASE NEW.state WHEN 'waiting' THEN 'asked' ELSE NEW.state::text END, 'money_approval', NEW.id::text,
         (CASE WHEN NEW.subject_type = 'wallet' THEN NEW.subject_id ELSE NEW.facts->>'walletId' END)::uuid, 'system', 'approvals',
         jsonb_strip_nulls(jsonb_build_object('status', NEW.state, 'action', NEW.action, 'asset', NEW.facts->'asset', 'amount', NEW.facts->'amount'));
  RETURN NULL;
END $$;

DROP TRIGGER approvals_tell_asked ON approvals;
DROP TRIGGER approvals_tell_ended ON approvals;
CREATE TRIGGER approvals_tell_asked AFTER INSERT ON approvals FOR EACH ROW
  WHEN (NEW.action IN (
    'withdrawal.pay', 'batch.pay', 'adjustment.post', 'deposit.return', 'deposit.assign',
    'wallet.freeze', 'wallet.unfreeze', 'wallet.close', 'suspense.return', 'suspense.assign'))
  EXECUTE FUNCTION tell_money_approvals();
CREATE TRIGGER approvals_tell_ended AFTER UPDATE OF state ON approvals FOR EACH ROW
  WHEN (NEW.state <> OLD.state AND NEW.action IN (
    'withdrawal.pay', 'batch.pay', 'adjustment.post', 'deposit.return', 'deposit.assign',
    'wallet.freeze', 'wallet.unfreeze', 'wallet.close', 'suspense.return', 'suspense.assign'))
  EXECUTE FUNCTION tell_money_approvals();
