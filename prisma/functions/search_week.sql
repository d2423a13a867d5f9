-- In which week a moment is, counted from 1 January 1970: beside the words of what happened, so that those of a week are
-- found alone.
CREATE OR REPLACE FUNCTION search_week(at timestamptz) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT floor(extract(epoch FROM at AT TIME ZONE 'UTC') / 604800)::int
$$;
