-- Whether what was typed is all of a text, or all of something that is masked in it, however its digits are grouped.
CREATE OR REPLACE FUNCTION search_tells(words text, typed text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT lower(btrim(words)) = lower(btrim(typed)) OR EXISTS (
    SELECT FROM regexp_matches(words, '(' || public.search_hidden() || ')', 'gi') m(found)
    WHERE lower(regexp_replace(m.found[1], '[\s.()+\-\u00a0\u2010-\u2015\u2212]', '', 'g'))
      = lower(regexp_replace(typed, '[\s.()+\-\u00a0\u2010-\u2015\u2212]', '', 'g')))
$$;
