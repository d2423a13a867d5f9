-- A cause as it is read and typed in the console (lib/ledger/cause.ts writes the same).
CREATE OR REPLACE FUNCTION ledger_cause(kind text, id text, step text, round smallint) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT kind || ':' || id || ':' || step || CASE WHEN round > 0 THEN ':' || round ELSE '' END
$$;
