-- All withdrawals of a batch as one number: what its approval is bound to.
CREATE OR REPLACE FUNCTION batch_seal(batch uuid) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(string_agg(d.request_hash, E'\n' ORDER BY d.id), ''), 'UTF8')), 'hex')
  FROM withdrawals d WHERE d.batch_id = batch
$$;
