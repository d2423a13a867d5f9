CREATE OR REPLACE FUNCTION chain_hash(seal chain_seals) RETURNS bytea LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sha256(seal.previous
    || convert_to(jsonb_build_array(seal.number, seal.kind, seal.after, seal.through, to_jsonb(seal.ids))::text, 'UTF8')
    || (SELECT string_agg(h.hash, '' ORDER BY h.n) FROM unnest(seal.hashes) WITH ORDINALITY h(hash, n)))
$$;
