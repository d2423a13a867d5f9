-- What is searched: each word behind a blank, words with an apostrophe or a dot in both forms.
CREATE OR REPLACE FUNCTION search_text(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  v_joined text := ' ' || public.search_folded(coalesce(words, ''), true);
BEGIN
  IF words ~ '[''`.\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018-\u201b\u2032\u2035\u2024\uff07\uff0e]' THEN
    RETURN v_joined || ' ' || public.search_folded(words, false);
  END IF;
  RETURN v_joined;
END $$;
