-- Which role the next person who approves has to have, after so many did; null: whoever may decide.
CREATE OR REPLACE FUNCTION approval_step_role(steps jsonb, approving int) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.role FROM (
    SELECT s.step->>'role' AS role, sum((s.step->>'people')::int) OVER (ORDER BY s.nth) AS upto, s.nth
    FROM jsonb_array_elements(steps) WITH ORDINALITY s(step, nth)) o
  WHERE o.upto > approving ORDER BY o.nth LIMIT 1
$$;
