-- Who is signed in stands in the database, where it can be ended; wrong passwords slow down who sends them, and lock nobody out.

CREATE TYPE "session_end" AS ENUM ('signed_out', 'ended', 'password', 'disabled', 'restored');

CREATE TABLE "operator_sessions" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "end_cause" "session_end",
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,

    CONSTRAINT "operator_sessions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "operator_sessions_end" CHECK (("ended_at" IS NULL) = ("end_cause" IS NULL))
);

CREATE INDEX "operator_sessions_operator_id_opened_at_idx" ON "operator_sessions"("operator_id", "opened_at");

ALTER TABLE "operator_sessions" ADD CONSTRAINT "operator_sessions_operator_id_fkey"
    FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whatever ends somebody's access ends their sessions for good, whoever writes it: none comes back to life with the access.
CREATE OR REPLACE FUNCTION end_sessions() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE operator_sessions SET ended_at = now(), end_cause = 'disabled' WHERE operator_id = NEW.id AND ended_at IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER operators_end_sessions AFTER UPDATE OF disabled_at ON operators
  FOR EACH ROW WHEN (OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL) EXECUTE FUNCTION end_sessions();

-- An ended session stays ended, and nothing of where it came from is rewritten.
CREATE OR REPLACE FUNCTION keep_session() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.operator_id <> OLD.operator_id OR NEW.opened_at <> OLD.opened_at
    OR NEW.ip <> OLD.ip OR NEW.user_agent <> OLD.user_agent THEN
    RAISE EXCEPTION 'a session that ended stays ended, and is whose it was' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER operator_sessions_kept BEFORE UPDATE ON operator_sessions FOR EACH ROW EXECUTE FUNCTION keep_session();

-- Of a day. What is lost with the server's memory only makes the next try free.
CREATE UNLOGGED TABLE "sign_in_tries" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_tries_pkey" PRIMARY KEY ("key")
);

CREATE INDEX "sign_in_tries_at_idx" ON "sign_in_tries"("at");

ALTER TABLE "operators" DROP COLUMN "failed_sign_ins", DROP COLUMN "locked_until";
