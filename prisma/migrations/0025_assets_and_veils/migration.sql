-- An asset whose opening was given up is not held, and stays to be asked for anew.
ALTER TYPE wallet_asset_state ADD VALUE 'cancelled';

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

  -- A wallet's version is its assets' too (touch_wallets).
  RETURN QUERY
  SELECT v_transfers, v_withdrawals, coalesce(json_agg(json_build_object(
    'id', w.id, 'version', w.xmin::text, 'kind', w.kind, 'house_role', w.house_role, 'asset', b.asset, 'status',
    CASE WHEN b.state = 'cancelled' THEN 'closed' ELSE w.status END,
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

-- Once per statement: a crowd of wallets is touched together.
DROP TRIGGER wallet_assets_made ON wallet_assets;
DROP TRIGGER wallet_assets_changed ON wallet_assets;
DROP FUNCTION touch_wallet();

-- A wallet's row is another once one of its assets is: whoever rests on the one, or waits for its lock, rests on both.
CREATE OR REPLACE FUNCTION touch_wallets() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    v_ids := ARRAY(SELECT DISTINCT f.wallet_id FROM fresh f);
  ELSE
    v_ids := ARRAY(
      SELECT DISTINCT f.wallet_id FROM fresh f JOIN stale s ON s.wallet_id = f.wallet_id AND s.asset = f.asset
      WHERE (f.state, f.terms_id, f.pattern, f.entity_id, f.account_id, f.account_number_id)
        IS DISTINCT FROM (s.state, s.terms_id, s.pattern, s.entity_id, s.account_id, s.account_number_id));
  END IF;
  -- Many in the order in which everybody locks them.
  IF cardinality(v_ids) > 1 THEN
    PERFORM FROM wallets w WHERE w.id = ANY (v_ids) ORDER BY w.id FOR NO KEY UPDATE OF w;
  END IF;
  UPDATE wallets SET updated_at = clock_timestamp() WHERE id = ANY (v_ids);
  RETURN NULL;
END $$;

CREATE TRIGGER wallet_assets_made AFTER INSERT ON wallet_assets REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION touch_wallets();
CREATE TRIGGER wallet_assets_changed AFTER UPDATE ON wallet_assets REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION touch_wallets();

-- Who sees a number in a text masked finds nothing by its parts.

-- What gives itself away by its form wherever it stands in a text: e-mails, tax ids, and numbers of ten digits or more. A
-- little more than who may not see it sees masked (lib/people/masked-text.ts).
CREATE OR REPLACE FUNCTION search_hidden() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '[[:alnum:]._%+''-]+@[[:alnum:]-]+(?:\.[[:alnum:]-]+)*'
    || '|(?<!\d)\+?\(?\d(?:[\s.()\-\u00a0\u2010-\u2015\u2212]{0,2}\d){9,}(?!\d)'
    || '|(?<![[:alnum:]])[A-ZÑ&]{3,4}[\s.\-\u00a0\u2010-\u2015\u2212]?\d{6}[\s.\-\u00a0\u2010-\u2015\u2212]?[A-Z0-9]{3,8}(?![[:alnum:]])'
    || '|(?<![[:alnum:]])\d{1,2}\.?\d{3}\.?\d{3}[-\u2010-\u2015\u2212][\dK](?![[:alnum:]])'
$$;

-- A text as who sees it masked finds it by words: without what is masked in it, so that no part of that finds anything.
-- Ten digits and nothing else are more often a reference, and nobody's to hide.
CREATE OR REPLACE FUNCTION search_veiled(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
  IF words !~ '@|\d' OR words ~ '^\s*\(?\d(?:[\s.()\-\u00a0\u2010-\u2015\u2212]{0,2}\d){9}\s*$' THEN
    RETURN words;
  END IF;
  RETURN regexp_replace(words, public.search_hidden(), ' ', 'gi');
END $$;

-- Whether what was typed is all of a text, or all of something that is masked in it, however its digits are grouped.
CREATE OR REPLACE FUNCTION search_tells(words text, typed text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT lower(btrim(words)) = lower(btrim(typed)) OR EXISTS (
    SELECT FROM regexp_matches(words, '(' || public.search_hidden() || ')', 'gi') m(found)
    WHERE lower(regexp_replace(m.found[1], '[\s.()+\-\u00a0\u2010-\u2015\u2212]', '', 'g'))
      = lower(regexp_replace(typed, '[\s.()+\-\u00a0\u2010-\u2015\u2212]', '', 'g')))
$$;

-- The words of what is posted are sorted into their indexes by the worker. Where pg_trgm may not be made there are none.
ALTER INDEX IF EXISTS transfers_search SET (fastupdate = on, gin_pending_list_limit = 65536);
ALTER INDEX IF EXISTS withdrawals_search SET (fastupdate = on, gin_pending_list_limit = 65536);
ALTER INDEX IF EXISTS ledger_transactions_search SET (fastupdate = on, gin_pending_list_limit = 65536);

-- Moves into the word indexes what was written since: until then each search reads it beside them, so nothing is ever
-- missed. PostgreSQL lets only an index's owner do that. Returns how many pages there were.
CREATE OR REPLACE FUNCTION search_settle() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_index regclass;
  v_pages int := 0;
BEGIN
  FOR v_index IN
    SELECT c.oid::regclass FROM pg_class c JOIN pg_am m ON m.oid = c.relam
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'i' AND m.amname = 'gin'
  LOOP
    v_pages := v_pages + gin_clean_pending_list(v_index);
  END LOOP;
  RETURN v_pages;
END $$;
