-- The proof that the books equal Fintoc's, movement by movement, and that nobody changed what may not be changed.

-- ── Movements and proofs ──────────────────────────────────────────────────────

CREATE TABLE proof_states (
  account_id text PRIMARY KEY,
  reached_start boolean NOT NULL DEFAULT false,
  read_at timestamptz(3),
  proven_movement_id text,
  proven_movement_at timestamptz(3),
  proven_position bigint,
  proven_balance bigint NOT NULL DEFAULT 0,
  proven_count bigint NOT NULL DEFAULT 0,
  difference bigint NOT NULL DEFAULT 0,
  proven_at timestamptz(3),
  entries_through bigint NOT NULL DEFAULT 0,
  cash_sequence bigint NOT NULL DEFAULT 0,
  lagging_count int NOT NULL DEFAULT 0,
  lagging_since timestamptz(3),
  error text,
  next_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lease_until timestamptz(3),
  -- What Fintoc states as the balance, beside what its movements come to.
  stated_balance bigint,
  stated_off_since timestamptz(3)
);
CREATE INDEX proof_states_next_at_idx ON proof_states (next_at);

CREATE TABLE proof_movements (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  position bigint NOT NULL,
  direction direction NOT NULL,
  amount bigint NOT NULL,
  balance bigint NOT NULL,
  asset text NOT NULL,
  kind text NOT NULL,
  resource_id text,
  pair_id text,
  at timestamptz(3) NOT NULL,
  read_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  matched_at timestamptz(3),
  entry_id bigint,
  CONSTRAINT proof_movements_amount CHECK (amount > 0)
);
CREATE UNIQUE INDEX proof_movements_entry_id_key ON proof_movements (entry_id);
CREATE INDEX proof_movements_resource_id_idx ON proof_movements (resource_id);
CREATE UNIQUE INDEX proof_movements_account_id_position_key ON proof_movements (account_id, position);
-- What has not found its entry yet is looked at again and again; all the rest never.
CREATE INDEX proof_movements_open ON proof_movements (account_id, position) WHERE matched_at IS NULL;

CREATE TABLE proof_exemptions (
  entry_id bigint PRIMARY KEY,
  account_id text NOT NULL,
  movement_id text,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX proof_exemptions_movement_id_idx ON proof_exemptions (movement_id);

CREATE TABLE proofs (
  id uuid PRIMARY KEY,
  account_id text NOT NULL,
  from_movement_id text NOT NULL,
  to_movement_id text NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint NOT NULL,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  count int NOT NULL,
  balance bigint NOT NULL,
  difference bigint NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX proofs_account_id_at_id_idx ON proofs (account_id, at, id);
CREATE INDEX proofs_at_id_idx ON proofs (at, id);

-- Movements that Fintoc listed and lists no more, as they were.
CREATE TABLE retracted_movements (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  facts jsonb NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- ── Breaks ────────────────────────────────────────────────────────────────────

CREATE TYPE break_kind AS ENUM ('missing_here', 'missing_there', 'amount_differs', 'wrong_wallet', 'order', 'balance', 'unexplained_payout', 'stated_balance');
CREATE TYPE break_state AS ENUM ('open', 'released', 'cured', 'accepted');
CREATE TYPE break_cure AS ENUM ('recover', 'replay', 'adjust', 'wait', 'explain');

CREATE TABLE proof_breaks (
  id uuid PRIMARY KEY,
  account_id text NOT NULL,
  asset text NOT NULL,
  kind break_kind NOT NULL,
  state break_state NOT NULL DEFAULT 'open',
  subject text NOT NULL,
  movement_id text,
  entry_id bigint,
  transfer_id text,
  event_id text,
  wallet_id uuid,
  owner_wallet_id uuid,
  expected bigint NOT NULL,
  actual bigint NOT NULL,
  difference bigint NOT NULL,
  cure break_cure NOT NULL,
  at timestamptz(3) NOT NULL,
  opened_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  tried_at timestamptz(3),
  released_at timestamptz(3),
  cured_at timestamptz(3),
  accepted_at timestamptz(3),
  CONSTRAINT proof_breaks_accepted CHECK (state <> 'accepted' OR kind = 'order')
);
CREATE INDEX proof_breaks_account_id_state_idx ON proof_breaks (account_id, state);
CREATE INDEX proof_breaks_state_opened_at_id_idx ON proof_breaks (state, opened_at, id);
-- However many workers find it, a break stands once until it is cured.
CREATE UNIQUE INDEX proof_breaks_standing ON proof_breaks (account_id, kind, subject) WHERE state <> 'cured';

CREATE TABLE break_releases (
  id uuid PRIMARY KEY,
  break_id uuid NOT NULL REFERENCES proof_breaks (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  operator_id uuid NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX break_releases_break_id_operator_id_key ON break_releases (break_id, operator_id);
-- Who released or accepted a break, and why. They go when their break opens again.
CREATE TRIGGER break_releases_kept BEFORE UPDATE OR TRUNCATE ON break_releases
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE break_acceptances (
  id uuid PRIMARY KEY,
  break_id uuid NOT NULL REFERENCES proof_breaks (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  operator_id uuid NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX break_acceptances_break_id_operator_id_key ON break_acceptances (break_id, operator_id);
CREATE TRIGGER break_acceptances_kept BEFORE UPDATE OR TRUNCATE ON break_acceptances
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ── Standstill ────────────────────────────────────────────────────────────────

-- After a restore the books are older than the world, and nothing leaves until people let it.
CREATE TYPE standstill_kind AS ENUM ('books_older');
CREATE TYPE standstill_state AS ENUM ('open', 'released');

CREATE TABLE standstills (
  id uuid PRIMARY KEY,
  kind standstill_kind NOT NULL,
  state standstill_state NOT NULL DEFAULT 'open',
  facts jsonb NOT NULL,
  found_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  released_at timestamptz(3),
  CONSTRAINT standstills_released CHECK ((state = 'released') = (released_at IS NOT NULL))
);
CREATE INDEX standstills_found_at_id_idx ON standstills (found_at, id);
-- However many workers notice it, everything stands still once; and whoever sends asks this index.
CREATE UNIQUE INDEX standstills_open ON standstills (state) WHERE state = 'open';

CREATE TABLE standstill_releases (
  id uuid PRIMARY KEY,
  standstill_id uuid NOT NULL REFERENCES standstills (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  operator_id uuid NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX standstill_releases_standstill_id_operator_id_key ON standstill_releases (standstill_id, operator_id);

-- One person's word is not enough, whoever writes it here.
CREATE OR REPLACE FUNCTION standstill_release_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'released' THEN
    RAISE EXCEPTION 'a standstill that has ended stays so' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'released' AND (SELECT count(DISTINCT r.operator_id) FROM standstill_releases r WHERE r.standstill_id = NEW.id) < 2 THEN
    RAISE EXCEPTION 'a standstill is ended by two people' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER standstills_release BEFORE UPDATE ON standstills
  FOR EACH ROW EXECUTE FUNCTION standstill_release_check();

-- ── The chain ─────────────────────────────────────────────────────────────────

-- What was decided on a withdrawal, written by Postgres itself: the withdrawal's own row goes on changing.
CREATE TABLE chain_decisions (
  id bigserial PRIMARY KEY,
  withdrawal_id uuid NOT NULL,
  decision text NOT NULL,
  request_hash text,
  decided_by uuid,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT chain_decisions_decision_check CHECK (decision IN ('requested', 'approved', 'declined', 'cancelled', 'expired'))
);
CREATE INDEX chain_decisions_withdrawal_id_idx ON chain_decisions (withdrawal_id);
CREATE TRIGGER chain_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON chain_decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A batch of rows of one table, each by its id and its hash, after the seal before it. `hash` is over all of that.
CREATE TABLE chain_seals (
  number bigint PRIMARY KEY,
  kind text NOT NULL,
  after bigint NOT NULL,
  through bigint NOT NULL,
  ids bigint[],
  hashes bytea[],
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT chain_seals_kind_check CHECK (kind IN ('ledger_transactions', 'audit_entries', 'chain_decisions'))
);
CREATE TRIGGER chain_seals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON chain_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Per table: up to which id it is sealed; the last id that was there when somebody looked, the number of the transaction
-- that looked, given to it after it had, and when.
CREATE TABLE chain_states (
  kind text PRIMARY KEY,
  through bigint NOT NULL DEFAULT 0,
  seen bigint NOT NULL DEFAULT 0,
  seen_by bigint NOT NULL DEFAULT 0,
  seen_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT chain_states_kind_check CHECK (kind IN ('ledger_transactions', 'audit_entries', 'chain_decisions'))
);
INSERT INTO chain_states (kind) VALUES ('ledger_transactions'), ('audit_entries'), ('chain_decisions');

CREATE OR REPLACE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO chain_decisions (withdrawal_id, decision, request_hash, decided_by)
  VALUES (NEW.id,
    CASE WHEN TG_OP = 'INSERT' THEN 'requested'
         WHEN NEW.status IN ('declined', 'cancelled', 'expired') THEN NEW.status::text ELSE 'approved' END,
    NEW.request_hash,
    CASE WHEN TG_OP = 'INSERT' THEN NEW.requested_by_id WHEN NEW.status NOT IN ('cancelled', 'expired') THEN NEW.approved_by_id END);
  RETURN NULL;
END $$;

CREATE TRIGGER withdrawals_requested AFTER INSERT ON withdrawals FOR EACH ROW EXECUTE FUNCTION keep_decision();
CREATE TRIGGER withdrawals_decision AFTER UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.approved_by_id IS NULL AND NEW.approved_by_id IS NOT NULL
    OR OLD.status <> NEW.status AND NEW.status IN ('declined', 'cancelled', 'expired'))
  EXECUTE FUNCTION keep_decision();

-- The rows of a table between two ids, each as one hash. Its columns are named here: one that is added later changes no
-- hash. Times are seconds, whatever the zone; a transaction is with its entries, and they with what their account is.
CREATE OR REPLACE FUNCTION chain_rows(kind text, after bigint, through bigint) RETURNS TABLE (id bigint, hash bytea)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
BEGIN
  IF kind = 'ledger_transactions' THEN
    RETURN QUERY
    SELECT t.id, sha256(convert_to(jsonb_build_array(
      t.id, t.source, t.kind, extract(epoch FROM t.effective_at), extract(epoch FROM t.posted_at), t.entry_count, t.transfer_id,
      t.withdrawal_id, t.event_id, t.operator_id, t.note, (
        SELECT jsonb_agg(jsonb_build_array(
          e.id, e.line, e.sequence, e.asset, e.amount, e.balance_after, e.kind, e.wallet_id, extract(epoch FROM e.effective_at),
          extract(epoch FROM e.posted_at), e.account_id, a.code, a.side, a.bucket, a.owner_id, a.non_negative) ORDER BY e.line, e.id)
        FROM ledger_entries e LEFT JOIN ledger_accounts a ON a.id = e.account_id WHERE e.transaction_id = t.id
      ))::text, 'UTF8'))
    FROM ledger_transactions t WHERE t.id > after AND t.id <= through ORDER BY t.id;
  ELSIF kind = 'audit_entries' THEN
    RETURN QUERY
    SELECT t.id, sha256(convert_to(jsonb_build_array(
      t.id, extract(epoch FROM t.at), t.actor_kind, t.actor_id, t.actor_name, t.action, t.subject_type, t.subject_id, t.before,
      t.after, t.reason, t.ip, t.user_agent)::text, 'UTF8'))
    FROM audit_entries t WHERE t.id > chain_rows.after AND t.id <= chain_rows.through ORDER BY t.id;
  ELSE
    RETURN QUERY
    SELECT t.id, sha256(convert_to(jsonb_build_array(
      t.id, t.withdrawal_id, t.decision, t.request_hash, t.decided_by, extract(epoch FROM t.at))::text, 'UTF8'))
    FROM chain_decisions t WHERE t.id > after AND t.id <= through ORDER BY t.id;
  END IF;
END $$;

CREATE OR REPLACE FUNCTION chain_hash(seal chain_seals) RETURNS bytea LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sha256(seal.previous
    || convert_to(jsonb_build_array(seal.number, seal.kind, seal.after, seal.through, to_jsonb(seal.ids))::text, 'UTF8')
    || (SELECT string_agg(h.hash, '' ORDER BY h.n) FROM unnest(seal.hashes) WITH ORDINALITY h(hash, n)))
$$;

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
