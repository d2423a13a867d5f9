-- What people wrote of somebody goes with who they were: in the audit log it is sealed under their key, and in these tables a
-- sentence takes its place.

CREATE OR REPLACE FUNCTION check_approval_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_needed int := (SELECT coalesce(sum((s->>'people')::int), 1) FROM jsonb_array_elements(NEW.steps) s);
BEGIN
  -- Of somebody who is erased: nobody else is let change it.
  IF NEW.reason <> OLD.reason AND NEW.state = OLD.state THEN
    RETURN NEW;
  END IF;
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'approvals: what was decided stays so' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.alone AND (NEW.state <> 'approved' OR EXISTS (SELECT FROM approval_deciders(NEW.asked_by_id))
    OR NEW.action <> ALL (acts_done_alone())) THEN
    RAISE EXCEPTION 'approvals: one person acts alone where nobody else could decide' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' AND NOT NEW.alone AND (
    SELECT count(*) FILTER (WHERE d.verdict = 'approved') < greatest(v_needed, 1) OR bool_or(d.verdict = 'declined')
    FROM approval_decisions d WHERE d.approval_id = NEW.id) THEN
    RAISE EXCEPTION 'approvals: as many people approve as its rule says' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'declined'
    AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = NEW.id AND d.verdict = 'declined') THEN
    RAISE EXCEPTION 'approvals: somebody declines it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- Whose customers something is about (`wallet`, its id): nobody's where it is the house's, of two where money went from one
-- to the other.
CREATE OR REPLACE FUNCTION customers_behind(about text, subject text) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_id uuid := CASE WHEN subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN subject::uuid END;
BEGIN
  IF about IN ('approval', 'money_approval') THEN
    RETURN QUERY SELECT f.id FROM approvals a CROSS JOIN LATERAL customers_behind(a.subject_type, a.subject_id) f(id)
      WHERE a.id = v_id AND a.subject_type NOT IN ('approval', 'money_approval');
    RETURN;
  END IF;
  RETURN QUERY SELECT DISTINCT f.id FROM (
    SELECT c.id FROM customers c WHERE about = 'customer' AND c.id = v_id
    UNION ALL SELECT p.customer_id FROM portfolios p WHERE about = 'portfolio' AND p.id = v_id
    UNION ALL SELECT b.customer_id FROM beneficiaries b WHERE about = 'beneficiary' AND b.id = v_id
    UNION ALL SELECT c.customer_id FROM cases c WHERE about = 'case' AND c.id = v_id
    UNION ALL SELECT s.customer_id FROM statements s WHERE about = 'statement' AND s.id = v_id
    UNION ALL SELECT e.customer_id FROM entities e WHERE about = 'entity' AND e.id = subject
    UNION ALL SELECT w.customer_id FROM wallets w JOIN (
      SELECT v_id WHERE about = 'wallet'
      UNION ALL SELECT d.wallet_id FROM withdrawals d WHERE about = 'withdrawal' AND d.id = v_id
      UNION ALL SELECT t.wallet_id FROM transfers t WHERE about = 'transfer' AND t.id = subject
      UNION ALL SELECT h.wallet_id FROM holds h WHERE about = 'hold' AND h.id = v_id
      UNION ALL SELECT s.wallet_id FROM schedules s WHERE about = 'schedule' AND s.id = v_id
      UNION ALL SELECT s.wallet_id FROM statements s WHERE about = 'statement' AND s.id = v_id
      UNION ALL SELECT unnest(ARRAY[j.from_wallet_id, j.to_wallet_id]) FROM adjustments j WHERE about = 'adjustment' AND j.id = v_id
      UNION ALL SELECT a.wallet_id FROM wallet_assets a WHERE about = 'account_number' AND a.account_number_id = subject
    ) x(id) ON x.id = w.id
  ) f WHERE f.id IS NOT NULL;
END $$;

-- Puts a sentence in the place of what people wrote of a customer who is erased: why they looked, froze, held, asked and
-- decided, and what they noted beside it. What was booked and what payments say stays, as does why they were erased. It runs
-- as the owner, whom refuse_change lets do this and nothing else.
CREATE OR REPLACE FUNCTION erase_texts(who uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_said CONSTANT text := 'Borrado · Erased';
  v_wallets uuid[] := ARRAY(SELECT w.id FROM wallets w WHERE w.customer_id = who);
  v_cases uuid[] := ARRAY(SELECT c.id FROM cases c WHERE c.customer_id = who);
  v_kinds text[];
  v_ids text[];
BEGIN
  IF NOT EXISTS (SELECT FROM customers c WHERE c.id = who AND c.erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'what people wrote of a customer goes with who they were' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT array_agg(s.kind), array_agg(s.id) INTO v_kinds, v_ids FROM (
    SELECT 'customer' AS kind, who::text AS id
    UNION ALL SELECT 'wallet', unnest(v_wallets)::text
    UNION ALL SELECT 'case', unnest(v_cases)::text
    UNION ALL SELECT 'portfolio', p.id::text FROM portfolios p WHERE p.customer_id = who
    UNION ALL SELECT 'entity', e.id FROM entities e WHERE e.customer_id = who
    UNION ALL SELECT 'beneficiary', b.id::text FROM beneficiaries b WHERE b.customer_id = who
    UNION ALL SELECT 'withdrawal', d.id::text FROM withdrawals d WHERE d.wallet_id = ANY (v_wallets)
    UNION ALL SELECT 'transfer', t.id FROM transfers t WHERE t.wallet_id = ANY (v_wallets)
    UNION ALL SELECT 'hold', h.id::text FROM holds h WHERE h.wallet_id = ANY (v_wallets)
    UNION ALL SELECT 'schedule', s.id::text FROM schedules s WHERE s.wallet_id = ANY (v_wallets)
    UNION ALL SELECT 'account_number', a.account_number_id FROM wallet_assets a
      WHERE a.wallet_id = ANY (v_wallets) AND a.account_number_id IS NOT NULL
    -- What went from one customer to another is the other's too.
    UNION ALL SELECT 'adjustment', j.id::text FROM adjustments j
      WHERE (j.from_wallet_id = ANY (v_wallets) OR j.to_wallet_id = ANY (v_wallets))
        AND (SELECT count(*) FROM customers_behind('adjustment', j.id::text)) = 1
  ) s;

  PERFORM set_config('monedero.erasing', 'on', true);
  -- Notes on the customer are sealed under the key that is gone.
  UPDATE notes n SET body = v_said FROM unnest(v_kinds, v_ids) s(kind, id)
  WHERE n.subject_type = s.kind AND n.subject_id = s.id AND s.kind <> 'customer';
  UPDATE reveals r SET reason = v_said FROM unnest(v_kinds, v_ids) s(kind, id)
  WHERE r.subject_type = s.kind AND r.subject_id = s.id;
  UPDATE data_looks l SET reason = v_said
  WHERE l.reason IS NOT NULL AND l.id IN (SELECT c.look_id FROM data_look_customers c WHERE c.customer_id = who);
  UPDATE person_packs p SET reason = v_said WHERE p.customer_id = who;
  UPDATE case_acts a SET note = v_said WHERE a.case_id = ANY (v_cases) AND a.note IS NOT NULL;
  UPDATE lifecycle_acts a SET reason = v_said
  WHERE (a.subject_type = 'customer' AND a.subject_id = who) OR (a.subject_type = 'wallet' AND a.subject_id = ANY (v_wallets))
    OR (a.subject_type = 'portfolio' AND a.subject_id IN (SELECT p.id FROM portfolios p WHERE p.customer_id = who));
  UPDATE hold_acts a SET reason = v_said
  WHERE a.reason IS NOT NULL AND a.hold_id IN (SELECT h.id FROM holds h WHERE h.wallet_id = ANY (v_wallets));
  UPDATE holds h SET reason = v_said WHERE h.wallet_id = ANY (v_wallets);
  UPDATE debt_plans p SET reason = v_said WHERE p.wallet_id = ANY (v_wallets);
  UPDATE pattern_moves m SET reason = v_said WHERE m.wallet_id = ANY (v_wallets);
  UPDATE deposit_requests d SET reason = v_said WHERE d.wallet_id = ANY (v_wallets);
  UPDATE approval_decisions d SET reason = v_said FROM approvals a, unnest(v_kinds, v_ids) s(kind, id)
  WHERE d.approval_id = a.id AND d.reason IS NOT NULL
    AND a.subject_type = s.kind AND a.subject_id = s.id AND a.action <> 'customer.erase';
  UPDATE approvals a SET reason = v_said FROM unnest(v_kinds, v_ids) s(kind, id)
  WHERE a.subject_type = s.kind AND a.subject_id = s.id AND a.action <> 'customer.erase' AND a.reason <> '';
  PERFORM set_config('monedero.erasing', '', true);
END $$;

-- For triggers on what is append-only. What people wrote of a customer who is erased goes all the same, of these tables and
-- by erase_texts alone: it says so, and has the owner's rights, which neither web nor worker has.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_LEVEL = 'STATEMENT' AND current_setting('monedero.erasing', true) = 'on'
    AND TG_TABLE_NAME IN (
      'notes', 'reveals', 'data_looks', 'person_packs', 'case_acts', 'lifecycle_acts', 'holds', 'hold_acts', 'debt_plans',
      'pattern_moves', 'deposit_requests', 'approvals', 'approval_decisions')
    AND (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID) = current_user THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
