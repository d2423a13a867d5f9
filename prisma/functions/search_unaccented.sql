-- Both extensions are trusted: the owner of a database may create them. Where a host has neither, accents are taken off by
-- Unicode's own decomposition (letters that have none, such as ø, then stay), and searches read a table from end to end.
DO $$
DECLARE
  v_schema text;
  v_body text := 'SELECT regexp_replace(normalize(words, NFKD), ''[\u0300-\u036f]'', '''', ''g'')';
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS unaccent;
    SELECT n.nspname INTO v_schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'unaccent';
    -- Named with its dictionary it depends on nothing but its words, as an index needs.
    v_body := format('SELECT regexp_replace(%1$I.unaccent(%2$L::regdictionary, words), ''[\u0300-\u036f]'', '''', ''g'')',
      v_schema, format('%I.unaccent', v_schema));
  EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'unaccent may not be created here: accents are taken off by decomposition';
  END;
  EXECUTE format('CREATE OR REPLACE FUNCTION search_unaccented(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS %L', v_body);
END $$;
