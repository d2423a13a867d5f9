-- What moves money: transfers as Fintoc tells of them, and what people ask for.

-- ── Fintoc ────────────────────────────────────────────────────────────────────

CREATE TABLE fintoc_requests (
  purpose text PRIMARY KEY,
  idempotency_key text NOT NULL,
  path text NOT NULL,
  body jsonb NOT NULL,
  state text NOT NULL DEFAULT 'sent',
  attempts int NOT NULL DEFAULT 0,
  response jsonb,
  error text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT fintoc_requests_state_check CHECK (state IN ('sent', 'done', 'refused'))
);
CREATE UNIQUE INDEX fintoc_requests_idempotency_key_key ON fintoc_requests (idempotency_key);

CREATE TABLE sync_runs (
  id uuid PRIMARY KEY,
  started_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  finished_at timestamptz(3),
  counts jsonb,
  error text
);
CREATE INDEX sync_runs_started_at_idx ON sync_runs (started_at);

-- ── Transfers ─────────────────────────────────────────────────────────────────

CREATE TYPE direction AS ENUM ('inbound', 'outbound');
CREATE TYPE transfer_state AS ENUM ('seen', 'pending', 'succeeded', 'return_pending', 'returned', 'failed', 'rejected');

CREATE TABLE transfers (
  id text PRIMARY KEY,
  direction direction NOT NULL,
  state transfer_state NOT NULL DEFAULT 'seen',
  status text NOT NULL,
  amount bigint NOT NULL,
  asset text NOT NULL,
  account_id text NOT NULL,
  account_number_id text,
  account_number text,
  wallet_id uuid REFERENCES wallets (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  purpose text,
  suspense_reason text,
  suspense_since timestamptz(3),
  counterparty_name text,
  counterparty_tax_id text,
  counterparty_number text,
  counterparty_bank text,
  tracking_key text,
  reference_id text,
  comment text,
  receipt_url text,
  return_reason text,
  error_reason text,
  return_attempts int NOT NULL DEFAULT 0,
  return_requested_at timestamptz(3),
  return_reserved bigint NOT NULL DEFAULT 0,
  origin text NOT NULL,
  mode text NOT NULL,
  transacted_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  asked_at timestamptz(3),
  return_began_at timestamptz(3),
  search_text text NOT NULL GENERATED ALWAYS AS (search_text(coalesce(counterparty_name, '') || ' ' || coalesce(comment, ''))) STORED,
  CONSTRAINT transfers_amount CHECK (amount > 0),
  CONSTRAINT transfers_purpose_check CHECK (purpose IN ('unexplained', 'external', 'verification', 'settlement', 'wallet')),
  CONSTRAINT transfers_suspense_reason_check CHECK (suspense_reason IN (
    'unknown_number', 'wallet_frozen',
    'wallet_closed', 'deposits_disabled')),
  CONSTRAINT transfers_origin_check CHECK (origin IN ('webhook', 'poll', 'submission', 'operator'))
);
CREATE INDEX transfers_direction_transacted_at_id_idx ON transfers (direction, transacted_at, id);
CREATE INDEX transfers_wallet_id_transacted_at_id_idx ON transfers (wallet_id, transacted_at, id);
CREATE INDEX transfers_account_number_id_transacted_at_idx ON transfers (account_number_id, transacted_at);
CREATE INDEX transfers_tracking_key_idx ON transfers (tracking_key);
-- Transfers that haven't ended, for those of them that take too long.
CREATE INDEX transfers_open ON transfers (asked_at NULLS FIRST, transacted_at) WHERE state IN ('seen', 'pending', 'return_pending');
CREATE INDEX transfers_suspense_since_id_idx ON transfers (suspense_since, id) WHERE suspense_since IS NOT NULL;
-- What left under no withdrawal of these books, what these books hold as paid and never sent, and what was sent last:
-- each is asked for every second, and each is a few rows.
CREATE INDEX transfers_without_withdrawal ON transfers (created_at) WHERE direction = 'outbound' AND wallet_id IS NULL;

-- As with the keys of entries (0004_ledger): checked row by row, this one cost two fifths of what a transfer's row costs.
-- It is checked once per statement, and a wallet is never deleted: closed, it keeps its history.
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    EXECUTE 'ALTER TABLE transfers ALTER CONSTRAINT transfers_wallet_id_fkey NOT ENFORCED';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION transfers_check_wallets() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.wallet_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id = f.wallet_id)) THEN
    RAISE EXCEPTION 'a transfer is of a wallet that exists' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER transfers_wallets AFTER INSERT ON transfers
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION transfers_check_wallets();

-- Seldom: a deposit that was held is given to a wallet.
CREATE OR REPLACE FUNCTION transfer_check_wallet() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id = NEW.wallet_id) THEN
    RAISE EXCEPTION 'a transfer is of a wallet that exists' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER transfers_wallet BEFORE UPDATE OF wallet_id ON transfers
  FOR EACH ROW WHEN (NEW.wallet_id IS NOT NULL AND NEW.wallet_id IS DISTINCT FROM OLD.wallet_id) EXECUTE FUNCTION transfer_check_wallet();

-- ── Withdrawals ───────────────────────────────────────────────────────────────

CREATE TYPE withdrawal_status AS ENUM ('awaiting_approval', 'queued', 'submitting', 'pending', 'succeeded', 'failed', 'rejected', 'returned', 'declined', 'cancelled', 'expired');
-- Why a withdrawal waits for a second person.
CREATE TYPE approval_reason AS ENUM ('amount', 'first_payment', 'beneficiary_day', 'wallet_day', 'requester_day');

CREATE TABLE withdrawals (
  id uuid PRIMARY KEY,
  wallet_id uuid NOT NULL REFERENCES wallets (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  account_id text NOT NULL,
  asset text NOT NULL,
  amount bigint NOT NULL,
  fee_amount bigint NOT NULL,
  beneficiary_name text,
  beneficiary_tax_id text,
  beneficiary_number text NOT NULL,
  beneficiary_bank text,
  comment text,
  reference_id text,
  status withdrawal_status NOT NULL,
  first_seen boolean NOT NULL,
  requested_by_id uuid NOT NULL,
  approved_by_id uuid,
  decided_at timestamptz(3),
  request_id text NOT NULL,
  submit_round int NOT NULL DEFAULT 0,
  submit_attempts int NOT NULL DEFAULT 0,
  submitted_at timestamptz(3),
  next_attempt_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  lease_until timestamptz(3),
  failure_code text,
  failure_detail text,
  transfer_id text REFERENCES transfers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  sent_at timestamptz(3),
  held_reason text,
  searched_at timestamptz(3),
  searched_since timestamptz(3),
  searched_count int,
  approval_reason approval_reason,
  -- What leaves, from where and to whom, as one number.
  request_hash text,
  approved_hash text,
  search_text text NOT NULL GENERATED ALWAYS AS (search_text(coalesce(beneficiary_name, '') || ' ' || coalesce(comment, ''))) STORED,
  -- Made once, when it is asked for: a request that is sent again under its key must not differ.
  printed_name text,
  printed_comment text,
  -- Part of what was asked, and stays. The hash names its columns, so this is none of it.
  retry_of_id uuid REFERENCES withdrawals (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT withdrawals_amount CHECK (amount > 0),
  CONSTRAINT withdrawals_fee CHECK (fee_amount >= 0),
  CONSTRAINT withdrawals_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> requested_by_id),
  CONSTRAINT withdrawals_printed_name_check CHECK (printed_name ~ '^[A-Za-z0-9 ]{0,40}$'),
  CONSTRAINT withdrawals_printed_comment_check CHECK (printed_comment ~ '^[A-Za-z0-9 ]{0,40}$'),
  CONSTRAINT withdrawals_held_reason_check CHECK (held_reason IN (
    'books_older', 'changed_since_approval', 'wallet_frozen', 'wallet_closed', 'beneficiary_blocked', 'unexplained_payout',
    'account_paused', 'proof_late', 'ledger_red', 'ledger_late', 'not_covered', 'credit_unconfirmed'))
);
CREATE UNIQUE INDEX withdrawals_request_id_key ON withdrawals (request_id);
CREATE UNIQUE INDEX withdrawals_transfer_id_key ON withdrawals (transfer_id);
CREATE INDEX withdrawals_status_next_attempt_at_idx ON withdrawals (status, next_attempt_at);
CREATE INDEX withdrawals_wallet_id_created_at_id_idx ON withdrawals (wallet_id, created_at, id);
CREATE INDEX withdrawals_created_at_id_idx ON withdrawals (created_at, id);
CREATE INDEX withdrawals_held ON withdrawals (id) WHERE held_reason IS NOT NULL;
CREATE INDEX withdrawals_never_sent ON withdrawals (id) WHERE submit_attempts = 0 AND transfer_id IS NOT NULL;
CREATE INDEX withdrawals_sent_last ON withdrawals (submitted_at DESC) WHERE submitted_at IS NOT NULL;
-- What one person asked for, and what was asked for to one CLABE, within a day.
CREATE INDEX withdrawals_requested_by_id_created_at_idx ON withdrawals (requested_by_id, created_at);
CREATE INDEX withdrawals_beneficiary_number_created_at_idx ON withdrawals (beneficiary_number, created_at);
CREATE UNIQUE INDEX withdrawals_retry_of_id_key ON withdrawals (retry_of_id);
-- What an approver reads of a CLABE: how often it was paid and when last, of 200 withdrawals in one statement.
CREATE INDEX withdrawals_beneficiary_number_status_created_at_idx ON withdrawals (beneficiary_number, status, created_at);

-- What leaves, from where and to whom, as one number. lib/withdrawals/seal.ts makes the same of the row that it sends.
CREATE OR REPLACE FUNCTION withdrawal_hash(asked withdrawals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', asked.id, asked.wallet_id, asked.account_id, asked.asset, asked.amount,
    asked.fee_amount, asked.beneficiary_number), 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION seal_withdrawal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.request_hash := withdrawal_hash(NEW);
  NEW.approved_hash := CASE WHEN NEW.approved_by_id IS NOT NULL AND NEW.status <> 'declined' THEN NEW.request_hash END;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_withdrawal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a withdrawal stays what was asked for, and by whom' USING ERRCODE = 'restrict_violation';
END $$;

-- One decision, on what is in the row at that moment, and it stays. What waits for somebody goes out by their word alone.
CREATE OR REPLACE FUNCTION decide_withdrawal() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'awaiting_approval'
    OR OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id
    OR OLD.approved_hash IS NOT NULL AND NEW.approved_hash IS DISTINCT FROM OLD.approved_hash THEN
    RAISE EXCEPTION 'a decision on a withdrawal stays as it was made' USING ERRCODE = 'restrict_violation';
  END IF;
  -- What Fintoc has paid under its mark left already, by books that a restore took back: saying so sends nothing.
  IF NEW.approved_by_id IS NULL AND NEW.status NOT IN ('awaiting_approval', 'declined', 'cancelled', 'expired')
    AND NOT (NEW.transfer_id IS NOT NULL AND NEW.status IN ('pending', 'succeeded', 'failed', 'rejected', 'returned')) THEN
    RAISE EXCEPTION 'a withdrawal that waits for approval is let out by somebody' USING ERRCODE = 'check_violation';
  END IF;
  NEW.approved_hash := CASE WHEN NEW.approved_by_id IS NOT NULL AND NEW.status <> 'declined' THEN withdrawal_hash(NEW) END;
  RETURN NEW;
END $$;

CREATE TRIGGER withdrawals_seal BEFORE INSERT ON withdrawals FOR EACH ROW EXECUTE FUNCTION seal_withdrawal();
CREATE TRIGGER withdrawals_stay BEFORE DELETE OR TRUNCATE ON withdrawals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_withdrawal_change();
CREATE TRIGGER withdrawals_decided BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id OR OLD.approved_hash IS DISTINCT FROM NEW.approved_hash
    OR OLD.status = 'awaiting_approval' AND NEW.status <> OLD.status)
  EXECUTE FUNCTION decide_withdrawal();
CREATE TRIGGER withdrawals_asked BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN ((OLD.id, OLD.wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.fee_amount, OLD.beneficiary_name,
         OLD.beneficiary_tax_id, OLD.beneficiary_number, OLD.beneficiary_bank, OLD.comment, OLD.reference_id,
         OLD.printed_name, OLD.printed_comment, OLD.requested_by_id, OLD.request_id, OLD.request_hash)
    IS DISTINCT FROM
        (NEW.id, NEW.wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.fee_amount, NEW.beneficiary_name,
         NEW.beneficiary_tax_id, NEW.beneficiary_number, NEW.beneficiary_bank, NEW.comment, NEW.reference_id,
         NEW.printed_name, NEW.printed_comment, NEW.requested_by_id, NEW.request_id, NEW.request_hash))
  EXECUTE FUNCTION refuse_withdrawal_change();
CREATE TRIGGER withdrawals_retried BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN (OLD.retry_of_id IS DISTINCT FROM NEW.retry_of_id) EXECUTE FUNCTION refuse_withdrawal_change();

-- The withdrawal that a transfer in an event was made for, by the mark that we put on it; null where there is none.
CREATE OR REPLACE FUNCTION withdrawal_mark(event_body text) RETURNS uuid LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN (event_body::jsonb #>> '{data,metadata,withdrawal_id}')::uuid;
EXCEPTION WHEN others THEN
  RETURN NULL;
END $$;

CREATE TABLE blocked_beneficiaries (
  number text PRIMARY KEY,
  reason text NOT NULL,
  blocked_by_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE withdrawal_endings (
  id uuid PRIMARY KEY,
  withdrawal_id uuid NOT NULL REFERENCES withdrawals (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  outcome text NOT NULL,
  operator_id uuid NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT withdrawal_endings_outcome_check CHECK (outcome IN ('not_paid', 'paid', 'came_back')),
  CONSTRAINT withdrawal_endings_reason_check CHECK (btrim(reason) <> '')
);
CREATE UNIQUE INDEX withdrawal_endings_withdrawal_id_operator_id_key ON withdrawal_endings (withdrawal_id, operator_id);

-- ── Payouts that nobody asked for ─────────────────────────────────────────────

CREATE TABLE unexplained_payouts (
  transfer_id text PRIMARY KEY REFERENCES transfers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  reason text NOT NULL,
  withdrawal_id uuid,
  wallet_id uuid,
  explained_as text,
  explained_at timestamptz(3),
  found_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT unexplained_payouts_reason_check CHECK (reason IN ('no_mark', 'unknown_withdrawal', 'paid_twice', 'ended', 'amount', 'beneficiary', 'account', 'settlement_elsewhere')),
  CONSTRAINT unexplained_payouts_explained_as_check CHECK (explained_as IN ('external', 'verification', 'settlement', 'wallet')),
  CONSTRAINT unexplained_payouts_check CHECK ((explained_as IS NULL) = (explained_at IS NULL))
);

CREATE TABLE payout_explanations (
  id uuid PRIMARY KEY,
  transfer_id text NOT NULL REFERENCES unexplained_payouts (transfer_id) ON DELETE RESTRICT ON UPDATE CASCADE,
  kind text NOT NULL,
  wallet_id uuid,
  operator_id uuid NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT payout_explanations_kind_check CHECK (kind IN ('external', 'verification', 'settlement', 'wallet')),
  CONSTRAINT payout_explanations_reason_check CHECK (btrim(reason) <> ''),
  CONSTRAINT payout_explanations_check CHECK ((kind = 'wallet') = (wallet_id IS NOT NULL))
);
CREATE UNIQUE INDEX payout_explanations_transfer_id_operator_id_key ON payout_explanations (transfer_id, operator_id);

-- ── What people ask for ───────────────────────────────────────────────────────

-- What one person asks to do with a deposit, and another decides: to send a credited one back, or to credit one from
-- suspense to a wallet that its number doesn't name.
CREATE TYPE deposit_request_kind AS ENUM ('return', 'assignment');
CREATE TYPE deposit_request_status AS ENUM ('awaiting_approval', 'approved', 'declined', 'cancelled');

CREATE TABLE deposit_requests (
  id uuid PRIMARY KEY,
  kind deposit_request_kind NOT NULL,
  transfer_id text NOT NULL REFERENCES transfers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  wallet_id uuid NOT NULL REFERENCES wallets (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  accepted_loss bigint NOT NULL DEFAULT 0,
  accepts_not_open boolean NOT NULL DEFAULT false,
  accepts_other_account boolean NOT NULL DEFAULT false,
  reason text NOT NULL,
  status deposit_request_status NOT NULL DEFAULT 'awaiting_approval',
  requested_by_id uuid NOT NULL,
  decided_by_id uuid,
  decided_at timestamptz(3),
  decision text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT deposit_requests_loss CHECK (accepted_loss >= 0),
  CONSTRAINT deposit_requests_reason CHECK (btrim(reason) <> ''),
  CONSTRAINT deposit_requests_four_eyes CHECK (decided_by_id <> requested_by_id),
  CONSTRAINT deposit_requests_decided CHECK ((status IN ('approved', 'declined')) = (decided_by_id IS NOT NULL))
);
CREATE INDEX deposit_requests_status_created_at_id_idx ON deposit_requests (status, created_at, id);
CREATE INDEX deposit_requests_transfer_id_created_at_idx ON deposit_requests (transfer_id, created_at);
CREATE INDEX deposit_requests_wallet_id_created_at_idx ON deposit_requests (wallet_id, created_at);
-- One waits per deposit. Never decided by who asked, and never approved or declined by nobody.
CREATE UNIQUE INDEX deposit_requests_waiting ON deposit_requests (transfer_id) WHERE status = 'awaiting_approval';

CREATE TYPE adjustment_status AS ENUM ('awaiting_approval', 'posted', 'declined', 'cancelled');

CREATE TABLE adjustments (
  id uuid PRIMARY KEY,
  from_wallet_id uuid REFERENCES wallets (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  to_wallet_id uuid REFERENCES wallets (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  account_id text REFERENCES accounts (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  asset text NOT NULL,
  amount bigint NOT NULL,
  reason text NOT NULL,
  status adjustment_status NOT NULL DEFAULT 'awaiting_approval',
  requested_by_id uuid NOT NULL,
  decided_by_id uuid,
  decided_at timestamptz(3),
  decision text,
  request_id text NOT NULL,
  break_id text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  search_text text NOT NULL GENERATED ALWAYS AS (search_text(reason)) STORED,
  -- From one side to another: two wallets, or a wallet and a Fintoc account's cash. Never decided by who asked, and never
  -- posted or declined by nobody.
  CONSTRAINT adjustments_amount CHECK (amount > 0),
  CONSTRAINT adjustments_reason CHECK (btrim(reason) <> ''),
  CONSTRAINT adjustments_sides CHECK (num_nonnulls(from_wallet_id, to_wallet_id, account_id) = 2),
  CONSTRAINT adjustments_two_wallets CHECK (from_wallet_id <> to_wallet_id),
  CONSTRAINT adjustments_four_eyes CHECK (decided_by_id <> requested_by_id),
  CONSTRAINT adjustments_decided CHECK ((status IN ('posted', 'declined')) = (decided_by_id IS NOT NULL))
);
CREATE UNIQUE INDEX adjustments_request_id_key ON adjustments (request_id);
CREATE INDEX adjustments_status_created_at_id_idx ON adjustments (status, created_at, id);
CREATE INDEX adjustments_created_at_id_idx ON adjustments (created_at, id);
CREATE INDEX adjustments_from_wallet_id_created_at_idx ON adjustments (from_wallet_id, created_at);
CREATE INDEX adjustments_to_wallet_id_created_at_idx ON adjustments (to_wallet_id, created_at);

CREATE OR REPLACE FUNCTION refuse_adjustment_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an adjustment stays what was asked for, and its decision as it was made' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER adjustments_kept BEFORE DELETE OR TRUNCATE ON adjustments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER adjustments_asked BEFORE UPDATE ON adjustments FOR EACH ROW
  WHEN ((OLD.id, OLD.from_wallet_id, OLD.to_wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.reason, OLD.requested_by_id, OLD.request_id)
    IS DISTINCT FROM
        (NEW.id, NEW.from_wallet_id, NEW.to_wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.reason, NEW.requested_by_id, NEW.request_id)
    OR OLD.decided_by_id IS NOT NULL AND OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id)
  EXECUTE FUNCTION refuse_adjustment_change();

-- ── From what Fintoc says to what is posted ───────────────────────────────────

-- Everything that the postings of a batch of transfers need to know, by one question. `version` tells whether a row is
-- still the one that was read: apply_transfers compares it before it writes.
CREATE OR REPLACE FUNCTION transfer_context(
  transfer_ids text[], number_ids text[], account_ids text[], wallet_ids uuid[], withdrawal_ids uuid[], assets text[], with_balances boolean
) RETURNS TABLE (transfers jsonb, withdrawals jsonb, wallets json)
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_transfers jsonb;
  v_withdrawals jsonb;
  v_wallet_ids uuid[] := wallet_ids;
BEGIN
  SELECT coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object(
           'version', t.xmin::text, 'amount', t.amount::text, 'return_reserved', t.return_reserved::text)), '[]')
  INTO v_transfers FROM transfers t WHERE t.id = ANY (transfer_ids);

  SELECT coalesce(jsonb_agg(to_jsonb(d) || jsonb_build_object(
           'version', d.xmin::text, 'amount', d.amount::text, 'fee_amount', d.fee_amount::text)), '[]')
  INTO v_withdrawals FROM withdrawals d WHERE d.id = ANY (withdrawal_ids) OR d.transfer_id = ANY (transfer_ids);

  v_wallet_ids := v_wallet_ids || ARRAY(
    SELECT (t->>'wallet_id')::uuid FROM jsonb_array_elements(v_transfers || v_withdrawals) t WHERE t->>'wallet_id' IS NOT NULL);

  RETURN QUERY
  SELECT v_transfers, v_withdrawals, coalesce(json_agg(json_build_object(
    'id', w.id, 'version', w.xmin::text, 'kind', w.kind, 'house_role', w.house_role, 'asset', w.asset, 'status', w.status,
    'pattern', w.pattern, 'account_id', w.account_id, 'account_number_id', w.account_number_id,
    'deposits_enabled', m.deposits_enabled, 'deposit_fee_amount', m.deposit_fee_amount::text,
    'refund_fee_on_return', m.refund_fee_on_return,
    'available', CASE WHEN with_balances THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'available' AND a.asset = w.asset) END)), '[]')
  FROM wallets w JOIN wallet_terms m ON m.id = w.terms_id
  WHERE w.id = ANY (v_wallet_ids) OR w.account_number_id = ANY (number_ids)
    OR (w.account_id = ANY (account_ids) AND w.pattern IN ('B', 'C'))
    OR (w.house_role IN ('operating', 'fees', 'settlement') AND w.asset = ANY (assets));
END $$;

-- What the wallets that transfer_context answered owe, by their ids; null where nobody owes anything. Read in the same
-- statement, so that both are of one moment.
CREATE OR REPLACE FUNCTION wallet_debts(wallets json) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.bucket = 'receivable') THEN
    RETURN NULL;
  END IF;
  RETURN (
    SELECT jsonb_object_agg(a.owner_id, a.balance::text)
    FROM json_array_elements(wallets) w
    JOIN ledger_accounts a ON a.bucket = 'receivable' AND a.owner_id = w->>'id'
    WHERE a.balance > 0);
END $$;

-- Writes a batch that was planned on what transfer_context answered: transfers, ledger, withdrawals, and the events that
-- told of them, together or not at all. Where one of the rows that the plan rests on is another by now, or a balance
-- doesn't suffice, it refuses with serialization_failure, and the caller reads again.
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
  -- Held until the batch is posted: nobody freezes or closes a wallet between our look at it and the credit.
  SELECT count(*) INTO v_count FROM (
    SELECT 1 FROM jsonb_to_recordset(batch->'wallets') AS c(id uuid, version text)
    JOIN wallets w ON w.id = c.id WHERE w.xmin::text = c.version ORDER BY w.id FOR SHARE OF w) same;
  IF v_count <> jsonb_array_length(batch->'wallets') THEN
    RAISE EXCEPTION 'a wallet changed since it was read' USING ERRCODE = 'serialization_failure';
  END IF;

  INSERT INTO transfers (
    id, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, origin, mode, transacted_at, updated_at)
  SELECT
    id, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, origin, mode, transacted_at, now()
  FROM jsonb_to_recordset(batch->'created') AS c(
    id text, direction direction, state transfer_state, status text, amount bigint, asset text, account_id text,
    account_number_id text, account_number text, wallet_id uuid, purpose text, suspense_reason text,
    suspense_since timestamptz, counterparty_name text, counterparty_tax_id text, counterparty_number text,
    counterparty_bank text, tracking_key text, reference_id text, comment text, receipt_url text, return_reason text,
    error_reason text, return_attempts int, return_requested_at timestamptz, return_began_at timestamptz,
    return_reserved bigint, origin text, mode text, transacted_at timestamptz)
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

  IF batch ? 'events' THEN
    UPDATE webhook_events e SET state = o.state, last_error = o.reason, processed_at = clock_timestamp(), attempts = e.attempts + 1
    FROM jsonb_to_recordset(batch->'events') AS o(id text, state event_state, reason text) WHERE e.id = o.id;
  END IF;
  DELETE FROM event_claims WHERE id = (batch->>'claim')::bigint;

  -- Last: a hot account is locked from here until the commit, and other batches wait for it.
  IF jsonb_array_length(batch->'postings'->'items') > 0 THEN
    SELECT batch->'postings'->'items'->(p.item - 1)->>'source' INTO v_short
    FROM ledger_post(batch->'postings') p WHERE p.outcome = 'insufficient' ORDER BY p.item LIMIT 1;
    IF v_short IS NOT NULL THEN
      RAISE EXCEPTION '% lacks funds in the accounts that it takes from', v_short USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
END $$;
