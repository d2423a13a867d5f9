-- What these functions call is named with its schema: PostgreSQL builds an index without a search path.
--
-- Words without accents, capitals and marks, one blank between two. Apostrophes and dots stand inside words: with `joined`
-- they vanish (O'Brien: obrien; S.A.: sa), else they part what they join. `%`, `_` and `\` are letters. Most text is
-- plain ASCII, of which little is asked.
CREATE OR REPLACE FUNCTION search_folded(words text, joined boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
  IF octet_length(words) <> length(words) THEN
    -- What people type for an apostrophe, and what nobody sees; before anything takes them for an accent.
    words := regexp_replace(regexp_replace(words, '[\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018-\u201b\u2032\u2035\uff07]', '''', 'g'),
      '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]', '', 'g');
    words := public.search_unaccented(lower(CASE WHEN words IS NFKC NORMALIZED THEN words ELSE normalize(words, NFKC) END COLLATE "und-x-icu"));
    words := regexp_replace(words, '[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u1680\u2000-\u206f\u2190-\u2bff\u3000-\u303f]', ' ', 'g');
  END IF;
  words := regexp_replace(lower(words COLLATE "C"), '[''`.]', CASE WHEN joined THEN '' ELSE ' ' END, 'g');
  RETURN btrim(regexp_replace(words, '[\u0001-\u0024\u0026-\u002f\u003a-\u0040\u005b\u005d\u005e\u0060\u007b-\u007f]+', ' ', 'g'));
END $$;
