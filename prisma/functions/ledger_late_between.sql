-- Which of an account's entries happened at the bank in a time, though they were booked far from it: by their sequence.
-- Those booked near it are found by `ledger_sequence_at`. Null for no end of the time.
CREATE OR REPLACE FUNCTION ledger_late_between(account bigint, since timestamptz, before timestamptz) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  RETURN QUERY
  SELECT e.sequence FROM ledger_entries e
  WHERE e.account_id = account
    AND tstzrange(least(e.effective_at, e.posted_at), greatest(e.effective_at, e.posted_at), '[]') && tstzrange(since, before, '[)')
    AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
    AND (since IS NULL OR e.effective_at >= since) AND (before IS NULL OR e.effective_at < before);
END $$;
