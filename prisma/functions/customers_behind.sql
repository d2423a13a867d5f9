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
