-- The moment of a schedule's nth day, from 0: nine in the morning of its zone. A month that lacks the day has its last one.
CREATE OR REPLACE FUNCTION schedule_moment(every schedule_every, starts_on date, zone text, nth int) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT (starts_on + nth * CASE every
      WHEN 'once' THEN interval '0' WHEN 'week' THEN interval '7 days' WHEN 'fortnight' THEN interval '14 days' ELSE interval '1 month' END
    + interval '9 hours') AT TIME ZONE zone
$$;
