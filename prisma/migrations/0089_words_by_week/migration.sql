-- The words of what is sorted by when it happened are found week by week.
CREATE OR REPLACE FUNCTION search_week(at timestamptz) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT floor(extract(epoch FROM at AT TIME ZONE 'UTC') / 604800)::int
$$;

-- An index that has the week beside the words serves a search by words alone as well, so it takes the other's place.
-- Where btree_gin may not be made, all of what says the words is found at once, as before.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    RETURN;
  END IF;
  BEGIN
    CREATE EXTENSION IF NOT EXISTS btree_gin;
  EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported THEN
    RAISE NOTICE 'btree_gin may not be created here: all rows that say the words are found at once';
    RETURN;
  END;
  DROP INDEX transfers_search, withdrawals_search, adjustments_search;
  CREATE INDEX transfers_search ON transfers USING gin (search_week(transacted_at), search_text gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 65536);
  CREATE INDEX withdrawals_search ON withdrawals USING gin (search_week(created_at), search_text gin_trgm_ops)
    WITH (fastupdate = on, gin_pending_list_limit = 65536);
  CREATE INDEX adjustments_search ON adjustments USING gin (search_week(created_at), search_text gin_trgm_ops);
END $$;
