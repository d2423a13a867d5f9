-- A balance is what the last entry says, and a payout is what was asked for and approved.

-- ── Accounts stand at their last entry ───────────────────────────────────────

-- What an account is stays: that it may not go below zero, and whose it is, too.
DROP TRIGGER ledger_accounts_identity ON ledger_accounts;
CREATE TRIGGER ledger_accounts_identity
  BEFORE UPDATE OF id, code, asset, side, bucket, owner_id, non_negative ON ledger_accounts
  FOR EACH ROW EXECUTE FUNCTION refuse_account_change();

CREATE FUNCTION refuse_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account has the balance and the sequence of its last entry' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER ledger_accounts_begin BEFORE INSERT ON ledger_accounts
  FOR EACH ROW WHEN (NEW.sequence <> 0 OR NEW.balance <> 0) EXECUTE FUNCTION refuse_balance();
-- Nothing is looked up here: a balance without a new entry, or one of an earlier entry, is told from the row alone.
CREATE TRIGGER ledger_accounts_follow AFTER UPDATE ON ledger_accounts
  FOR EACH ROW WHEN (NEW.sequence < OLD.sequence OR NEW.sequence = OLD.sequence AND NEW.balance <> OLD.balance)
  EXECUTE FUNCTION refuse_balance();

-- Once per statement: the entry that an account says it stands at is there, and says the same balance. That nothing
-- follows it is seen where entries are added. Planned as ledger_post says.
CREATE FUNCTION ledger_check_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM fresh a LEFT JOIN ledger_entries e ON e.account_id = a.id AND e.sequence = a.sequence
    WHERE CASE WHEN a.sequence = 0 THEN 0 ELSE e.balance_after END IS DISTINCT FROM a.balance) THEN
    RAISE EXCEPTION 'ledger: an account has the balance and the sequence of its last entry' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_accounts_balances AFTER UPDATE ON ledger_accounts
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_balances();

-- As before (0007_engine), and: entries follow each other without a gap, and their account stands at the last of them.
CREATE OR REPLACE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- One statement for all: starting one costs more than running it.
  v_fault text := CASE
    WHEN EXISTS (SELECT 1 FROM fresh GROUP BY transaction_id, asset HAVING sum(amount) <> 0)
      THEN 'a transaction''s entries must sum to zero per asset'
    WHEN EXISTS (
      SELECT 1
      FROM (SELECT transaction_id, count(*) AS entries, max(line) AS last_line FROM fresh GROUP BY transaction_id) f
      LEFT JOIN ledger_transactions t ON t.id = f.transaction_id
      WHERE t.id IS NULL OR f.entries <> t.entry_count OR f.last_line <> t.entry_count)
      THEN 'entries are inserted together with their transaction'
    ELSE (
      SELECT max(CASE WHEN a.id IS NULL OR a.asset <> f.asset THEN 'an entry is of an account, in the account''s asset'
                      ELSE 'an account has the balance and the sequence of its last entry' END)
      FROM (SELECT account_id, asset, max(sequence) AS last, max(sequence) - min(sequence) + 1 - count(*) AS missing
            FROM fresh GROUP BY account_id, asset) f
      LEFT JOIN ledger_accounts a ON a.id = f.account_id
      WHERE a.id IS NULL OR a.asset <> f.asset OR a.sequence <> f.last OR f.missing <> 0)
    END;
BEGIN
  IF v_fault IS NOT NULL THEN
    RAISE EXCEPTION 'ledger: %', v_fault USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- ── A payout is what was approved ────────────────────────────────────────────

ALTER TABLE withdrawals ADD COLUMN request_hash text, ADD COLUMN approved_hash text;

-- What leaves, from where and to whom, as one number. lib/transfers/seal.ts makes the same of the row that it sends.
CREATE FUNCTION withdrawal_hash(asked withdrawals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', asked.id, asked.wallet_id, asked.account_id, asked.asset, asked.amount,
    asked.fee_amount, asked.beneficiary_number), 'UTF8')), 'hex')
$$;

UPDATE withdrawals w SET request_hash = withdrawal_hash(w);
UPDATE withdrawals SET approved_hash = request_hash WHERE approved_by_id IS NOT NULL AND status <> 'declined';

CREATE FUNCTION seal_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.request_hash := withdrawal_hash(NEW);
  NEW.approved_hash := CASE WHEN NEW.approved_by_id IS NOT NULL AND NEW.status <> 'declined' THEN NEW.request_hash END;
  RETURN NEW;
END $$;
CREATE TRIGGER withdrawals_seal BEFORE INSERT ON withdrawals FOR EACH ROW EXECUTE FUNCTION seal_withdrawal();

CREATE FUNCTION refuse_withdrawal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a withdrawal stays what was asked for, and by whom' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER withdrawals_stay BEFORE DELETE OR TRUNCATE ON withdrawals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_withdrawal_change();
CREATE TRIGGER withdrawals_asked BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN ((OLD.id, OLD.wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.fee_amount, OLD.beneficiary_name,
         OLD.beneficiary_tax_id, OLD.beneficiary_number, OLD.beneficiary_bank, OLD.comment, OLD.reference_id,
         OLD.requested_by_id, OLD.request_id, OLD.request_hash)
    IS DISTINCT FROM
        (NEW.id, NEW.wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.fee_amount, NEW.beneficiary_name,
         NEW.beneficiary_tax_id, NEW.beneficiary_number, NEW.beneficiary_bank, NEW.comment, NEW.reference_id,
         NEW.requested_by_id, NEW.request_id, NEW.request_hash))
  EXECUTE FUNCTION refuse_withdrawal_change();

-- One decision, on what is in the row at that moment, and it stays. What waits for somebody goes out by their word alone.
CREATE FUNCTION decide_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'awaiting_approval'
    OR OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id
    OR OLD.approved_hash IS NOT NULL AND NEW.approved_hash IS DISTINCT FROM OLD.approved_hash THEN
    RAISE EXCEPTION 'a decision on a withdrawal stays as it was made' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.approved_by_id IS NULL AND NEW.status NOT IN ('awaiting_approval', 'declined', 'cancelled', 'expired') THEN
    RAISE EXCEPTION 'a withdrawal that waits for approval is let out by somebody' USING ERRCODE = 'check_violation';
  END IF;
  NEW.approved_hash := CASE WHEN NEW.approved_by_id IS NOT NULL AND NEW.status <> 'declined' THEN withdrawal_hash(NEW) END;
  RETURN NEW;
END $$;
CREATE TRIGGER withdrawals_decided BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id OR OLD.approved_hash IS DISTINCT FROM NEW.approved_hash
    OR OLD.status = 'awaiting_approval' AND NEW.status <> OLD.status)
  EXECUTE FUNCTION decide_withdrawal();
