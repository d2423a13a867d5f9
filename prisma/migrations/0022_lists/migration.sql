-- Lists that add up.

-- ── A wallet's movements ─────────────────────────────────────────────────────

-- In the order in which they were booked, so that each line's balance is the one below it plus its amount: by the
-- account's own numbering, which is that order whatever the times say.
DROP INDEX ledger_entries_wallet_credits;
DROP INDEX ledger_entries_wallet_debits;
CREATE INDEX ledger_entries_wallet_credits ON ledger_entries (wallet_id, kind, sequence DESC)
  WHERE wallet_id IS NOT NULL AND amount < 0;
CREATE INDEX ledger_entries_wallet_debits ON ledger_entries (wallet_id, kind, sequence DESC)
  WHERE wallet_id IS NOT NULL AND amount > 0;

-- Which of an account's entries happened at the bank in a time, though they were booked far from it: by their sequence.
-- Those booked near it are found by `ledger_sequence_at`. Null for no end of the time.
CREATE FUNCTION ledger_late_between(account bigint, since timestamptz, before timestamptz) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  RETURN QUERY
  SELECT e.sequence FROM ledger_entries e
  WHERE e.account_id = account
    AND tstzrange(least(e.effective_at, e.posted_at), greatest(e.effective_at, e.posted_at), '[]') && tstzrange(since, before, '[)')
    AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
    AND (since IS NULL OR e.effective_at >= since) AND (before IS NULL OR e.effective_at < before);
END $$;

-- ── Tried again ──────────────────────────────────────────────────────────────

-- What a withdrawal takes the place of is part of what was asked, and stays. Its hash names its columns, so this is none.
ALTER TABLE withdrawals ADD COLUMN retry_of_id uuid;
CREATE UNIQUE INDEX withdrawals_retry_of_id_key ON withdrawals (retry_of_id);
ALTER TABLE withdrawals ADD CONSTRAINT withdrawals_retry_of_id_fkey
  FOREIGN KEY (retry_of_id) REFERENCES withdrawals (id) ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER withdrawals_retried BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.retry_of_id IS DISTINCT FROM NEW.retry_of_id) EXECUTE FUNCTION refuse_withdrawal_change();

-- ── Frozen wallets ───────────────────────────────────────────────────────────

-- What becomes of deposits while a wallet is frozen: Fintoc sends them back from a CLABE that is disabled, or they wait
-- in suspense, which is all that there is for an account's root number. So far that followed from the number alone.
ALTER TABLE wallets ADD COLUMN frozen_deposits text CHECK (frozen_deposits IN ('refuse', 'suspend'));
UPDATE wallets w SET frozen_deposits = CASE WHEN n.is_root IS FALSE THEN 'refuse' ELSE 'suspend' END
FROM wallets f LEFT JOIN account_numbers n ON n.id = f.account_number_id
WHERE f.id = w.id AND w.status = 'frozen';
