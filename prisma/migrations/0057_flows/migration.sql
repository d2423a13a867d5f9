-- What rose and fell by the hour, so that a day, a week or a month is told from a few rows, however many entries it had.

-- Of whole classes, where `owner_id` is empty, and of each rail account's cash. All of it follows from the entries, as the
-- sums do: one that came late is added to the hour, however long ago, in which it happened.
CREATE TABLE ledger_flows (
  class text NOT NULL,
  asset text NOT NULL,
  owner_id text NOT NULL,
  hour timestamptz(3) NOT NULL,
  kind text NOT NULL,
  inward boolean NOT NULL,
  of_withdrawal boolean NOT NULL,
  amount bigint NOT NULL,
  entries bigint NOT NULL,
  PRIMARY KEY (class, asset, owner_id, hour, kind, inward, of_withdrawal),
  CONSTRAINT ledger_flows_amount CHECK (amount > 0 AND entries > 0)
) WITH (fillfactor = 70);

-- What moved on the accounts whose flows are kept, entry by entry, of ids after one and up to another: money on the rails,
-- in suspense, and in the fees. `inward` says that the account's balance rose in its own side; `of_withdrawal`, that it is a
-- withdrawal's money, and not the platform's own. Without settings, so that it is planned with the query that asks.
CREATE OR REPLACE FUNCTION ledger_flow_entries(after bigint, until bigint) RETURNS TABLE (
  id bigint, class text, asset text, owner_id text, hour timestamptz, at timestamptz, kind text, inward boolean,
  of_withdrawal boolean, amount bigint
) LANGUAGE sql STABLE AS $$
  SELECT e.id, ledger_class(a.code, a.bucket, a.non_negative), e.asset, a.owner_id, date_bin('1 hour', t.effective_at, 'epoch'),
         t.effective_at, e.kind, (e.amount > 0) = (a.side = 'debit'), t.withdrawal_id IS NOT NULL, abs(e.amount)
  FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id JOIN ledger_transactions t ON t.id = e.transaction_id
  WHERE e.id > after AND e.id <= until AND (a.bucket IN ('cash', 'suspense') OR a.code = 'house/fees')
$$;

-- What moved in an asset between two moments of the bank's clock, by the hour: of all its accounts, or of one rail
-- account's cash. Whole hours are read from the flows; those that a moment cuts, and the entries that are in no flow yet,
-- one by one.
CREATE OR REPLACE FUNCTION ledger_flows_between(since timestamptz, before timestamptz, of_asset text, of_owner text DEFAULT '')
RETURNS TABLE (class text, hour timestamptz, kind text, inward boolean, of_withdrawal boolean, amount bigint, entries bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
  v_through CONSTANT bigint := (SELECT f.through FROM ledger_folds f);
  v_last CONSTANT bigint := coalesce((SELECT max(e.id) FROM ledger_entries e), 0);
  v_first_hour CONSTANT timestamptz := date_bin('1 hour', since + interval '1 hour' - interval '1 millisecond', 'epoch');
  v_last_hour CONSTANT timestamptz := greatest(date_bin('1 hour', before, 'epoch'), v_first_hour);
BEGIN
  RETURN QUERY
  SELECT f.class, f.hour, f.kind, f.inward, f.of_withdrawal, f.amount, f.entries FROM ledger_flows f
  WHERE f.class = ANY (CASE of_owner WHEN '' THEN '{cash,suspense,house_fees}' ELSE '{cash}' END::text[])
    AND f.asset = of_asset AND f.owner_id = of_owner AND f.hour >= v_first_hour AND f.hour < v_last_hour
  UNION ALL
  SELECT e.class, e.hour, e.kind, e.inward, e.of_withdrawal, sum(e.amount)::bigint, count(*) FROM (
    SELECT * FROM ledger_flow_entries(v_through, v_last) e WHERE e.at >= since AND e.at < before
    UNION ALL
    SELECT * FROM ledger_flow_entries(0, v_through) e WHERE e.at >= since AND e.at < least(v_first_hour, before)
    UNION ALL
    SELECT * FROM ledger_flow_entries(0, v_through) e WHERE e.at >= v_last_hour AND e.at < before
  ) e
  WHERE e.asset = of_asset AND (of_owner = '' OR e.class = 'cash' AND e.owner_id = of_owner)
  GROUP BY 1, 2, 3, 4, 5;
END $$;

-- Adds entries to the sums and to the flows, some `most` at a time, each once. Answers how many ids it went on by.
--
-- Ids are given out before their transaction commits. So what is seen at one call is added at a later one, when every
-- transaction with a number below that of who saw it has ended: among the ids up to there nothing appears any more, as
-- ledger_post locks accounts, which gives it its number, before it takes ids.
CREATE OR REPLACE FUNCTION ledger_fold(most int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET enable_seqscan = off SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_fold ledger_folds;
  v_last bigint;
  v_to bigint;
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    RAISE EXCEPTION 'ledger: what is there is looked at before this transaction gets its number';
  END IF;
  v_last := (SELECT max(e.id) FROM ledger_entries e);
  SELECT * INTO v_fold FROM ledger_folds FOR UPDATE SKIP LOCKED;
  IF v_fold.id IS NULL THEN RETURN 0; END IF;
  v_to := CASE WHEN pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= v_fold.seen_by
          THEN least(v_fold.seen, v_fold.through + most) ELSE v_fold.through END;
  IF v_to > v_fold.through THEN
    INSERT INTO ledger_sums AS s (clock, span, starts_at, class, asset, amount)
    SELECT t.clock, p.span, date_bin(p.width, t.at, 'epoch'), e.class, e.asset, sum(e.amount)
    FROM (SELECT e.posted_at, e.effective_at, ledger_class(a.code, a.bucket, a.non_negative) AS class, e.asset, e.amount
          FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
          WHERE e.id > v_fold.through AND e.id <= v_to) e
    CROSS JOIN LATERAL (VALUES ('posted', e.posted_at), ('effective', e.effective_at)) t(clock, at)
    CROSS JOIN (VALUES ('day', interval '1 day'), ('hour', interval '1 hour')) p(span, width)
    GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (clock, span, starts_at, class, asset) DO UPDATE SET amount = s.amount + excluded.amount;
    INSERT INTO ledger_flows AS f (class, asset, owner_id, hour, kind, inward, of_withdrawal, amount, entries)
    SELECT e.class, e.asset, o.owner_id, e.hour, e.kind, e.inward, e.of_withdrawal, sum(e.amount), count(*)
    FROM ledger_flow_entries(v_fold.through, v_to) e
    CROSS JOIN LATERAL (VALUES (''), (CASE e.class WHEN 'cash' THEN e.owner_id END)) o(owner_id)
    WHERE o.owner_id IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (class, asset, owner_id, hour, kind, inward, of_withdrawal)
      DO UPDATE SET amount = f.amount + excluded.amount, entries = f.entries + excluded.entries;
    UPDATE ledger_folds SET through = v_to;
  END IF;
  IF v_to = v_fold.seen AND v_last > v_fold.seen THEN
    UPDATE ledger_folds SET seen = v_last, seen_by = pg_current_xact_id()::text::bigint;
  END IF;
  RETURN v_to - v_fold.through;
END $$;

-- What is in the sums already: while it is added, nobody adds to them.
SELECT 1 FROM ledger_folds FOR UPDATE;
INSERT INTO ledger_flows (class, asset, owner_id, hour, kind, inward, of_withdrawal, amount, entries)
SELECT e.class, e.asset, o.owner_id, e.hour, e.kind, e.inward, e.of_withdrawal, sum(e.amount), count(*)
FROM ledger_flow_entries(0, (SELECT f.through FROM ledger_folds f)) e
CROSS JOIN LATERAL (VALUES (''), (CASE e.class WHEN 'cash' THEN e.owner_id END)) o(owner_id)
WHERE o.owner_id IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7;
