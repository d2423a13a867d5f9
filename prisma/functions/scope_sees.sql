-- Whether what a row is about (`wallet`, its id) is of the scope. What a person does beside any record (`list`, their own
-- account) is nobody's; what stands for the house is beyond every scope.
CREATE OR REPLACE FUNCTION scope_sees(kind text, subject text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN kind IN ('list', 'operator') THEN true
    WHEN kind = 'transfer' THEN EXISTS (SELECT FROM transfers t WHERE t.id = subject AND t.wallet_id = ANY (scope_wallets()))
    WHEN kind = 'entity' THEN EXISTS (SELECT FROM entities e WHERE e.id = subject AND e.customer_id = ANY (scope_customers()))
    WHEN kind = 'account_number' THEN subject = ANY (scope_numbers())
    -- All others are called by a UUID; what isn't one is of nobody whom a scope could have.
    WHEN subject !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN false
    WHEN kind = 'wallet' THEN subject::uuid = ANY (scope_wallets())
    WHEN kind = 'customer' THEN subject::uuid = ANY (scope_customers())
    WHEN kind = 'portfolio' THEN subject::uuid = ANY (scope_portfolios())
    WHEN kind = 'withdrawal' THEN EXISTS (
      SELECT FROM withdrawals w WHERE w.id = subject::uuid AND w.wallet_id = ANY (scope_wallets()))
    WHEN kind = 'hold' THEN EXISTS (
      SELECT FROM holds h WHERE h.id = subject::uuid AND h.wallet_id = ANY (scope_wallets()))
    WHEN kind = 'schedule' THEN EXISTS (
      SELECT FROM schedules s WHERE s.id = subject::uuid AND s.wallet_id = ANY (scope_wallets()))
    WHEN kind = 'adjustment' THEN EXISTS (
      SELECT FROM adjustments j WHERE j.id = subject::uuid
        AND (j.from_wallet_id = ANY (scope_wallets()) OR j.to_wallet_id = ANY (scope_wallets())))
    WHEN kind = 'beneficiary' THEN EXISTS (
      SELECT FROM beneficiaries b WHERE b.id = subject::uuid AND b.customer_id = ANY (scope_customers()))
    WHEN kind = 'statement' THEN EXISTS (
      SELECT FROM statements s WHERE s.id = subject::uuid
        AND (s.wallet_id = ANY (scope_wallets()) OR s.portfolio_id = ANY (scope_portfolios())))
    WHEN kind = 'case' THEN EXISTS (
      SELECT FROM cases c WHERE c.id = subject::uuid
        AND c.subject_type IN ('customer', 'transfer', 'withdrawal') AND scope_sees(c.subject_type, c.subject_id))
    WHEN kind = 'money_approval' THEN EXISTS (
      SELECT FROM approvals a WHERE a.id = subject::uuid AND scope_sees(a.subject_type, a.subject_id))
    ELSE false
  END;
END $$;
