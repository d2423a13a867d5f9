-- Whether an id can be this rail's: the first one writes its own text, every other its name before it (lib/rails/ids.ts).
CREATE OR REPLACE FUNCTION rail_has_id(rail text, id text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE rail WHEN 'fintoc' THEN strpos(id, ':') = 0 ELSE starts_with(id, rail || ':') END
$$;
