-- The rows of a table between two ids, each as the text that is sealed. Its columns are named here: one that is added
-- later changes no hash. Times are seconds, whatever the zone; a transaction is with its entries, and they with what
-- their account is.
CREATE OR REPLACE FUNCTION chain_texts(kind text, after bigint, through bigint) RETURNS TABLE (id bigint, said text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
BEGIN
  IF kind = 'ledger_transactions' THEN
    RETURN QUERY
    SELECT t.id, jsonb_build_array(
      t.id, t.cause_kind, t.cause_id, t.step, t.round, t.kind, extract(epoch FROM t.effective_at), extract(epoch FROM t.posted_at),
      t.entry_count, t.transfer_id, t.withdrawal_id, t.event_id, t.operator_id, t.note, (
        SELECT jsonb_agg(jsonb_build_array(
          e.id, e.line, e.sequence, e.asset, e.amount, e.balance_after, e.kind, e.wallet_id, extract(epoch FROM e.effective_at),
          extract(epoch FROM e.posted_at), e.account_id, a.code, a.side, a.bucket, a.owner_id, a.non_negative) ORDER BY e.line, e.id)
        FROM ledger_entries e LEFT JOIN ledger_accounts a ON a.id = e.account_id WHERE e.transaction_id = t.id
      ))::text
    FROM ledger_transactions t WHERE t.id > after AND t.id <= through ORDER BY t.id;
  ELSIF kind = 'audit_entries' THEN
    RETURN QUERY
    SELECT t.id, jsonb_build_array(
      t.id, extract(epoch FROM t.at), t.actor_kind, t.actor_id, t.actor_name, t.action, t.subject_type, t.subject_id, t.before,
      t.after, t.reason, t.ip, t.user_agent)::text
    FROM audit_entries t WHERE t.id > chain_texts.after AND t.id <= chain_texts.through ORDER BY t.id;
  ELSE
    RETURN QUERY
    SELECT t.id, jsonb_build_array(
      t.id, t.withdrawal_id, t.decision, t.request_hash, t.decided_by, extract(epoch FROM t.at))::text
    FROM chain_decisions t WHERE t.id > after AND t.id <= through ORDER BY t.id;
  END IF;
END $$;

-- The same as one hash each.
CREATE OR REPLACE FUNCTION chain_rows(kind text, after bigint, through bigint) RETURNS TABLE (id bigint, hash bytea)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, sha256(convert_to(t.said, 'UTF8')) FROM chain_texts(kind, after, through) t ORDER BY t.id
$$;
