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
CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
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

CREATE FUNCTION ledger_check_transactions() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
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
  item int, line int, code text, asset text, side ledger_side, bucket text, owner_id text, non_negative boolean,
  amount bigint, kind text, wallet_id uuid,
  account_id bigint, delta bigint, checked boolean, base_sequence bigint, base_balance bigint
);

CREATE FUNCTION ledger_post(batch jsonb)
RETURNS TABLE (item int, transaction_id bigint, outcome text) LANGUAGE plpgsql
-- The tables grow a thousandfold while a connection keeps its plans: the one for small tables would scan them.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  v_posted_at timestamptz := clock_timestamp();
  v_count int := jsonb_array_length(batch);
  v_ids bigint[];
  v_times timestamptz[];
  v_fresh int[];
  v_refused int[] := '{}';
  v_lines ledger_line[];
  v_short int;
BEGIN
  SELECT array_agg((p->>'effective_at')::timestamptz ORDER BY n) INTO v_times
  FROM jsonb_array_elements(batch) WITH ORDINALITY e(p, n);

  v_lines := ARRAY(
    SELECT ROW(e.n, l.n, l.code, l.asset, l.side, l.bucket, l.owner_id, l.non_negative, l.amount, l.kind, l.wallet_id,
               NULL, CASE l.side WHEN 'debit' THEN l.amount ELSE -l.amount END, (e.p->>'guarded')::boolean, NULL, NULL)::ledger_line
    FROM jsonb_array_elements(batch) WITH ORDINALITY e(p, n),
         ROWS FROM (jsonb_to_recordset(e.p->'lines') AS (
           code text, asset text, side ledger_side, bucket text, owner_id text, non_negative boolean, amount bigint, kind text, wallet_id uuid
         )) WITH ORDINALITY l(code, asset, side, bucket, owner_id, non_negative, amount, kind, wallet_id, n));

  INSERT INTO ledger_accounts (code, asset, side, bucket, owner_id, non_negative)
  SELECT DISTINCT ON (l.code, l.asset) l.code, l.asset, l.side, l.bucket, l.owner_id, l.non_negative
  FROM unnest(v_lines) l
  WHERE NOT EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.code = l.code AND a.asset = l.asset)
  ORDER BY l.code, l.asset
  ON CONFLICT (code, asset) DO NOTHING;

  PERFORM 1
  FROM (SELECT DISTINCT l.code, l.asset FROM unnest(v_lines) l) touched
  JOIN ledger_accounts a ON a.code = touched.code AND a.asset = touched.asset
  ORDER BY a.id FOR UPDATE OF a;

  -- Read under the locks from here on: a statement sees what was committed before it began.
  -- A source that stands already, or twice in this batch, is posted once.
  v_fresh := ARRAY(
    SELECT min(e.n) FROM jsonb_array_elements(batch) WITH ORDINALITY e(p, n)
    WHERE NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.source = e.p->>'source')
    GROUP BY e.p->>'source');

  v_lines := ARRAY(
    SELECT ROW(l.item, l.line, l.code, l.asset, a.side, l.bucket, l.owner_id, a.non_negative, l.amount, l.kind, l.wallet_id,
               a.id, l.delta, (a.non_negative OR l.checked) AND l.delta < 0, a.sequence, a.balance)::ledger_line
    FROM unnest(v_lines) l JOIN ledger_accounts a ON a.code = l.code AND a.asset = l.asset
    WHERE l.item = ANY (v_fresh));

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
    v_lines := ARRAY(SELECT l FROM unnest(v_lines) l WHERE l.item <> v_short);
  END LOOP;

  -- Numbered by item, so that entries find their transaction without a join.
  v_ids := ARRAY(
    SELECT CASE WHEN n = ANY (v_fresh) AND n <> ALL (v_refused) THEN nextval('ledger_transactions_id_seq') END
    FROM generate_series(1, v_count) n ORDER BY n);

  -- Had somebody posted one of these sources meanwhile, between accounts that this batch doesn't touch, its unique
  -- key refuses the batch, and the caller tries again (lib/db.ts).
  WITH transactions AS (
    INSERT INTO ledger_transactions
      (id, source, kind, effective_at, posted_at, entry_count, transfer_id, withdrawal_id, event_id, operator_id, note)
    SELECT v_ids[e.n], e.p->>'source', e.p->>'kind', v_times[e.n], v_posted_at, jsonb_array_length(e.p->'lines'),
           e.p->>'transfer_id', (e.p->>'withdrawal_id')::uuid, e.p->>'event_id', (e.p->>'operator_id')::uuid, e.p->>'note'
    FROM jsonb_array_elements(batch) WITH ORDINALITY e(p, n)
    WHERE v_ids[e.n] IS NOT NULL
  ), numbered AS (
    SELECT l.*, l.base_sequence + row_number() OVER running AS sequence,
           l.base_balance + sum(l.delta) OVER running AS balance_after
    FROM unnest(v_lines) l
    WINDOW running AS (PARTITION BY l.account_id ORDER BY l.item, l.line)
  ), entries AS (
    INSERT INTO ledger_entries
      (transaction_id, line, account_id, sequence, asset, amount, balance_after, kind, wallet_id, effective_at, posted_at)
    SELECT v_ids[n.item], n.line, n.account_id, n.sequence, n.asset, n.amount, n.balance_after, n.kind, n.wallet_id,
           v_times[n.item], v_posted_at
    FROM numbered n ORDER BY n.item, n.line
  )
  UPDATE ledger_accounts a SET sequence = last.sequence, balance = last.balance_after
  FROM (SELECT DISTINCT ON (n.account_id) n.account_id, n.sequence, n.balance_after
        FROM numbered n ORDER BY n.account_id, n.sequence DESC) last
  WHERE a.id = last.account_id;

  RETURN QUERY
  SELECT e.n::int, coalesce(v_ids[e.n], t.id),
         CASE WHEN v_ids[e.n] IS NOT NULL THEN 'posted' WHEN e.n = ANY (v_refused) THEN 'insufficient' ELSE 'duplicate' END
  FROM jsonb_array_elements(batch) WITH ORDINALITY e(p, n)
  LEFT JOIN ledger_transactions t ON v_ids[e.n] IS NULL AND t.source = e.p->>'source'
  ORDER BY e.n;
END $$;
