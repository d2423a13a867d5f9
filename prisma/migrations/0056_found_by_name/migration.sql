-- What the finder looks for among a million customers: who is called just so or begins so, in the order of names; and each
-- word that a customer is called by, once, in which a word with a slip of the pen finds the one that was meant.

CREATE INDEX customers_begin ON customers (search_text COLLATE "C", id);

-- And what a customer's page lists: their cases, whatever each is about.
CREATE INDEX cases_customer ON cases (customer_id, opened_at) WHERE customer_id IS NOT NULL;

CREATE TABLE name_words (word text PRIMARY KEY);
INSERT INTO name_words (word)
SELECT DISTINCT w.word FROM customers c, unnest(string_to_array(btrim(c.search_text), ' ')) w(word)
WHERE length(w.word) BETWEEN 3 AND 40;
CREATE INDEX name_words_alike ON name_words USING gin (word gin_trgm_ops);

-- Keeps what customers are called, word by word. Sorted: who adds the same words at the same moment waits, and never crosswise.
CREATE OR REPLACE FUNCTION customers_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO name_words (word)
  SELECT DISTINCT w.word FROM unnest(string_to_array(btrim(NEW.search_text), ' ')) w(word)
  WHERE length(w.word) BETWEEN 3 AND 40 ORDER BY 1
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER customers_words AFTER INSERT OR UPDATE OF name ON customers
FOR EACH ROW EXECUTE FUNCTION customers_words();
