-- What gives itself away by its form wherever it stands in a text, also glued to a word: e-mails, tax ids, and numbers of
-- ten digits or more or of Chile's nine. A little more than who may not see it sees masked (lib/people/masked-text.ts).
CREATE OR REPLACE FUNCTION search_hidden() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT '[[:alnum:]._%+''-]+@[[:alnum:]-]+(?:\.[[:alnum:]-]+)*'
    || '|(?<!\d)\+?\(?\d(?:[\s.()\-\u00a0\u2010-\u2015\u2212]{0,3}\d){9,}(?!\d)'
    || '|[A-ZÑ&]{3,4}[\s.\-\u00a0\u2010-\u2015\u2212]{0,3}(?!\d(?:[\s.()\-\u00a0\u2010-\u2015\u2212]{0,3}\d){9})'
    || '\d{6}[\s.\-\u00a0\u2010-\u2015\u2212]{0,3}[A-Z0-9]{3,8}(?!\d)'
    || '|(?<!\d)\d{1,2}\.?\d{3}\.?\d{3}\s?[-\u2010-\u2015\u2212]\s?[\dK](?![[:alnum:]])'
    || '|(?<!\d)9[\s.\-\u00a0\u2010-\u2015\u2212]{0,3}\d{4}[\s.\-\u00a0\u2010-\u2015\u2212]{0,3}\d{4}(?!\d)'
$$;
