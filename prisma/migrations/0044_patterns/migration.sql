-- A wallet moves from one pattern to another: its money is brought along, and its old number receives on.

CREATE TYPE "pattern_move_state" AS ENUM ('opening', 'switching', 'moving', 'moved', 'cancelled');
CREATE TYPE "pattern_payment_state" AS ENUM ('due', 'sent', 'arrived', 'failed');

CREATE TABLE "pattern_moves" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "asset" TEXT NOT NULL,
    "from_pattern" "wallet_pattern" NOT NULL,
    "to_pattern" "wallet_pattern" NOT NULL,
    "from_account_id" TEXT NOT NULL,
    "from_number_id" TEXT NOT NULL,
    "to_entity_id" TEXT,
    "to_account_id" TEXT,
    "to_number_id" TEXT,
    "arrival_number_id" TEXT,
    "state" "pattern_move_state" NOT NULL DEFAULT 'opening',
    "amount" BIGINT,
    "from_sequence" BIGINT,
    "approval_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "waits_for" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "switched_at" TIMESTAMPTZ(3),
    "moved_at" TIMESTAMPTZ(3),
    "looked_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "pattern_moves_pkey" PRIMARY KEY ("id"),
    CONSTRAINT pattern_moves_other CHECK (from_pattern <> to_pattern),
    -- The wallet got its new account once all of it stood.
    CONSTRAINT pattern_moves_switched CHECK (
      (switched_at IS NOT NULL) = (state IN ('moving', 'moved')) AND (switched_at IS NULL OR
        (amount >= 0 AND from_sequence IS NOT NULL AND to_account_id IS NOT NULL AND to_number_id IS NOT NULL AND arrival_number_id IS NOT NULL)))
);
CREATE UNIQUE INDEX "pattern_moves_arrival_number_id_key" ON "pattern_moves"("arrival_number_id");
CREATE UNIQUE INDEX "pattern_moves_approval_id_key" ON "pattern_moves"("approval_id");
CREATE INDEX "pattern_moves_wallet_id_asset_created_at_idx" ON "pattern_moves"("wallet_id", "asset", "created_at");
CREATE INDEX "pattern_moves_from_number_id_idx" ON "pattern_moves"("from_number_id");
ALTER TABLE "pattern_moves" ADD CONSTRAINT "pattern_moves_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pattern_moves" ADD CONSTRAINT "pattern_moves_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approvals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- One at a time.
CREATE UNIQUE INDEX pattern_moves_under_way ON pattern_moves (wallet_id, asset) WHERE state IN ('opening', 'switching', 'moving');

CREATE TRIGGER pattern_moves_kept BEFORE DELETE OR TRUNCATE ON pattern_moves
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pattern_moves_made
  BEFORE UPDATE OF id, wallet_id, asset, from_pattern, to_pattern, from_account_id, from_number_id, to_entity_id, approval_id, reason, created_at
  ON pattern_moves FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE "pattern_payments" (
    "id" UUID NOT NULL,
    "move_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "wallet_id" UUID NOT NULL,
    "asset" TEXT NOT NULL,
    "from_account_id" TEXT NOT NULL,
    "to_account_id" TEXT NOT NULL,
    "to_number_id" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" "pattern_payment_state" NOT NULL DEFAULT 'due',
    "held_reason" TEXT,
    "failure_code" TEXT,
    "transfer_id" TEXT,
    "arrival_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "arrived_at" TIMESTAMPTZ(3),

    CONSTRAINT "pattern_payments_pkey" PRIMARY KEY ("id"),
    CONSTRAINT pattern_payments_amount CHECK (amount > 0),
    CONSTRAINT pattern_payments_apart CHECK (from_account_id <> to_account_id),
    CONSTRAINT pattern_payments_arrived CHECK ((state = 'arrived') = (arrived_at IS NOT NULL) AND (state <> 'arrived' OR arrival_id IS NOT NULL))
);
CREATE UNIQUE INDEX "pattern_payments_transfer_id_key" ON "pattern_payments"("transfer_id");
CREATE UNIQUE INDEX "pattern_payments_arrival_id_key" ON "pattern_payments"("arrival_id");
CREATE UNIQUE INDEX "pattern_payments_move_id_nth_key" ON "pattern_payments"("move_id", "nth");
CREATE INDEX "pattern_payments_wallet_id_asset_state_idx" ON "pattern_payments"("wallet_id", "asset", "state");
ALTER TABLE "pattern_payments" ADD CONSTRAINT "pattern_payments_move_id_fkey" FOREIGN KEY ("move_id") REFERENCES "pattern_moves"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER pattern_payments_kept BEFORE DELETE OR TRUNCATE ON pattern_payments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pattern_payments_made
  BEFORE UPDATE OF id, move_id, nth, wallet_id, asset, from_account_id, to_account_id, to_number_id, destination, amount, created_at
  ON pattern_payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Between two accounts of ours, in both of them.
ALTER TABLE transfers
  DROP CONSTRAINT transfers_purpose_check,
  ADD CONSTRAINT transfers_purpose_check CHECK (purpose IN ('unexplained', 'external', 'verification', 'settlement', 'wallet', 'move'));
ALTER TABLE unexplained_payouts
  DROP CONSTRAINT unexplained_payouts_explained_as_check,
  ADD CONSTRAINT unexplained_payouts_explained_as_check CHECK (explained_as IN ('external', 'verification', 'settlement', 'wallet', 'move'));

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'wallet.move_pattern', 1, '{}', '[{"people": 1}]');

-- Of wallets that moved to another account: what is on its way there, the numbers for that alone, and the numbers that
-- they had before.
CREATE OR REPLACE FUNCTION moves_context(transfer_ids text[], number_ids text[], payment_ids uuid[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'payments', coalesce((
      SELECT jsonb_agg(jsonb_build_object('id', p.id, 'transfer_id', p.transfer_id, 'account_id', p.from_account_id,
        'to_account_id', p.to_account_id, 'destination', p.destination, 'amount', p.amount::text))
      FROM pattern_payments p WHERE p.id = ANY (payment_ids) OR p.transfer_id = ANY (transfer_ids)), '[]'),
    'arrivals', coalesce((
      SELECT jsonb_agg(m.arrival_number_id) FROM pattern_moves m WHERE m.arrival_number_id = ANY (number_ids)), '[]'),
    'former', coalesce((
      SELECT jsonb_object_agg(m.from_number_id, m.wallet_id) FROM pattern_moves m
      WHERE m.from_number_id = ANY (number_ids) AND m.switched_at IS NOT NULL), '{}'))
$$;

-- The wallets that had these numbers before they moved to another account: what comes to them is theirs still.
CREATE OR REPLACE FUNCTION moved_wallets(number_ids text[]) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT ARRAY(SELECT m.wallet_id FROM pattern_moves m WHERE m.from_number_id = ANY (number_ids) AND m.switched_at IS NOT NULL)
$$;

-- Writes a batch that was planned on what transfer_context answered: transfers, ledger, withdrawals, and the events that
-- told of them, together or not at all. Where one of the rows that the plan rests on is another by now, or a balance or what
-- is left of a limit doesn't suffice, it refuses with serialization_failure, and the caller reads again.
CREATE OR REPLACE FUNCTION apply_transfers(batch jsonb) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_count int;
  v_short text;
BEGIN
  -- Locked in the order of their ids, so that no two batches wait for each other in a ring.
  IF jsonb_array_length(batch->'known') > 0 THEN
    SELECT count(*) INTO v_count FROM (
      SELECT 1 FROM jsonb_to_recordset(batch->'known') AS c(id text, version text)
      JOIN transfers t ON t.id = c.id WHERE t.xmin::text = c.version ORDER BY t.id FOR UPDATE OF t) same;
    IF v_count <> jsonb_array_length(batch->'known') THEN
      RAISE EXCEPTION 'a transfer changed since it was read' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  IF jsonb_array_length(batch->'withdrawals') > 0 THEN
    SELECT count(*) INTO v_count FROM (
      SELECT 1 FROM jsonb_to_recordset(batch->'withdrawals') AS c(id uuid, version text)
      JOIN withdrawals d ON d.id = c.id WHERE d.xmin::text = c.version ORDER BY d.id FOR UPDATE OF d) same;
    IF v_count <> jsonb_array_length(batch->'withdrawals') THEN
      RAISE EXCEPTION 'a withdrawal changed since it was read' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  -- Each payment of a move is of one transfer.
  IF batch ? 'moves' THEN
    UPDATE pattern_payments p SET transfer_id = c.transfer_id, state = 'sent'
    FROM jsonb_to_recordset(batch->'moves') AS c(id uuid, transfer_id text) WHERE p.id = c.id AND p.transfer_id IS NULL;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count <> jsonb_array_length(batch->'moves') THEN
      RAISE EXCEPTION 'a payment got its transfer since it was read' USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
  -- Held until the batch is posted: nobody freezes or closes a wallet between our look at it and the credit.
  SELECT count(*) INTO v_count FROM (
    SELECT 1 FROM jsonb_to_recordset(batch->'wallets') AS c(id uuid, version text)
    JOIN wallets w ON w.id = c.id WHERE w.xmin::text = c.version ORDER BY w.id FOR SHARE OF w) same;
  IF v_count <> jsonb_array_length(batch->'wallets') THEN
    RAISE EXCEPTION 'a wallet changed since it was read' USING ERRCODE = 'serialization_failure';
  END IF;

  INSERT INTO transfers (
    id, rail, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, marked_withdrawal_id, marked_wallet_id, origin, mode, transacted_at, updated_at)
  SELECT
    id, rail, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, marked_withdrawal_id, marked_wallet_id, origin, mode, transacted_at, now()
  FROM jsonb_to_recordset(batch->'created') AS c(
    id text, rail text, direction direction, state transfer_state, status text, amount bigint, asset text, account_id text,
    account_number_id text, account_number text, wallet_id uuid, purpose text, suspense_reason text,
    suspense_since timestamptz, counterparty_name text, counterparty_tax_id text, counterparty_number text,
    counterparty_bank text, tracking_key text, reference_id text, comment text, receipt_url text, return_reason text,
    error_reason text, return_attempts int, return_requested_at timestamptz, return_began_at timestamptz,
    return_reserved bigint, marked_withdrawal_id uuid, marked_wallet_id uuid, origin text, mode text, transacted_at timestamptz)
  ORDER BY id
  ON CONFLICT (id) DO NOTHING;
  GET DIAGNOSTICS v_count = ROW_COUNT;
  IF v_count <> jsonb_array_length(batch->'created') THEN
    RAISE EXCEPTION 'a transfer appeared since it was looked for' USING ERRCODE = 'serialization_failure';
  END IF;

  IF jsonb_array_length(batch->'changed') > 0 THEN
    UPDATE transfers t SET
      state = c.state, status = c.status, wallet_id = c.wallet_id, purpose = c.purpose,
      suspense_reason = c.suspense_reason, suspense_since = c.suspense_since, tracking_key = c.tracking_key,
      receipt_url = c.receipt_url, return_reason = c.return_reason, error_reason = c.error_reason,
      return_attempts = c.return_attempts, return_requested_at = c.return_requested_at,
      return_began_at = c.return_began_at, return_reserved = c.return_reserved, updated_at = now()
    FROM jsonb_to_recordset(batch->'changed') AS c(
      id text, state transfer_state, status text, wallet_id uuid, purpose text, suspense_reason text,
      suspense_since timestamptz, tracking_key text, receipt_url text, return_reason text, error_reason text,
      return_attempts int, return_requested_at timestamptz, return_began_at timestamptz, return_reserved bigint)
    WHERE t.id = c.id;
  END IF;

  IF jsonb_array_length(batch->'withdrawals') > 0 THEN
    UPDATE withdrawals d SET
      status = c.status, transfer_id = c.transfer_id, lease_until = c.lease_until, failure_code = c.failure_code,
      failure_detail = c.failure_detail, updated_at = now()
    FROM jsonb_to_recordset(batch->'withdrawals') AS c(
      id uuid, is_changed boolean, status withdrawal_status, transfer_id text, lease_until timestamptz,
      failure_code text, failure_detail text)
    WHERE d.id = c.id AND c.is_changed;
  END IF;

  -- In the order of the list: each is given its number as it is written.
  IF jsonb_array_length(batch->'told') > 0 THEN
    INSERT INTO outbox_events (type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, occurred_at, data)
    SELECT type, subject_kind, subject_id, wallet_id, actor_kind, actor_id, coalesce(occurred_at, now()), data
    FROM jsonb_to_recordset(batch->'told') AS e(
      type text, subject_kind text, subject_id text, wallet_id uuid, actor_kind text, actor_id text,
      occurred_at timestamptz, data jsonb);
  END IF;

  IF batch ? 'events' THEN
    UPDATE inbox_events e SET state = o.state, last_error = o.reason, processed_at = clock_timestamp(), attempts = e.attempts + 1
    FROM jsonb_to_recordset(batch->'events') AS o(id text, state inbox_event_state, reason text) WHERE e.id = o.id;
  END IF;
  -- A worker whose lease ran out has no claim any more: what it would write is for another to write.
  IF batch ? 'claim' THEN
    IF (batch->>'ends_claim')::boolean THEN DELETE FROM inbox_claims WHERE id = (batch->>'claim')::bigint;
    ELSE PERFORM 1 FROM inbox_claims WHERE id = (batch->>'claim')::bigint FOR UPDATE;
    END IF;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the lease of claim % ran out', batch->>'claim' USING ERRCODE = 'MQ001';
    END IF;
  END IF;

  -- Last: a hot account is locked from here until the commit, and other batches wait for it.
  IF jsonb_array_length(batch->'postings'->'items') > 0 THEN
    SELECT batch->'postings'->'items'->(p.item - 1)->>'cause_id' INTO v_short
    FROM ledger_post(batch->'postings') p WHERE p.outcome IN ('insufficient', 'over_limit') ORDER BY p.item LIMIT 1;
    IF v_short IS NOT NULL THEN
      RAISE EXCEPTION '% lacks funds, or passes a limit', v_short USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
END $$;
