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
