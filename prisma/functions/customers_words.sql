-- Keeps what customers are called, word by word. Sorted: who adds the same words at the same moment waits, and never crosswise.
CREATE OR REPLACE FUNCTION customers_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO name_words (word)
  SELECT DISTINCT w.word FROM unnest(string_to_array(btrim(NEW.search_text), ' ')) w(word)
  WHERE length(w.word) BETWEEN 3 AND 40 ORDER BY 1
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
