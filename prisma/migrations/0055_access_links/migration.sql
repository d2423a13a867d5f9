-- A link in place of a password that somebody else knows: it is good once, for a while, and only its hash is kept.

CREATE TABLE "access_links" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "made_by_id" UUID,
    "approval_id" UUID,
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opened_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_links_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "access_links_token_hash_key" ON "access_links"("token_hash");
CREATE UNIQUE INDEX "access_links_approval_id_key" ON "access_links"("approval_id");
CREATE INDEX "access_links_operator_id_idx" ON "access_links"("operator_id");
ALTER TABLE "access_links" ADD CONSTRAINT "access_links_operator_id_fkey"
    FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "access_links" ADD CONSTRAINT "access_links_approval_id_fkey"
    FOREIGN KEY ("approval_id") REFERENCES "approvals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One that somebody asked for opens once somebody else decided so, and none is good twice.
CREATE OR REPLACE FUNCTION keep_access_link() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.used_at IS NOT NULL OR NEW.token_hash <> OLD.token_hash OR NEW.operator_id <> OLD.operator_id
    OR NEW.made_by_id IS DISTINCT FROM OLD.made_by_id OR NEW.approval_id IS DISTINCT FROM OLD.approval_id THEN
    RAISE EXCEPTION 'a link that was used stays used, and is whose it was' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.used_at IS NOT NULL AND (NEW.opened_at IS NULL OR NEW.expires_at <= NEW.used_at) THEN
    RAISE EXCEPTION 'a link is used while it is open' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER access_links_kept BEFORE UPDATE ON access_links FOR EACH ROW EXECUTE FUNCTION keep_access_link();

-- Who was invited has no password yet.
ALTER TABLE "operators" ALTER COLUMN "password_hash" DROP NOT NULL;

-- Passwords that an admin chose for somebody else are set no more: what waits for a decision is asked for anew, as a link.
UPDATE approvals SET state = 'expired', ended_at = now() WHERE action = 'operator.password' AND state = 'waiting';
DROP TRIGGER approvals_forget ON approvals;
DROP FUNCTION forget_asked_password();
DROP TABLE "asked_passwords";
