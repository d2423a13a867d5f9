-- They are found whole; a clave de rastreo by its end too, which is what lists show of it.
CREATE OR REPLACE FUNCTION search_code_end(code text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT reverse(upper(regexp_replace(code, '[^0-9A-Za-z]', '', 'g') COLLATE "C"))
$$;
