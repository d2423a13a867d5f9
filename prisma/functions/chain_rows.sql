-- The same as one hash each.
CREATE OR REPLACE FUNCTION chain_rows(kind text, after bigint, through bigint) RETURNS TABLE (id bigint, hash bytea)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, sha256(convert_to(t.said, 'UTF8')) FROM chain_texts(kind, after, through) t ORDER BY t.id
$$;
