-- What knows no noun of the product: words, what stays as it was, and what the programs remember of themselves.

-- ── Words ─────────────────────────────────────────────────────────────────────

-- One search text for the whole console: what a name, a concept or a reason says, in however many ways it is written.

-- Both extensions are trusted: the owner of a database may create them. Where a host has neither, accents are taken off by
-- Unicode's own decomposition (letters that have none, such as ø, then stay), and searches read a table from end to end.
DO $$
DECLARE
  v_schema text;
  v_body text := 'SELECT regexp_replace(normalize(words, NFKD), ''[\u0300-\u036f]'', '''', ''g'')';
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS unaccent;
    SELECT n.nspname INTO v_schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'unaccent';
    -- Named with its dictionary it depends on nothing but its words, as an index needs.
    v_body := format('SELECT regexp_replace(%1$I.unaccent(%2$L::regdictionary, words), ''[\u0300-\u036f]'', '''', ''g'')',
      v_schema, format('%I.unaccent', v_schema));
  EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'unaccent may not be created here: accents are taken off by decomposition';
  END;
  EXECUTE format('CREATE OR REPLACE FUNCTION search_unaccented(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS %L', v_body);
END $$;

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

-- What is searched: each word behind a blank, words with an apostrophe or a dot in both forms.
CREATE OR REPLACE FUNCTION search_text(words text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  v_joined text := ' ' || public.search_folded(coalesce(words, ''), true);
BEGIN
  IF words ~ '[''`.\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018-\u201b\u2032\u2035\u2024\uff07\uff0e]' THEN
    RETURN v_joined || ' ' || public.search_folded(words, false);
  END IF;
  RETURN v_joined;
END $$;

-- ── What stays ────────────────────────────────────────────────────────────────

-- For triggers on what is append-only.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- What people did, by whom and why.
CREATE TABLE audit_entries (
  id bigserial PRIMARY KEY,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  actor_kind text NOT NULL,
  actor_id text,
  actor_name text NOT NULL,
  action text NOT NULL,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  before jsonb,
  after jsonb,
  reason text,
  ip text,
  user_agent text,
  CONSTRAINT audit_entries_actor_kind_check CHECK (actor_kind IN ('operator', 'key', 'system', 'rail'))
);
CREATE INDEX audit_entries_subject_type_subject_id_id_idx ON audit_entries (subject_type, subject_id, id);
CREATE INDEX audit_entries_actor_id_id_idx ON audit_entries (actor_id, id);
CREATE INDEX audit_entries_action_id_idx ON audit_entries (action, id);
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entries FROM PUBLIC, CURRENT_USER;

-- What was asked for under an id of the asker's own: who, what in one hash, and what came of it. Sent again it answers
-- that; by somebody else, or with another content, it is refused.
CREATE TABLE once_requests (
  id text PRIMARY KEY,
  act text NOT NULL,
  asked_by text NOT NULL,
  content_hash text NOT NULL,
  made_id text,
  at timestamptz(3) NOT NULL DEFAULT now()
);

-- ── The programs ──────────────────────────────────────────────────────────────

CREATE TABLE settings (
  key text PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL
);

CREATE TABLE worker_heartbeats (
  id text PRIMARY KEY,
  started_at timestamptz(3) NOT NULL,
  beat_at timestamptz(3) NOT NULL
);
CREATE INDEX worker_heartbeats_beat_at_idx ON worker_heartbeats (beat_at);

CREATE TABLE rate_slots (
  key text PRIMARY KEY,
  next_at timestamptz(3) NOT NULL
);
