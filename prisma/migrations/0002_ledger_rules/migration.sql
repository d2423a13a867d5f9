-- What the ledger promises, said by Postgres itself.

ALTER TABLE ledger_accounts
  ADD CONSTRAINT ledger_accounts_non_negative CHECK (NOT non_negative OR balance >= 0),
  ADD CONSTRAINT ledger_accounts_sequence CHECK (sequence >= 0);
ALTER TABLE ledger_transactions
  ADD CONSTRAINT ledger_transactions_entry_count CHECK (entry_count >= 2);
ALTER TABLE ledger_entries
  ADD CONSTRAINT ledger_entries_amount CHECK (amount <> 0),
  ADD CONSTRAINT ledger_entries_line CHECK (line >= 1),
  ADD CONSTRAINT ledger_entries_sequence CHECK (sequence >= 1);
ALTER TABLE transfers ADD CONSTRAINT transfers_amount CHECK (amount > 0);
ALTER TABLE withdrawals
  ADD CONSTRAINT withdrawals_amount CHECK (amount > 0),
  ADD CONSTRAINT withdrawals_fee CHECK (fee_amount >= 0),
  ADD CONSTRAINT withdrawals_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> requested_by_id);

-- Movements are the entries of wallets' available balances; only those are listed, so only those are indexed.
CREATE INDEX ledger_entries_wallet_movements ON ledger_entries (wallet_id, effective_at DESC, id DESC) WHERE wallet_id IS NOT NULL;
CREATE INDEX ledger_entries_movements ON ledger_entries (effective_at DESC, id DESC) WHERE wallet_id IS NOT NULL;
CREATE INDEX ledger_entries_kind_movements ON ledger_entries (kind, effective_at DESC, id DESC) WHERE wallet_id IS NOT NULL;

-- A transaction and all its entries are inserted by one statement, and sum to zero per asset.
CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh GROUP BY transaction_id, asset HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'ledger: a transaction''s entries must sum to zero per asset' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1
    FROM (SELECT transaction_id, count(*) AS entries, max(line) AS last_line FROM fresh GROUP BY transaction_id) f
    JOIN ledger_transactions t ON t.id = f.transaction_id
    WHERE f.entries <> t.entry_count OR f.last_line <> t.entry_count
  ) THEN
    RAISE EXCEPTION 'ledger: entries are inserted together with their transaction' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entries_balanced AFTER INSERT ON ledger_entries
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries();

CREATE FUNCTION ledger_check_transactions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh t WHERE NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.transaction_id = t.id)) THEN
    RAISE EXCEPTION 'ledger: a transaction has entries' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_transactions_complete AFTER INSERT ON ledger_transactions
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_transactions();

-- Append-only, twice over: the privilege is revoked even from the owner, and a trigger refuses a superuser.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transactions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entries, audit_entries FROM PUBLIC, CURRENT_USER;
-- UPDATE stays granted on ledger_transactions: a foreign key's check locks the referenced row, which needs it.
REVOKE DELETE, TRUNCATE ON ledger_transactions FROM PUBLIC, CURRENT_USER;

-- Posts a batch in the order given and answers, per item: posted, duplicate (its source stands already) or
-- insufficient (a balance would have gone below zero: the item is left out, the others are posted).
--
-- The touched accounts are locked first, in the order of their ids, then read, then numbered: two batches that
-- meet on an account (and every deposit of a shared Fintoc account meets the same cash account) wait for each
-- other there and never deadlock, and each account is updated once per batch however many entries it gets.
CREATE TYPE ledger_line AS (
  item int, line int, account_id bigint, asset text, amount bigint, delta bigint, checked boolean,
  base_sequence bigint, base_balance bigint, kind text, wallet_id uuid
);

CREATE FUNCTION ledger_post(batch jsonb)
RETURNS TABLE (item int, transaction_id bigint, outcome text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  v_posted_at timestamptz := clock_timestamp();
  v_first int[];
  v_lines ledger_line[];
  v_refused int[] := '{}';
  v_short int;
BEGIN
  INSERT INTO ledger_accounts (code, asset, side, bucket, owner_id, non_negative)
  SELECT DISTINCT ON (l.code, l.asset) l.code, l.asset, l.side, l.bucket, l.owner_id, l.non_negative
  FROM jsonb_array_elements(batch) p,
       jsonb_to_recordset(p->'lines') l(code text, asset text, side ledger_side, bucket text, owner_id text, non_negative boolean)
  WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.code = l.code AND a.asset = l.asset)
  ORDER BY l.code, l.asset
  ON CONFLICT (code, asset) DO NOTHING;

  PERFORM 1 FROM ledger_accounts a
  WHERE (a.code, a.asset) IN (
    SELECT l.code, l.asset FROM jsonb_array_elements(batch) p, jsonb_to_recordset(p->'lines') l(code text, asset text))
  ORDER BY a.id FOR UPDATE;

  -- A source that stands already, or twice in this batch, is posted once.
  v_first := ARRAY(
    SELECT min(p.ordinality) FROM jsonb_array_elements(batch) WITH ORDINALITY p
    WHERE NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.source = p.value->>'source')
    GROUP BY p.value->>'source');

  -- Read under the locks: a statement sees what was committed before it began.
  v_lines := ARRAY(
    SELECT ROW(p.ordinality, l.ordinality, a.id, a.asset, l.amount,
               CASE a.side WHEN 'debit' THEN l.amount ELSE -l.amount END,
               (a.non_negative OR (p.value->>'guarded')::boolean)
                 AND CASE a.side WHEN 'debit' THEN l.amount ELSE -l.amount END < 0,
               a.sequence, a.balance, l.kind, l.wallet_id)::ledger_line
    FROM jsonb_array_elements(batch) WITH ORDINALITY p,
         ROWS FROM (jsonb_to_recordset(p.value->'lines') AS (code text, asset text, amount bigint, kind text, wallet_id uuid))
           WITH ORDINALITY AS l(code, asset, amount, kind, wallet_id, ordinality),
         ledger_accounts a
    WHERE a.code = l.code AND a.asset = l.asset AND p.ordinality = ANY (v_first)
    ORDER BY p.ordinality, l.ordinality);

  -- Leave out, one by one from the first, what would take a balance below zero.
  LOOP
    SELECT min(r.item) INTO v_short
    FROM (
      SELECT l.item, l.checked,
             l.base_balance + sum(l.delta) OVER (PARTITION BY l.account_id ORDER BY l.item, l.line) AS balance_after
      FROM unnest(v_lines) l
    ) r
    WHERE r.checked AND r.balance_after < 0;
    EXIT WHEN v_short IS NULL;
    v_refused := v_refused || v_short;
    v_lines := ARRAY(SELECT l FROM unnest(v_lines) l WHERE l.item <> v_short ORDER BY l.item, l.line);
  END LOOP;

  RETURN QUERY
  WITH postings AS (
    SELECT p.ordinality::int AS item, p.value->>'source' AS source, p.value AS facts
    FROM jsonb_array_elements(batch) WITH ORDINALITY p
  ), posted AS (
    INSERT INTO ledger_transactions
      (source, kind, effective_at, posted_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note)
    SELECT p.source, p.facts->>'kind', (p.facts->>'effective_at')::timestamptz, v_posted_at,
           jsonb_array_length(p.facts->'lines'), p.facts->>'transfer_id', (p.facts->>'withdrawal_id')::uuid,
           p.facts->>'event_id', (p.facts->>'operator_id')::uuid, p.facts->>'note'
    FROM postings p
    WHERE p.item IN (SELECT l.item FROM unnest(v_lines) l)
    ORDER BY p.item
    ON CONFLICT (source) DO NOTHING
    RETURNING id, source
  ), done AS (
    SELECT p.item, posted.id, p.facts FROM postings p JOIN posted ON posted.source = p.source
    WHERE p.item = ANY (v_first)
  ), numbered AS (
    SELECT l.*, f.id AS transaction_id, (f.facts->>'effective_at')::timestamptz AS effective_at,
           l.base_sequence + row_number() OVER running AS sequence,
           l.base_balance + sum(l.delta) OVER running AS balance_after
    FROM unnest(v_lines) l JOIN done f ON f.item = l.item
    WINDOW running AS (PARTITION BY l.account_id ORDER BY l.item, l.line)
  ), entries AS (
    INSERT INTO ledger_entries
      (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
    SELECT n.transaction_id, n.line, n.account_id, n.sequence, n.asset, n.amount, n.balance_after, n.kind, n.wallet_id,
           n.effective_at, v_posted_at
    FROM numbered n ORDER BY n.item, n.line
  ), balances AS (
    UPDATE ledger_accounts a SET sequence = last.sequence, balance = last.balance_after
    FROM (SELECT DISTINCT ON (n.account_id) n.account_id, n.sequence, n.balance_after
          FROM numbered n ORDER BY n.account_id, n.sequence DESC) last
    WHERE a.id = last.account_id
  )
  SELECT p.item, coalesce(d.id, t.id),
         CASE WHEN d.id IS NOT NULL THEN 'posted' WHEN p.item = ANY (v_refused) THEN 'insufficient' ELSE 'duplicate' END
  FROM postings p
  LEFT JOIN done d ON d.item = p.item
  LEFT JOIN ledger_transactions t ON t.source = p.source
  ORDER BY p.item;
END $$;
