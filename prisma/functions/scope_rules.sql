-- What somebody whose role has a scope sees of each table: all of it, as the app does (`open`) or to read (`read`), nothing
-- (`refused`, which PostgreSQL says),
-- some columns (`named`), those and that they may add to it (`adds`), or the rows for which the condition holds.
-- A table that isn't named is refused, and a test asks that each is named.
CREATE OR REPLACE FUNCTION scope_rules() RETURNS TABLE (name text, sight text) LANGUAGE sql IMMUTABLE AS $$
  VALUES
  -- Whose they are is said by the wallet, customer or portfolio that they name.
  ('portfolios', 'id = ANY ((SELECT scope_portfolios())::uuid[])'),
  ('wallets', 'portfolio_id = ANY ((SELECT scope_portfolios())::uuid[])'),
  ('customers', 'id = ANY ((SELECT scope_customers())::uuid[])'),
  ('data_look_customers', 'customer_id = ANY ((SELECT scope_customers())::uuid[])'),
  ('person_packs', 'customer_id = ANY ((SELECT scope_customers())::uuid[])'),
  ('beneficiaries', 'customer_id = ANY ((SELECT scope_customers())::uuid[])'),
  ('entities', 'id = ANY ((SELECT scope_entities())::text[])'),
  ('onboardings', 'entity_id = ANY ((SELECT scope_entities())::text[])'),
  ('kyb_drafts', 'entity_id = ANY ((SELECT scope_entities())::text[])'),
  ('accounts', 'id = ANY ((SELECT scope_accounts())::text[])'),
  ('account_numbers', 'id = ANY ((SELECT scope_numbers())::text[])'),
  ('wallet_assets', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('pattern_moves', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('pattern_payments', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('transfers', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('deposit_requests', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('withdrawals', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('schedules', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('schedule_runs', 'EXISTS (SELECT FROM schedules s WHERE s.id = schedule_id)'),
  ('withdrawal_batches', 'EXISTS (SELECT FROM withdrawals w WHERE w.batch_id = withdrawal_batches.id)'),
  ('withdrawal_batch_rows', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('adjustments',
   'from_wallet_id = ANY ((SELECT scope_wallets())::uuid[]) OR to_wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('exchanges', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('holds', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('hold_acts', 'EXISTS (SELECT FROM holds h WHERE h.id = hold_id)'),
  ('debt_plans', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  ('account_verifications', 'EXISTS (SELECT FROM beneficiaries b WHERE b.id = beneficiary_id)'),
  -- Whom nobody pays, as far as somebody of the scope paid or saved them; what leaves is asked at the gate, of all.
  ('blocked_beneficiaries',
   'EXISTS (SELECT FROM withdrawals w WHERE w.destination = blocked_beneficiaries.destination)
    OR EXISTS (SELECT FROM beneficiaries b WHERE b.destination = blocked_beneficiaries.destination)'),
  ('ledger_accounts', 'owner_id = ANY ((SELECT scope_wallets())::text[])'),
  ('ledger_entries', 'account_id = ANY (ARRAY(SELECT a.id FROM ledger_accounts a))'),
  ('ledger_transactions', 'EXISTS (SELECT FROM ledger_entries e WHERE e.transaction_id = ledger_transactions.id)'),
  ('ledger_usage_days', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  -- Of a customer as a whole there is none: they may have wallets that the scope hasn't.
  ('statements',
   'wallet_id = ANY ((SELECT scope_wallets())::uuid[]) OR portfolio_id = ANY ((SELECT scope_portfolios())::uuid[])'),
  ('statement_chunks', 'EXISTS (SELECT FROM statements s WHERE s.id = statement_id)'),
  ('statement_mails', 'EXISTS (SELECT FROM statements s WHERE s.id = statement_id)'),
  ('statement_orders', 'wallet_id = ANY ((SELECT scope_wallets())::uuid[]) OR portfolio_id = ANY ((SELECT scope_portfolios())::uuid[])'),
  ('statement_order_months', 'EXISTS (SELECT FROM statement_orders o WHERE o.id = order_id)'),
  ('portfolio_caps', 'portfolio_id = ANY ((SELECT scope_portfolios())::uuid[])'),
  -- What their data is sealed under, and what it is found by.
  ('data_keys', $q$owner IN ('house', 'search') OR substr(owner, length('customer:') + 1) = ANY ((SELECT scope_customers())::text[])$q$),

  -- By what they are about.
  ('notes', 'scope_sees(subject_type, subject_id)'),
  ('reveals', 'scope_sees(subject_type, subject_id)'),
  ('lifecycle_acts', 'scope_sees(subject_type, subject_id::text)'),
  ('approvals', 'scope_sees(subject_type, subject_id)'),
  ('approval_decisions', 'EXISTS (SELECT FROM approvals a WHERE a.id = approval_id)'),
  ('approval_shadows', 'scope_sees(subject_type, subject_id)'),
  ('cases', $q$subject_type IN ('customer', 'transfer', 'withdrawal') AND scope_sees(subject_type, subject_id)$q$),
  ('case_acts', 'EXISTS (SELECT FROM cases c WHERE c.id = case_id)'),
  ('audit_entries', 'scope_sees(subject_type, subject_id)'),
  ('outbox_events', 'scope_sees(subject_kind, subject_id)'),
  ('notices', 'scope_sees(subject_kind, subject_id)'),
  ('unexplained_payouts', 'EXISTS (SELECT FROM transfers t WHERE t.id = transfer_id)'),
  ('inbox_events', 'EXISTS (SELECT FROM transfers t WHERE t.id = object_id)'),
  ('proof_movements', 'EXISTS (SELECT FROM transfers t WHERE t.id = resource_id)'),
  ('proof_breaks',
   'wallet_id = ANY ((SELECT scope_wallets())::uuid[]) OR owner_wallet_id = ANY ((SELECT scope_wallets())::uuid[])'),
  -- Looked through for whatever has an id; there is none of a scope.
  ('webhook_endpoints', 'false'),
  -- How far an account is proven, where it is one wallet's alone: of a shared one it is the house's money.
  ('proof_states', $q$EXISTS (
     SELECT FROM wallet_assets a WHERE a.account_id = proof_states.account_id AND a.pattern IN ('B', 'C'))$q$),

  -- Nobody's: what is set for all, who works here, and what a request needs to be one.
  ('assets', 'read'), ('settings', 'read'), ('rails', 'read'), ('wallet_terms', 'read'), ('logos', 'read'),
  ('approval_rules', 'read'), ('payout_stops', 'read'), ('standstills', 'read'), ('queue_items', 'open'),
  ('operators', 'open'), ('custom_roles', 'read'), ('operator_sessions', 'open'), ('operator_totps', 'open'),
  ('passkeys', 'open'), ('recovery_codes', 'open'), ('factor_challenges', 'open'), ('sign_in_tries', 'open'),
  ('operator_changes', 'read'), ('saved_views', 'open'), ('notice_choices', 'open'), ('notice_mails', 'open'), ('once_requests', 'open'),
  ('last_writes', 'open'), ('rate_slots', 'open'), ('worker_heartbeats', 'read'), ('name_words', 'open'),
  ('data_looks', 'adds id, at, way, about, actor_id, ip'), ('api_keys', 'named id, name'),

  -- The house's: its money as a whole, its machines, what came from the rail unread, and the keys of others.
  ('ledger_sums', 'refused'), ('ledger_flows', 'refused'), ('ledger_folds', 'refused'), ('accounting_rules', 'refused'),
  ('proof_exemptions', 'refused'), ('proofs', 'refused'), ('retracted_movements', 'refused'),
  ('chain_seals', 'refused'), ('chain_states', 'refused'), ('chain_decisions', 'refused'),
  ('inbox_claims', 'refused'), ('inbox_conflicts', 'refused'), ('inbox_hours', 'refused'),
  ('inbox_endpoints', 'refused'), ('refused_deliveries', 'refused'), ('replays', 'refused'), ('poll_runs', 'refused'),
  ('sync_runs', 'refused'), ('fintoc_requests', 'refused'), ('outbox_readers', 'refused'),
  ('webhook_secrets', 'refused'), ('webhook_deliveries', 'refused'),
  ('webhook_attempts', 'refused'), ('alarms', 'refused'), ('alarm_messages', 'refused'),
  ('api_key_secrets', 'refused'), ('api_requests', 'refused'), ('api_rates', 'refused'),
  ('access_links', 'refused'), ('person_pack_chunks', 'refused'),
  ('_prisma_migrations', 'refused')
$$;
