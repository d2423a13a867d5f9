-- An account's balance, in its own side, of what was posted, or had happened at the bank, before a moment, and of how
-- many entries it is. With `through`, of its entries up to that sequence only.
--
-- By the bank's clock it is what was posted until shortly before, with the entries of the seconds around the moment
-- taken one by one, plus what had happened and was posted later, minus what was posted dated ahead.
CREATE OR REPLACE FUNCTION ledger_balance_at(
  account bigint, moment timestamptz, clock text, through bigint DEFAULT NULL, OUT balance bigint, OUT entries bigint
) LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_around CONSTANT interval := interval '10 seconds';
  v_first bigint := least(through, ledger_sequence_at(account, CASE clock WHEN 'posted' THEN moment ELSE moment - v_around END));
  v_last bigint;
  v_amount bigint;
  v_entries bigint;
BEGIN
  balance := coalesce((SELECT e.balance_after FROM ledger_entries e WHERE e.account_id = account AND e.sequence = v_first), 0);
  entries := v_first;
  IF clock = 'posted' THEN RETURN; END IF;
  v_last := least(through, ledger_sequence_at(account, moment + v_around));
  SELECT coalesce(sum(c.amount), 0), coalesce(sum(c.entries), 0) INTO v_amount, v_entries FROM (
    SELECT e.amount, 1 AS entries FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence > v_first AND e.sequence <= v_last AND e.effective_at < moment
    UNION ALL
    SELECT CASE WHEN e.effective_at < moment THEN e.amount ELSE -e.amount END, CASE WHEN e.effective_at < moment THEN 1 ELSE -1 END
    FROM ledger_entries e
    WHERE e.account_id = account
      AND tstzrange(least(e.effective_at, e.posted_at), greatest(e.effective_at, e.posted_at), '[]') @> moment
      AND (e.posted_at - e.effective_at > interval '10 seconds' OR e.effective_at - e.posted_at > interval '10 seconds')
      AND (e.effective_at < moment AND e.sequence > v_last AND (through IS NULL OR e.sequence <= through)
           OR e.effective_at >= moment AND e.sequence <= v_first)
  ) c;
  balance := balance + CASE WHEN (SELECT a.side FROM ledger_accounts a WHERE a.id = account) = 'debit' THEN v_amount ELSE -v_amount END;
  entries := entries + v_entries;
END $$;
