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
