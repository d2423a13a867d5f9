-- Seals what is new, so many rows of each table at most. Answers how many it sealed. One at a time: a second one that
-- comes meanwhile has nothing to do.
--
-- Ids are given out before their transaction commits, so what is seen at one call is sealed at a later one (as
-- ledger_fold adds it): when every transaction with a number below that of who saw it has ended, and some time later,
-- for an id may be taken a moment before its transaction has a number.
CREATE OR REPLACE FUNCTION chain_seal(most int, patience interval) RETURNS bigint LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  v_last jsonb;
  v_state chain_states;
  v_seal chain_seals;
  v_sealed bigint := 0;
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    RAISE EXCEPTION 'chain: what is there is looked at before this transaction gets its number';
  END IF;
  v_last := jsonb_build_object(
    'ledger_transactions', (SELECT max(t.id) FROM ledger_transactions t),
    'audit_entries', (SELECT max(t.id) FROM audit_entries t),
    'chain_decisions', (SELECT max(t.id) FROM chain_decisions t));
  IF NOT pg_try_advisory_xact_lock(hashtext('monedero.chain')) THEN RETURN 0; END IF;

  FOR v_state IN SELECT * FROM chain_states ORDER BY kind FOR UPDATE LOOP
    IF v_state.seen > v_state.through AND v_state.seen_at + patience <= clock_timestamp()
      AND pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= v_state.seen_by THEN
      SELECT s.number, s.hash INTO v_seal.number, v_seal.previous FROM chain_seals s ORDER BY s.number DESC LIMIT 1;
      v_seal.number := coalesce(v_seal.number, 0) + 1;
      v_seal.previous := coalesce(v_seal.previous, '');
      v_seal.kind := v_state.kind;
      v_seal.after := v_state.through;
      EXECUTE format('SELECT max(id) FROM (SELECT id FROM %I WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3) r', v_state.kind)
        INTO v_seal.through USING v_state.through, v_state.seen, most;
      v_seal.through := coalesce(v_seal.through, v_state.seen);
      SELECT array_agg(r.id ORDER BY r.id), array_agg(r.hash ORDER BY r.id) INTO v_seal.ids, v_seal.hashes
      FROM chain_rows(v_seal.kind, v_seal.after, v_seal.through) r;
      IF v_seal.ids IS NOT NULL THEN
        v_seal.sealed_at := clock_timestamp();
        v_seal.hash := chain_hash(v_seal);
        INSERT INTO chain_seals SELECT (v_seal).*;
        v_sealed := v_sealed + cardinality(v_seal.ids);
      END IF;
      v_state.through := v_seal.through;
    END IF;
    IF v_state.through >= v_state.seen AND (v_last->>v_state.kind)::bigint > v_state.seen THEN
      v_state.seen := (v_last->>v_state.kind)::bigint;
      v_state.seen_by := pg_current_xact_id()::text::bigint;
      v_state.seen_at := clock_timestamp();
    END IF;
    UPDATE chain_states SET through = v_state.through, seen = v_state.seen, seen_by = v_state.seen_by, seen_at = v_state.seen_at
    WHERE kind = v_state.kind AND (through, seen) <> (v_state.through, v_state.seen);
  END LOOP;
  RETURN v_sealed;
END $$;
