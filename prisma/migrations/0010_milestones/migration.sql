-- Looking back and writing, with less of both.

-- ── A balance at a moment ────────────────────────────────────────────────────

-- Every sixteenth entry of an account can be found by its time: two steps to any moment, however many entries there
-- are, where halving took as many as their number has binary digits.
CREATE INDEX ledger_entries_milestones ON ledger_entries (account_id, posted_at, sequence) WHERE sequence % 16 = 0;

-- How many of an account's entries were posted before a moment. They are numbered in that order: it is the last of the
-- few after the last milestone.
CREATE OR REPLACE FUNCTION ledger_sequence_at(account bigint, moment timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  v_milestone bigint := coalesce((
    SELECT e.sequence FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence % 16 = 0 AND e.posted_at < moment
    ORDER BY e.posted_at DESC, e.sequence DESC LIMIT 1), 0);
BEGIN
  RETURN coalesce((
    SELECT e.sequence FROM ledger_entries e
    WHERE e.account_id = account AND e.sequence > v_milestone AND e.sequence < v_milestone + 16 AND e.posted_at < moment
    ORDER BY e.sequence DESC LIMIT 1), v_milestone);
END $$;

-- The ids of Fintoc's objects share one collation: one column of them in another (0007_engine), and a join with it finds
-- no index.
ALTER TABLE ledger_transactions ALTER COLUMN transfer_id TYPE text COLLATE "default";

-- ── A transfer's wallet ──────────────────────────────────────────────────────

-- As with the keys of entries (0007_engine): checked row by row, this one cost two fifths of what a transfer's row
-- costs. It is checked once per statement, and a wallet is never deleted: closed, it keeps its history.
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    EXECUTE 'ALTER TABLE transfers ALTER CONSTRAINT transfers_wallet_id_fkey NOT ENFORCED';
  END IF;
END $$;

CREATE FUNCTION refuse_wallet_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a wallet keeps its id, and is closed, never deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER wallets_stay BEFORE DELETE OR TRUNCATE ON wallets
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_wallet_change();
CREATE TRIGGER wallets_identity BEFORE UPDATE OF id ON wallets
  FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_wallet_change();

CREATE FUNCTION transfers_check_wallets() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.wallet_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id = f.wallet_id)) THEN
    RAISE EXCEPTION 'a transfer is of a wallet that exists' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER transfers_wallets AFTER INSERT ON transfers
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION transfers_check_wallets();

-- Seldom: a deposit that was held is given to a wallet.
CREATE FUNCTION transfer_check_wallet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM wallets w WHERE w.id = NEW.wallet_id) THEN
    RAISE EXCEPTION 'a transfer is of a wallet that exists' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER transfers_wallet BEFORE UPDATE OF wallet_id ON transfers
  FOR EACH ROW WHEN (NEW.wallet_id IS NOT NULL AND NEW.wallet_id IS DISTINCT FROM OLD.wallet_id) EXECUTE FUNCTION transfer_check_wallet();
