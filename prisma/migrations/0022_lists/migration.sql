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
