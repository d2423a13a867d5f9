-- Statements that go to somebody by mail, and the scope of keys that read the journal.

-- CreateTable
CREATE TABLE "statement_mails" (
    "id" UUID NOT NULL,
    "statement_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "asked_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" "notice_mail_state" NOT NULL DEFAULT 'waiting',
    "is_attached" BOOLEAN,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "statement_mails_pkey" PRIMARY KEY ("id"),
    CONSTRAINT statement_mails_address_check CHECK (address = lower(address) AND length(address) BETWEEN 3 AND 254),
    CONSTRAINT statement_mails_sent_check CHECK ((state = 'sent') = (is_attached IS NOT NULL) AND (state = 'waiting') = (ended_at IS NULL))
);

-- CreateIndex
CREATE UNIQUE INDEX "statement_mails_statement_id_address_key" ON "statement_mails"("statement_id", "address");
CREATE INDEX statement_mails_to_send ON statement_mails (created_at, id) WHERE state = 'waiting';

-- AddForeignKey
ALTER TABLE "statement_mails" ADD CONSTRAINT "statement_mails_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_mails" ADD CONSTRAINT "statement_mails_asked_by_id_fkey" FOREIGN KEY ("asked_by_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whom a file went to can be read for ever.
CREATE TRIGGER statement_mails_kept BEFORE DELETE OR TRUNCATE ON statement_mails
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_mails_asked
  BEFORE UPDATE OF id, statement_id, address, asked_by_id, created_at
  ON statement_mails FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes_check;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes_check CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY[
    'account_numbers:read', 'accounting:read', 'approvals:read', 'balance_adjustments:read', 'balance_adjustments:write', 'customers:read',
    'customers:write', 'deposits:read', 'deposits:write', 'entities:read', 'entities:write', 'events:read', 'statements:read',
    'statements:write', 'test:write', 'wallets:freeze', 'wallets:read', 'wallets:write', 'webhook_endpoints:read', 'webhook_endpoints:write',
    'withdrawals:read', 'withdrawals:write']);
