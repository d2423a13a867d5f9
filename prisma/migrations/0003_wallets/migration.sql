-- Entities and accounts as Fintoc has them, and wallets with their terms.

-- ── At Fintoc ─────────────────────────────────────────────────────────────────

CREATE TABLE entities (
  id text PRIMARY KEY,
  holder_name text NOT NULL,
  holder_id text NOT NULL,
  country_code text,
  is_root boolean NOT NULL,
  status text,
  mode text NOT NULL,
  customer_id uuid REFERENCES customers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  raw jsonb NOT NULL,
  synced_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  search_text text NOT NULL GENERATED ALWAYS AS (search_text(holder_name)) STORED
);
CREATE INDEX entities_created_at_id_idx ON entities (created_at, id);

CREATE TABLE onboardings (
  id text PRIMARY KEY,
  entity_id text NOT NULL REFERENCES entities (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  status text NOT NULL,
  submittable boolean NOT NULL DEFAULT false,
  submitted_at timestamptz(3),
  reviewed_at timestamptz(3),
  raw jsonb NOT NULL,
  synced_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX onboardings_entity_id_created_at_idx ON onboardings (entity_id, created_at);

-- What a person has typed of a KYB so far, part by part. It holds personal data, so it goes as soon as the KYB starts,
-- and after months in which nobody came back to it.
CREATE TABLE kyb_drafts (
  entity_id text NOT NULL REFERENCES entities (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  part text NOT NULL,
  answers jsonb NOT NULL,
  version int NOT NULL,
  editor text NOT NULL,
  sequence int NOT NULL,
  saved_by_id uuid NOT NULL REFERENCES operators (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  saved_at timestamptz(3) NOT NULL,
  PRIMARY KEY (entity_id, part),
  CONSTRAINT kyb_drafts_part CHECK (part IN ('company_information', 'legal_representatives', 'transactional_profile', 'shareholders')),
  CONSTRAINT kyb_drafts_answers CHECK (jsonb_typeof(answers) = 'object' AND octet_length(answers::text) <= 100000),
  CONSTRAINT kyb_drafts_version CHECK (version > 0)
);
CREATE INDEX kyb_drafts_saved_at_idx ON kyb_drafts (saved_at);

CREATE TABLE accounts (
  id text PRIMARY KEY,
  entity_id text NOT NULL REFERENCES entities (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  description text,
  asset text NOT NULL,
  available_balance bigint NOT NULL,
  is_root boolean NOT NULL,
  root_account_number text NOT NULL,
  status text NOT NULL,
  mode text NOT NULL,
  raw jsonb NOT NULL,
  synced_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE account_numbers (
  id text PRIMARY KEY,
  account_id text NOT NULL REFERENCES accounts (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  number text NOT NULL,
  description text,
  status text NOT NULL,
  is_root boolean NOT NULL,
  mode text NOT NULL,
  metadata jsonb NOT NULL,
  last_transfer_at timestamptz(3),
  raw jsonb NOT NULL,
  synced_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  search_text text NOT NULL GENERATED ALWAYS AS (search_text(description)) STORED
);
CREATE INDEX account_numbers_account_id_idx ON account_numbers (account_id);
CREATE INDEX account_numbers_created_at_id_idx ON account_numbers (created_at, id);
-- Fintoc may delete an account number and give its CLABE out again under another id. The old row stays, with all that
-- happened on it, as deleted; of those that live, one has the CLABE.
CREATE UNIQUE INDEX account_numbers_live_number ON account_numbers (number) WHERE status <> 'deleted';
CREATE INDEX account_numbers_number_idx ON account_numbers (number);

-- ── Wallets ───────────────────────────────────────────────────────────────────

CREATE TYPE wallet_kind AS ENUM ('customer', 'house', 'general');
CREATE TYPE wallet_pattern AS ENUM ('A', 'B', 'C');
CREATE TYPE wallet_status AS ENUM ('opening', 'open', 'frozen', 'closed');
CREATE TYPE opening_step AS ENUM ('entity', 'kyb', 'account', 'account_number', 'done');

CREATE TABLE wallet_terms (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  asset text NOT NULL,
  deposits_enabled boolean NOT NULL DEFAULT true,
  withdrawals_enabled boolean NOT NULL DEFAULT true,
  withdrawal_max_amount bigint,
  withdrawal_day_amount bigint,
  deposit_fee_amount bigint NOT NULL DEFAULT 0,
  withdrawal_fee_amount bigint NOT NULL DEFAULT 0,
  refund_fee_on_return boolean NOT NULL DEFAULT true,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX wallet_terms_name_key ON wallet_terms (name);

CREATE TABLE wallets (
  id uuid PRIMARY KEY,
  kind wallet_kind NOT NULL,
  pattern wallet_pattern,
  status wallet_status NOT NULL,
  name text NOT NULL,
  asset text NOT NULL,
  customer_id uuid REFERENCES customers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  portfolio_id uuid REFERENCES portfolios (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  terms_id uuid NOT NULL REFERENCES wallet_terms (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  house_role text,
  entity_id text REFERENCES entities (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  account_id text REFERENCES accounts (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  account_number_id text REFERENCES account_numbers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  opening_step opening_step NOT NULL DEFAULT 'done',
  opening_error text,
  opening_attempts int NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  status_reason text,
  closed_by text,
  request_id text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,
  search_text text NOT NULL GENERATED ALWAYS AS (search_text(name)) STORED,
  -- What becomes of deposits while it is frozen: Fintoc sends them back from a CLABE that is disabled, or they wait in
  -- suspense, which is all that there is for an account's root number.
  frozen_deposits text,
  CONSTRAINT wallets_frozen_deposits_check CHECK (frozen_deposits IN ('refuse', 'suspend')),
  CONSTRAINT wallets_house_role_check CHECK (house_role IN ('operating', 'fees', 'settlement')),
  CONSTRAINT wallets_closed_by_check CHECK (closed_by IN ('platform', 'customer'))
);
CREATE UNIQUE INDEX wallets_account_number_id_key ON wallets (account_number_id);
CREATE UNIQUE INDEX wallets_request_id_key ON wallets (request_id);
CREATE INDEX wallets_customer_id_created_at_idx ON wallets (customer_id, created_at);
CREATE INDEX wallets_account_id_idx ON wallets (account_id);
CREATE INDEX wallets_status_next_attempt_at_idx ON wallets (status, next_attempt_at);
CREATE INDEX wallets_created_at_id_idx ON wallets (created_at, id);
CREATE UNIQUE INDEX wallets_house_role_asset_key ON wallets (house_role, asset);
-- A shared account has a hundred thousand wallets; only an account of its own tells a wallet.
CREATE INDEX wallets_own_account ON wallets (account_id) WHERE pattern IN ('B', 'C');

CREATE OR REPLACE FUNCTION refuse_wallet_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a wallet keeps its id, and is closed, never deleted' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER wallets_stay BEFORE DELETE OR TRUNCATE ON wallets
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_wallet_change();
CREATE TRIGGER wallets_identity BEFORE UPDATE OF id ON wallets
  FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_wallet_change();
