-- What decides whether money leaves, and what is said of money that left without us.

ALTER TYPE break_kind ADD VALUE 'unexplained_payout';
ALTER TYPE break_kind ADD VALUE 'stated_balance';
ALTER TYPE break_cure ADD VALUE 'explain';

ALTER TABLE withdrawals
  ADD COLUMN sent_at timestamptz(3),
  ADD COLUMN held_reason text,
  ADD COLUMN searched_at timestamptz(3),
  ADD COLUMN searched_since timestamptz(3),
  ADD COLUMN searched_count int;
UPDATE withdrawals SET sent_at = submitted_at WHERE submitted_at IS NOT NULL;
CREATE INDEX withdrawals_held ON withdrawals (id) WHERE held_reason IS NOT NULL;

CREATE TABLE withdrawal_endings (
  id uuid PRIMARY KEY,
  withdrawal_id uuid NOT NULL REFERENCES withdrawals (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  outcome text NOT NULL CHECK (outcome IN ('not_paid', 'paid', 'came_back')),
  operator_id uuid NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL CHECK (btrim(reason) <> ''),
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX withdrawal_endings_withdrawal_id_operator_id_key ON withdrawal_endings (withdrawal_id, operator_id);

CREATE TABLE unexplained_payouts (
  transfer_id text PRIMARY KEY REFERENCES transfers (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  reason text NOT NULL CHECK (reason IN ('no_mark', 'unknown_withdrawal', 'paid_twice', 'ended', 'amount', 'beneficiary', 'account', 'settlement_elsewhere')),
  withdrawal_id uuid,
  wallet_id uuid,
  explained_as text CHECK (explained_as IN ('external', 'verification', 'settlement', 'wallet')),
  explained_at timestamptz(3),
  found_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CHECK ((explained_as IS NULL) = (explained_at IS NULL))
);

CREATE TABLE payout_explanations (
  id uuid PRIMARY KEY,
  transfer_id text NOT NULL REFERENCES unexplained_payouts (transfer_id) ON DELETE RESTRICT ON UPDATE CASCADE,
  kind text NOT NULL CHECK (kind IN ('external', 'verification', 'settlement', 'wallet')),
  wallet_id uuid,
  operator_id uuid NOT NULL,
  operator_name text NOT NULL,
  reason text NOT NULL CHECK (btrim(reason) <> ''),
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CHECK ((kind = 'wallet') = (wallet_id IS NOT NULL))
);
CREATE UNIQUE INDEX payout_explanations_transfer_id_operator_id_key ON payout_explanations (transfer_id, operator_id);

-- What Fintoc states as the balance, beside what its movements come to.
ALTER TABLE proof_states
  ADD COLUMN stated_balance bigint,
  ADD COLUMN stated_off_since timestamptz(3);

-- Movements that Fintoc listed and lists no more, as they were.
CREATE TABLE retracted_movements (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  facts jsonb NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
