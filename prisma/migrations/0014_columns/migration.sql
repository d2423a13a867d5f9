-- What was said in texts stands in columns.

-- ── What causes a ledger transaction ─────────────────────────────────────────

-- `fintoc:transfer:tr_1:complete_return:2` is the step `complete_return`, for the second time, of the transfer tr_1.
ALTER TABLE ledger_transactions
  ADD COLUMN cause_kind text COLLATE "C",
  ADD COLUMN cause_id text COLLATE "C",
  ADD COLUMN step text COLLATE "C",
  ADD COLUMN round smallint NOT NULL DEFAULT 0;

ALTER TABLE ledger_transactions DISABLE TRIGGER USER;
UPDATE ledger_transactions t SET
  cause_kind = CASE WHEN old.part[1] IS NULL THEN 'transfer' ELSE old.part[1] END,
  cause_id = coalesce(old.part[2], t.source),
  step = CASE WHEN old.part[1] IS NULL THEN t.kind WHEN old.part[4] = 'debt' THEN old.part[3] || '_debt' ELSE old.part[3] END,
  round = CASE WHEN old.part[4] ~ '^\d+$' THEN old.part[4]::smallint ELSE 0 END
FROM (
  SELECT s.id, regexp_match(s.source, '^(?:fintoc:)?(transfer|withdrawal|adjustment|deposit_request):([^:]+):([a-z_]+)(?::(debt|\d+))?$') AS part
  FROM ledger_transactions s) old
WHERE old.id = t.id;
ALTER TABLE ledger_transactions ENABLE TRIGGER USER;

ALTER TABLE ledger_transactions
  DROP COLUMN source,
  ALTER COLUMN cause_kind SET NOT NULL,
  ALTER COLUMN cause_id SET NOT NULL,
  ALTER COLUMN step SET NOT NULL,
  ADD CONSTRAINT ledger_transactions_cause_kind_check CHECK (cause_kind IN ('transfer', 'withdrawal', 'adjustment', 'deposit_request')),
  -- A transfer has its rail's own id; the others are ours, and are joined as what they are.
  ADD CONSTRAINT ledger_transactions_cause_id CHECK (cause_kind = 'transfer' OR cause_id ~ '^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$');
-- In the order in which they tell rows apart soonest.
CREATE UNIQUE INDEX ledger_transactions_cause_key ON ledger_transactions (cause_id, step, cause_kind, round);

-- A transaction is hashed with its new columns, so the chain begins anew: a file of its heads from before is put aside.
ALTER TABLE chain_seals DISABLE TRIGGER USER;
TRUNCATE chain_seals;
ALTER TABLE chain_seals ENABLE TRIGGER USER;
UPDATE chain_states SET through = 0, seen = 0, seen_by = 0;

-- ── Rails ────────────────────────────────────────────────────────────────────

-- A table and no CHECK: lib/rails/registry.ts is the one list, and a rail comes in with its folder and a line there.
CREATE TABLE rails (
  name text PRIMARY KEY,
  since timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT rails_name CHECK (name ~ '^[a-z][a-z0-9_]*$')
);
INSERT INTO rails (name) VALUES ('fintoc');

-- Whether an id can be this rail's: the first one writes its own text, every other its name before it (lib/rails/ids.ts).
CREATE OR REPLACE FUNCTION rail_has_id(rail text, id text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE rail WHEN 'fintoc' THEN strpos(id, ':') = 0 ELSE starts_with(id, rail || ':') END
$$;

-- An id is unique on its rail, and by its name never another rail's: so it is enough by itself wherever it is linked to,
-- looked for or written down. The default is the first rail, and its ids alone pass with it.
ALTER TABLE entities
  ADD COLUMN rail text NOT NULL DEFAULT 'fintoc' REFERENCES rails (name) ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT entities_rail_id CHECK (rail_has_id(rail, id));
ALTER TABLE accounts
  ADD COLUMN rail text NOT NULL DEFAULT 'fintoc' REFERENCES rails (name) ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT accounts_rail_id CHECK (rail_has_id(rail, id));
ALTER TABLE account_numbers
  ADD COLUMN rail text NOT NULL DEFAULT 'fintoc' REFERENCES rails (name) ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT account_numbers_rail_id CHECK (rail_has_id(rail, id));
ALTER TABLE webhook_endpoints
  ADD COLUMN rail text NOT NULL DEFAULT 'fintoc' REFERENCES rails (name) ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT webhook_endpoints_rail_id CHECK (rail_has_id(rail, id));
ALTER TABLE poll_runs
  ADD COLUMN rail text NOT NULL DEFAULT 'fintoc' REFERENCES rails (name) ON DELETE RESTRICT ON UPDATE CASCADE;
-- Without a key to `rails`: checked row by row, every payment and every delivery would lock its one row. A statement's
-- transfers are checked together; of an event, whoever takes it in asks its rail who signed it.
ALTER TABLE transfers
  ADD COLUMN rail text NOT NULL DEFAULT 'fintoc',
  ADD CONSTRAINT transfers_rail_id CHECK (rail_has_id(rail, id));
ALTER TABLE webhook_events ADD COLUMN rail text NOT NULL DEFAULT 'fintoc';

-- A number is one live row's on its rail, and how far a rail was read is its own.
DROP INDEX account_numbers_live_number;
CREATE UNIQUE INDEX account_numbers_live_number ON account_numbers (number, rail) WHERE status <> 'deleted';
UPDATE settings SET key = key || ':fintoc' WHERE key IN ('transfersPolledUntil', 'transfersHistoryRead');

DROP FUNCTION claim_events(int, int, timestamptz, int);

-- ── Where a withdrawal goes ──────────────────────────────────────────────────

-- In one form for each kind, as text (lib/rails/destination.ts says the forms): so one column is what the seal, the gate, the
-- blocked and every search compare, and the indexes of the CLABE serve all kinds.
CREATE TYPE destination_kind AS ENUM ('clabe', 'card', 'phone', 'tef', 'address', 'name');
ALTER TABLE withdrawals RENAME COLUMN beneficiary_number TO destination;
ALTER TABLE withdrawals ADD COLUMN destination_kind destination_kind NOT NULL DEFAULT 'clabe';
ALTER TABLE withdrawals ALTER COLUMN destination_kind DROP DEFAULT;
ALTER TABLE withdrawals ADD CONSTRAINT withdrawals_destination_check CHECK (CASE destination_kind
  WHEN 'clabe' THEN destination ~ '^\d{18}$'
  WHEN 'card' THEN destination ~ '^\d{16}$'
  WHEN 'phone' THEN destination ~ '^\d{10}$'
  WHEN 'tef' THEN destination ~ '^\d{7,8}-[\dK]/[a-z_]+/\d+$'
  ELSE destination <> '' END);
ALTER INDEX withdrawals_beneficiary RENAME TO withdrawals_destination;
ALTER INDEX withdrawals_beneficiary_number_status_created_at_idx RENAME TO withdrawals_destination_status_created_at_idx;

-- What SPEI prints is said of the rail that pays by SPEI.
ALTER TABLE withdrawals
  DROP CONSTRAINT withdrawals_printed_name_check,
  DROP CONSTRAINT withdrawals_printed_comment_check,
  ADD CONSTRAINT withdrawals_printed_name_check CHECK (NOT rail_has_id('fintoc', account_id) OR printed_name ~ '^[A-Za-z0-9 ]{0,40}$'),
  ADD CONSTRAINT withdrawals_printed_comment_check CHECK (NOT rail_has_id('fintoc', account_id) OR printed_comment ~ '^[A-Za-z0-9 ]{0,40}$');

ALTER TABLE blocked_beneficiaries RENAME COLUMN number TO destination;
ALTER TABLE blocked_beneficiaries ADD COLUMN destination_kind destination_kind NOT NULL DEFAULT 'clabe';
ALTER TABLE blocked_beneficiaries ALTER COLUMN destination_kind DROP DEFAULT;
ALTER TABLE blocked_beneficiaries
  DROP CONSTRAINT blocked_beneficiaries_pkey,
  ADD CONSTRAINT blocked_beneficiaries_pkey PRIMARY KEY (destination, destination_kind);

DROP TRIGGER withdrawals_asked ON withdrawals;
CREATE TRIGGER withdrawals_asked BEFORE UPDATE ON withdrawals FOR EACH ROW
  WHEN ((OLD.id, OLD.wallet_id, OLD.account_id, OLD.asset, OLD.amount, OLD.fee_amount, OLD.beneficiary_name,
         OLD.beneficiary_tax_id, OLD.destination_kind, OLD.destination, OLD.beneficiary_bank, OLD.comment, OLD.reference_id,
         OLD.printed_name, OLD.printed_comment, OLD.requested_by_id, OLD.request_id, OLD.request_hash)
    IS DISTINCT FROM
        (NEW.id, NEW.wallet_id, NEW.account_id, NEW.asset, NEW.amount, NEW.fee_amount, NEW.beneficiary_name,
         NEW.beneficiary_tax_id, NEW.destination_kind, NEW.destination, NEW.beneficiary_bank, NEW.comment, NEW.reference_id,
         NEW.printed_name, NEW.printed_comment, NEW.requested_by_id, NEW.request_id, NEW.request_hash))
  EXECUTE FUNCTION refuse_withdrawal_change();

-- ── Functions ────────────────────────────────────────────────────────────────

-- A cause as it is read and typed in the console (lib/ledger/cause.ts writes the same).
CREATE OR REPLACE FUNCTION ledger_cause(kind text, id text, step text, round smallint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT kind || ':' || id || ':' || step || CASE WHEN round > 0 THEN ':' || round ELSE '' END
$$;

-- Posts a batch in the order given and returns, per item: posted, duplicate (its cause has posted that step) or insufficient (a
-- balance would have gone below zero: the item is left out, the others are posted). Accounts come once per batch, and lines
-- point at them by number.
--
-- With the owner's rights, however little its caller may. Where it looks for names is its own to say: a table of the
-- caller's with the name of one of ours would be found first otherwise.
CREATE OR REPLACE FUNCTION ledger_post(batch jsonb)
RETURNS TABLE (item int, transaction_id bigint, outcome text) LANGUAGE plpgsql SECURITY DEFINER
-- The tables grow a thousandfold while a connection keeps its plans: the one for small tables would scan them. And
-- planning anew for each batch would cost more than the batch.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_posted_at timestamptz;
  v_account_count int := jsonb_array_length(batch->'accounts');
  v_ids bigint[];
  v_sequences bigint[];
  v_balances bigint[];
  v_signs int[];
  v_checked boolean[];
  v_wallets uuid[];
  v_assets text[];
  v_refused int[] := '{}';
  v_lines ledger_line[];
  v_short int;
  v_transactions bigint[];
  v_times timestamptz[];
BEGIN
  -- The touched accounts are locked in the order of their ids, so that two batches that meet on one (and every deposit
  -- of a shared Fintoc account meets the same cash account) wait for each other there. A locked row is read as it is now.
  LOOP
    SELECT array_agg(l.id), array_agg(l.sequence), array_agg(l.balance), array_agg(CASE l.side WHEN 'debit' THEN 1 ELSE -1 END),
           array_agg(l.non_negative), array_agg(l.wallet_id), array_agg(l.asset)
    INTO v_ids, v_sequences, v_balances, v_signs, v_checked, v_wallets, v_assets
    FROM (
      SELECT * FROM (
        SELECT a.id, a.sequence, a.balance, a.side, a.non_negative, a.asset, s.wallet_id, s.n
        FROM ROWS FROM (jsonb_to_recordset(batch->'accounts') AS (code text, asset text, wallet_id uuid)) WITH ORDINALITY s(code, asset, wallet_id, n)
        JOIN ledger_accounts a ON a.code = s.code COLLATE "C" AND a.asset = s.asset COLLATE "C"
        ORDER BY a.id FOR UPDATE OF a
      ) locked ORDER BY n
    ) l;
    EXIT WHEN cardinality(v_ids) = v_account_count;
    INSERT INTO ledger_accounts (code, asset, side, bucket, owner_id, non_negative)
    SELECT s.code, s.asset, s.side, s.bucket, s.owner_id, s.non_negative
    FROM jsonb_to_recordset(batch->'accounts') AS s(code text, asset text, side ledger_side, bucket text, owner_id text, non_negative boolean)
    WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.code = s.code COLLATE "C" AND a.asset = s.asset COLLATE "C")
    ORDER BY s.code, s.asset
    ON CONFLICT (code, asset) DO NOTHING;
  END LOOP;

  -- Under the locks from here on: a statement sees what was committed before it began, and an account's entries are
  -- posted in the order of their times. A step of a cause that stands already, or twice in this batch, is posted once.
  v_posted_at := clock_timestamp();
  -- Numbered by item, so that entries find their transaction without a join; null for what isn't posted.
  SELECT array_agg(CASE WHEN i.is_first AND NOT EXISTS (
           SELECT 1 FROM ledger_transactions t
           WHERE t.cause_id = i.cause_id COLLATE "C" AND t.step = i.step COLLATE "C" AND t.cause_kind = i.cause_kind COLLATE "C" AND t.round = i.round)
                        THEN nextval('ledger_transactions_id_seq') END ORDER BY i.n),
         array_agg(i.effective_at ORDER BY i.n)
  INTO v_transactions, v_times
  FROM (
    SELECT i.*, row_number() OVER (PARTITION BY i.cause_id, i.step, i.cause_kind, i.round ORDER BY i.n) = 1 AS is_first
    FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (cause_kind text, cause_id text, step text, round smallint, effective_at timestamptz))
      WITH ORDINALITY i(cause_kind, cause_id, step, round, effective_at, n)
  ) i;

  -- Leaves out, one by one from the first, what would take a balance below zero.
  LOOP
    SELECT coalesce(array_agg(l.line), '{}'), min((l.line).item) FILTER (WHERE (l.line).checked AND (l.line).balance_after < 0)
    INTO v_lines, v_short
    FROM (
      SELECT ROW(l.item, l.line, l.account, l.amount, l.kind,
                 v_sequences[l.account] + row_number() OVER running,
                 v_balances[l.account] + v_signs[l.account] * sum(l.amount) OVER running,
                 (l.guarded OR v_checked[l.account]) AND v_signs[l.account] * l.amount < 0)::ledger_line AS line
      FROM jsonb_to_recordset(batch->'lines') AS l(item int, line int, account int, amount bigint, kind text, guarded boolean)
      WHERE v_transactions[l.item] IS NOT NULL
      WINDOW running AS (PARTITION BY l.account ORDER BY l.item, l.line)
    ) l;
    EXIT WHEN v_short IS NULL;
    v_refused := v_refused || v_short;
    v_transactions[v_short] := NULL;
  END LOOP;

  -- Had somebody posted one of these steps meanwhile, between accounts that this batch doesn't touch, its unique
  -- key refuses the batch, and the caller tries again (lib/db.ts).
  WITH transactions AS (
    INSERT INTO ledger_transactions
      (id, cause_kind, cause_id, step, round, kind, effective_at, posted_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note)
    SELECT v_transactions[i.n], i.cause_kind, i.cause_id, i.step, i.round, i.kind, i.effective_at, v_posted_at, i.entry_count,
           i.transfer_id, i.withdrawal_id, i.event_id, i.operator_id, i.note
    FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (
      cause_kind text, cause_id text, step text, round smallint, kind text, effective_at timestamptz, entry_count int,
      transfer_id text, withdrawal_id uuid, event_id text, operator_id uuid, note text
    )) WITH ORDINALITY i(cause_kind, cause_id, step, round, kind, effective_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note, n)
    WHERE v_transactions[i.n] IS NOT NULL
  )
  INSERT INTO ledger_entries
    (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
  SELECT v_transactions[l.item], l.line, v_ids[l.account], l.sequence, v_assets[l.account], l.amount, l.balance_after,
         l.kind, v_wallets[l.account], v_times[l.item], v_posted_at
  FROM unnest(v_lines) l ORDER BY l.item, l.line;

  RETURN QUERY
  SELECT i.n::int,
         coalesce(v_transactions[i.n], (
           SELECT t.id FROM ledger_transactions t
           WHERE t.cause_id = i.cause_id COLLATE "C" AND t.step = i.step COLLATE "C" AND t.cause_kind = i.cause_kind COLLATE "C" AND t.round = i.round)),
         CASE WHEN v_transactions[i.n] IS NOT NULL THEN 'posted' WHEN i.n = ANY (v_refused) THEN 'insufficient' ELSE 'duplicate' END
  FROM ROWS FROM (jsonb_to_recordset(batch->'items') AS (cause_kind text, cause_id text, step text, round smallint))
    WITH ORDINALITY i(cause_kind, cause_id, step, round, n)
  ORDER BY i.n;
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
    id, rail, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, origin, mode, transacted_at, updated_at)
  SELECT
    id, rail, direction, state, status, amount, asset, account_id, account_number_id, account_number, wallet_id, purpose,
    suspense_reason, suspense_since, counterparty_name, counterparty_tax_id, counterparty_number, counterparty_bank,
    tracking_key, reference_id, comment, receipt_url, return_reason, error_reason, return_attempts, return_requested_at,
    return_began_at, return_reserved, origin, mode, transacted_at, now()
  FROM jsonb_to_recordset(batch->'created') AS c(
    id text, rail text, direction direction, state transfer_state, status text, amount bigint, asset text, account_id text,
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
    SELECT batch->'postings'->'items'->(p.item - 1)->>'cause_id' INTO v_short
    FROM ledger_post(batch->'postings') p WHERE p.outcome = 'insufficient' ORDER BY p.item LIMIT 1;
    IF v_short IS NOT NULL THEN
      RAISE EXCEPTION '% lacks funds in the accounts that it takes from', v_short USING ERRCODE = 'serialization_failure';
    END IF;
  END IF;
END $$;

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
      t.id, t.cause_kind, t.cause_id, t.step, t.round, t.kind, extract(epoch FROM t.effective_at), extract(epoch FROM t.posted_at),
      t.entry_count, t.transfer_id, t.withdrawal_id, t.event_id, t.operator_id, t.note, (
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

-- The transfers of one statement together: each is of a rail that there is, and of a wallet that there is, if of any.
CREATE OR REPLACE FUNCTION transfers_check_wallets() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- One statement for both: starting one costs more than running it.
  v_lacks text := CASE
    WHEN EXISTS (SELECT 1 FROM fresh f WHERE f.wallet_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id = f.wallet_id))
      THEN 'wallet'
    WHEN EXISTS (SELECT 1 FROM fresh f WHERE NOT EXISTS (SELECT 1 FROM rails r WHERE r.name = f.rail)) THEN 'rail' END;
BEGIN
  IF v_lacks IS NOT NULL THEN
    RAISE EXCEPTION 'a transfer is of a % that exists', v_lacks USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

-- Claims what is due, oldest first, for so many seconds, and gives it back in the order in which it happened. While one
-- claim holds an event of an object, no other gets the object's other events; and while one waits to be retried, those
-- that happened after it wait for it, until it is settled or dead. What a dead worker held is due again and counts as
-- an attempt; since it may be what killed it, it goes alone from then on, and after so many attempts to the dead letters.
-- What was due before `since` is left out: the index keeps what was settled until it is vacuumed, and every claim would
-- walk past it.
CREATE OR REPLACE FUNCTION claim_events(max_events int, lease_seconds int, since timestamptz, max_attempts int)
RETURNS TABLE (claim bigint, id text, rail text, type text, origin text, body text, occurred_at timestamptz, attempts int)
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_claim bigint;
  v_held text[];
  v_busy text[];
  v_events text[];
  v_objects text[];
  v_suspect int;
  v_retrying boolean;
BEGIN
  -- Lost in a crash of the server, a claim is simply made again: not worth waiting for the disk.
  PERFORM set_config('synchronous_commit', 'off', true);
  -- One at a time: two that looked at the same moment would both find the object free.
  PERFORM pg_advisory_xact_lock(hashtext('monedero.events.claim'));

  -- From the second time on at moments of their own, so that a neighbour isn't caught by the same death again and again.
  WITH expired AS (
    DELETE FROM event_claims c WHERE c.lease_until < clock_timestamp() RETURNING c.event_ids
  )
  UPDATE webhook_events e SET
    attempts = e.attempts + 1, worker_deaths = e.worker_deaths + 1,
    state = CASE WHEN e.attempts + 1 < max_attempts THEN 'retrying' ELSE 'dead' END::event_state,
    last_error = format('Its worker died %s times.', e.worker_deaths + 1),
    next_attempt_at = CASE WHEN e.worker_deaths = 0 THEN e.next_attempt_at
      ELSE clock_timestamp() + make_interval(secs => least(e.worker_deaths, 8) * 4 * random()) END
  FROM (SELECT unnest(event_ids) AS id FROM expired) x
  WHERE e.id = x.id AND e.state IN ('received', 'retrying');

  SELECT coalesce(array_agg(h.event_id), '{}'), coalesce(array_agg(h.object_id) FILTER (WHERE h.object_id IS NOT NULL), '{}')
  INTO v_held, v_busy
  FROM event_claims c, unnest(c.event_ids, c.object_ids) h(event_id, object_id);

  -- Mostly none is, and nothing is looked for event by event.
  v_retrying := EXISTS (SELECT 1 FROM webhook_events e WHERE e.state = 'retrying');

  SELECT array_agg(due.id), array_agg(due.object_id), array_position(array_agg(due.worker_deaths > 0), true)
  INTO v_events, v_objects, v_suspect
  FROM (
    SELECT e.id, e.object_id, e.worker_deaths FROM webhook_events e
    WHERE e.state IN ('received', 'retrying') AND e.next_attempt_at <= clock_timestamp() AND e.next_attempt_at >= since
      AND e.id NOT IN (SELECT unnest(v_held)) AND coalesce(e.object_id, '') NOT IN (SELECT unnest(v_busy))
      AND (NOT v_retrying OR NOT EXISTS (
        SELECT 1 FROM webhook_events r
        WHERE r.state = 'retrying' AND r.object_id = e.object_id AND (r.occurred_at, r.id) < (e.occurred_at, e.id)))
    ORDER BY e.next_attempt_at, e.id LIMIT max_events
  ) due;
  IF v_events IS NULL THEN
    RETURN;
  END IF;
  IF v_suspect IS NOT NULL THEN
    v_events := v_events[1:greatest(v_suspect - 1, 1)];
    v_objects := v_objects[1:greatest(v_suspect - 1, 1)];
  END IF;

  INSERT INTO event_claims (event_ids, object_ids, lease_until)
  VALUES (v_events, v_objects, clock_timestamp() + make_interval(secs => lease_seconds))
  RETURNING event_claims.id INTO v_claim;

  RETURN QUERY
  SELECT v_claim, e.id, e.rail, e.type, e.origin, e.body, e.occurred_at, e.attempts
  FROM webhook_events e WHERE e.id = ANY (v_events) ORDER BY e.occurred_at, e.id;
END $$;

-- What leaves, from where and to whom, as one number. lib/withdrawals/seal.ts makes the same of the row that it sends.
CREATE OR REPLACE FUNCTION withdrawal_hash(asked withdrawals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', asked.id, asked.wallet_id, asked.account_id, asked.asset, asked.amount,
    asked.fee_amount, asked.destination_kind, asked.destination), 'UTF8')), 'hex')
$$;

-- ── What was sealed before ───────────────────────────────────────────────────

-- Whatever bore its right seal bears the new one; what didn't goes on to be refused.
CREATE TEMPORARY TABLE sealed ON COMMIT DROP AS
SELECT w.id, w.request_hash AS old, withdrawal_hash(w) AS new FROM withdrawals w
WHERE w.request_hash = encode(sha256(convert_to(concat_ws(E'\n', w.id, w.wallet_id, w.account_id, w.asset, w.amount,
  w.fee_amount, w.destination), 'UTF8')), 'hex');
ALTER TABLE withdrawals DISABLE TRIGGER USER;
ALTER TABLE chain_decisions DISABLE TRIGGER USER;
ALTER TABLE approvals DISABLE TRIGGER USER;
UPDATE withdrawals w SET
  request_hash = s.new, approved_hash = CASE w.approved_hash WHEN s.old THEN s.new ELSE w.approved_hash END
FROM sealed s WHERE s.id = w.id;
UPDATE chain_decisions c SET request_hash = s.new FROM sealed s WHERE s.id = c.withdrawal_id AND c.request_hash = s.old;
UPDATE approvals a SET facts = (a.facts - 'beneficiaryNumber') || jsonb_build_object(
  'requestHash', s.new, 'destinationKind', w.destination_kind, 'destination', w.destination)
FROM sealed s JOIN withdrawals w ON w.id = s.id
WHERE a.subject_type = 'withdrawal' AND a.subject_id = s.id::text AND a.facts->>'requestHash' = s.old;
UPDATE approvals SET facts = (facts - 'number') || jsonb_build_object('destinationKind', 'clabe', 'destination', facts->'number')
WHERE action = 'beneficiary.unblock' AND facts ? 'number';
ALTER TABLE withdrawals ENABLE TRIGGER USER;
ALTER TABLE chain_decisions ENABLE TRIGGER USER;
ALTER TABLE approvals ENABLE TRIGGER USER;
