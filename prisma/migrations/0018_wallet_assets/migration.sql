-- A wallet holds one balance per asset: what was so of its one asset stands in a row of its own.

-- ── The assets that there are ────────────────────────────────────────────────

-- lib/money.ts has the same exponents, for whoever only writes an amount down; a test compares the two.
CREATE TABLE assets (
  code text PRIMARY KEY,
  kind text NOT NULL,
  exponent smallint NOT NULL,
  network text NOT NULL,
  contract text,
  enabled boolean NOT NULL DEFAULT true,
  max_amount bigint NOT NULL DEFAULT 9007199254740991,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT assets_code_check CHECK (code ~ '^[A-Z]{2,10}$'),
  CONSTRAINT assets_kind_check CHECK (kind IN ('fiat', 'digital')),
  CONSTRAINT assets_exponent_check CHECK (exponent BETWEEN 0 AND 18),
  -- As much as one posting may carry (lib/money.ts).
  CONSTRAINT assets_max_amount_check CHECK (max_amount BETWEEN 1 AND 9007199254740991)
);
INSERT INTO assets (code, kind, exponent, network, contract) VALUES
  ('MXN', 'fiat', 2, 'spei', NULL),
  ('CLP', 'fiat', 0, 'tef', NULL),
  ('USD', 'fiat', 2, 'none', NULL),
  ('USDC', 'digital', 6, 'ethereum', '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48'),
  ('USDT', 'digital', 6, 'ethereum', '0xdAC17F958D2ee523a2206206994597C13D831ec7'),
  ('BTC', 'digital', 8, 'bitcoin', NULL),
  ('ETH', 'digital', 9, 'ethereum', NULL),
  ('LTC', 'digital', 8, 'litecoin', NULL),
  ('BCH', 'digital', 8, 'bitcoin_cash', NULL),
  ('XRP', 'digital', 6, 'ripple', NULL),
  ('SOL', 'digital', 9, 'solana', NULL);

-- ── A wallet in one asset ────────────────────────────────────────────────────

CREATE TYPE wallet_asset_state AS ENUM ('opening', 'open');

-- What stands in these books alone has no rail; what is the platform's own has no pattern. Both are open at once.
CREATE TABLE wallet_assets (
  wallet_id uuid NOT NULL REFERENCES wallets (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  asset text NOT NULL REFERENCES assets (code) ON DELETE RESTRICT ON UPDATE CASCADE,
  state wallet_asset_state NOT NULL,
  terms_id uuid NOT NULL REFERENCES wallet_terms (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  rail text REFERENCES rails (name) ON DELETE RESTRICT ON UPDATE CASCADE,
  pattern wallet_pattern,
  entity_id text REFERENCES entities (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  account_id text REFERENCES accounts (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  account_number_id text REFERENCES account_numbers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  opening_step opening_step NOT NULL DEFAULT 'done',
  opening_error text,
  opening_attempts int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  request_id text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (wallet_id, asset),
  CONSTRAINT wallet_assets_rail_check CHECK (rail IS NOT NULL OR (pattern IS NULL AND account_id IS NULL AND account_number_id IS NULL)),
  CONSTRAINT wallet_assets_state_check CHECK (state = 'open' OR pattern IS NOT NULL)
);

-- The platform has one wallet per role from now on, in all assets: the oldest of a role keeps it and gets the books of
-- the others.
CREATE TEMPORARY TABLE merged ON COMMIT DROP AS
SELECT w.id, first_value(w.id) OVER (PARTITION BY w.house_role ORDER BY w.created_at, w.id) AS into_id
FROM wallets w WHERE w.house_role IS NOT NULL;

INSERT INTO wallet_assets (
  wallet_id, asset, state, terms_id, rail, pattern, entity_id, account_id, account_number_id, opening_step,
  opening_error, opening_attempts, next_attempt_at, request_id, created_at, updated_at)
SELECT coalesce(m.into_id, w.id), w.asset, CASE WHEN w.opening_step = 'done' THEN 'open' ELSE 'opening' END::wallet_asset_state,
  w.terms_id, coalesce(a.rail, CASE WHEN w.pattern IS NOT NULL THEN 'fintoc' END), w.pattern, w.entity_id, w.account_id,
  w.account_number_id, w.opening_step, w.opening_error, w.opening_attempts, w.next_attempt_at, NULL, w.created_at, w.updated_at
FROM wallets w LEFT JOIN merged m ON m.id = w.id LEFT JOIN accounts a ON a.id = w.account_id;

DELETE FROM merged WHERE id = into_id;
ALTER TABLE ledger_accounts DISABLE TRIGGER USER;
UPDATE ledger_accounts a SET owner_id = m.into_id::text FROM merged m WHERE a.owner_id = m.id::text;
ALTER TABLE ledger_accounts ENABLE TRIGGER USER;
ALTER TABLE ledger_entries DISABLE TRIGGER USER;
GRANT UPDATE ON ledger_entries TO CURRENT_USER;
UPDATE ledger_entries e SET wallet_id = m.into_id FROM merged m WHERE e.wallet_id = m.id;
REVOKE UPDATE ON ledger_entries FROM CURRENT_USER;
ALTER TABLE ledger_entries ENABLE TRIGGER USER;
-- Entries are hashed with their wallet: where one changed, the chain begins anew.
DO $$ BEGIN
  IF EXISTS (SELECT FROM merged) THEN
    ALTER TABLE chain_seals DISABLE TRIGGER USER;
    TRUNCATE chain_seals;
    ALTER TABLE chain_seals ENABLE TRIGGER USER;
    UPDATE chain_states SET through = 0, seen = 0, seen_by = 0;
  END IF;
END $$;
UPDATE adjustments j SET from_wallet_id = m.into_id FROM merged m WHERE j.from_wallet_id = m.id;
UPDATE adjustments j SET to_wallet_id = m.into_id FROM merged m WHERE j.to_wallet_id = m.id;
ALTER TABLE withdrawals DISABLE TRIGGER USER;
UPDATE withdrawals d SET wallet_id = m.into_id FROM merged m WHERE d.wallet_id = m.id;
ALTER TABLE withdrawals ENABLE TRIGGER USER;
UPDATE transfers f SET wallet_id = m.into_id FROM merged m WHERE f.wallet_id = m.id;
ALTER TABLE wallets DISABLE TRIGGER USER;
DELETE FROM wallets w USING merged m WHERE w.id = m.id;
ALTER TABLE wallets ENABLE TRIGGER USER;

-- What was asked of a rail for a wallet is known by its asset too: two assets are two accounts.
UPDATE fintoc_requests r SET purpose = regexp_replace(r.purpose, '^(wallet:[^:]+):', '\1:' || w.asset || ':')
FROM wallets w WHERE r.purpose IN ('wallet:' || w.id || ':account', 'wallet:' || w.id || ':account_number');

DROP INDEX wallets_house_role_asset_key;
DROP INDEX wallets_own_account;
DROP INDEX wallets_account_id_idx;
DROP INDEX wallets_account_number_id_key;
DROP INDEX wallets_status_next_attempt_at_idx;
ALTER TABLE wallets
  DROP COLUMN asset,
  DROP COLUMN pattern,
  DROP COLUMN terms_id,
  DROP COLUMN entity_id,
  DROP COLUMN account_id,
  DROP COLUMN account_number_id,
  DROP COLUMN opening_step,
  DROP COLUMN opening_error,
  DROP COLUMN opening_attempts,
  DROP COLUMN next_attempt_at;
CREATE UNIQUE INDEX wallets_house_role_key ON wallets (house_role);

CREATE UNIQUE INDEX wallet_assets_account_number_id_key ON wallet_assets (account_number_id);
CREATE UNIQUE INDEX wallet_assets_request_id_key ON wallet_assets (request_id);
CREATE INDEX wallet_assets_account_id_idx ON wallet_assets (account_id);
CREATE INDEX wallet_assets_state_next_attempt_at_idx ON wallet_assets (state, next_attempt_at);
-- A shared account has a hundred thousand wallets; only an account of its own tells a wallet.
CREATE INDEX wallet_assets_own_account ON wallet_assets (account_id) WHERE pattern IN ('B', 'C');

-- ── Functions ────────────────────────────────────────────────────────────────

-- Everything that the postings of a batch of transfers need to know, by one question: of wallets, each in the asset that it
-- is about. `version` tells whether a row is
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
    SELECT (t->>'wallet_id')::uuid FROM jsonb_array_elements(v_transfers || v_withdrawals) t WHERE t->>'wallet_id' IS NOT NULL
    UNION ALL SELECT h.id FROM wallets h WHERE h.house_role IN ('operating', 'fees', 'settlement'));

  -- A wallet's version is its assets' too (touch_wallet).
  RETURN QUERY
  SELECT v_transfers, v_withdrawals, coalesce(json_agg(json_build_object(
    'id', w.id, 'version', w.xmin::text, 'kind', w.kind, 'house_role', w.house_role, 'asset', b.asset, 'status', w.status,
    'pattern', b.pattern, 'account_id', b.account_id, 'account_number_id', b.account_number_id,
    'deposits_enabled', m.deposits_enabled, 'deposit_fee_amount', m.deposit_fee_amount::text,
    'refund_fee_on_return', m.refund_fee_on_return,
    'available', CASE WHEN with_balances THEN (
      SELECT a.balance::text FROM ledger_accounts a
      WHERE a.owner_id = w.id::text AND a.bucket = 'available' AND a.asset = b.asset) END)), '[]')
  FROM wallet_assets b JOIN wallets w ON w.id = b.wallet_id JOIN wallet_terms m ON m.id = b.terms_id
  WHERE b.asset = ANY (assets)
    AND (b.wallet_id = ANY (v_wallet_ids) OR b.account_number_id = ANY (number_ids)
      OR (b.account_id = ANY (account_ids) AND b.pattern IN ('B', 'C')));
END $$;

-- What the wallets that transfer_context answered owe, by their ids and assets; null where nobody owes anything. Read in the same
-- statement, so that both are of one moment.
CREATE OR REPLACE FUNCTION wallet_debts(wallets json) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.bucket = 'receivable') THEN
    RETURN NULL;
  END IF;
  RETURN (
    SELECT jsonb_object_agg(a.owner_id || ' ' || a.asset, a.balance::text)
    FROM json_array_elements(wallets) w
    JOIN ledger_accounts a ON a.bucket = 'receivable' AND a.owner_id = w->>'id' AND a.asset = w->>'asset'
    WHERE a.balance > 0);
END $$;

CREATE OR REPLACE FUNCTION refuse_wallet_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a wallet keeps its id and its assets, and is closed, never deleted' USING ERRCODE = 'restrict_violation';
END $$;

-- A wallet's row is another once one of its assets is: whoever rests on the one, or waits for its lock, rests on both.
CREATE OR REPLACE FUNCTION touch_wallet() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE wallets SET updated_at = clock_timestamp() WHERE id = NEW.wallet_id;
  RETURN NULL;
END $$;

-- What a rail tells of before it is final is pending for its wallet, and no cash.
ALTER TABLE ledger_accounts DROP CONSTRAINT ledger_accounts_bucket_check;
ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_bucket_check CHECK (bucket IN (
  'available', 'pending', 'reserved', 'cash', 'in_transit', 'incoming', 'suspense', 'unexplained', 'receivable'));

CREATE TRIGGER wallet_assets_stay BEFORE DELETE OR TRUNCATE ON wallet_assets
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_wallet_change();
CREATE TRIGGER wallet_assets_identity BEFORE UPDATE OF wallet_id, asset ON wallet_assets
  FOR EACH ROW WHEN ((OLD.wallet_id, OLD.asset) IS DISTINCT FROM (NEW.wallet_id, NEW.asset)) EXECUTE FUNCTION refuse_wallet_change();
CREATE TRIGGER wallet_assets_made AFTER INSERT ON wallet_assets FOR EACH ROW EXECUTE FUNCTION touch_wallet();
-- That an opening waits, or was tried again, is nothing that a posting rests on.
CREATE TRIGGER wallet_assets_changed AFTER UPDATE OF state, terms_id, pattern, entity_id, account_id, account_number_id
  ON wallet_assets FOR EACH ROW EXECUTE FUNCTION touch_wallet();
