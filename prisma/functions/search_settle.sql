-- Moves into the word indexes what was written since: until then each search reads it beside them, so nothing is ever
-- missed. PostgreSQL lets only an index's owner do that. Returns how many pages there were.
CREATE OR REPLACE FUNCTION search_settle() RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_index regclass;
  v_pages int := 0;
BEGIN
  FOR v_index IN
    SELECT c.oid::regclass FROM pg_class c JOIN pg_am m ON m.oid = c.relam
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'i' AND m.amname = 'gin'
  LOOP
    v_pages := v_pages + gin_clean_pending_list(v_index);
  END LOOP;
  RETURN v_pages;
END $$;
