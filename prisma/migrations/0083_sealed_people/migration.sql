-- ── Personal data is sealed where it stands ──────────────────────────────────

CREATE TABLE "data_keys" (
    "id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "master_key" TEXT,
    "wrapped" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "shredded_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_keys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT data_keys_owner_check CHECK (owner IN ('house', 'search') OR owner ~ '^customer:[0-9a-f-]{36}$'),
    CONSTRAINT data_keys_shredded CHECK (
      (wrapped IS NULL) = (shredded_at IS NOT NULL) AND (wrapped IS NULL) = (master_key IS NULL))
);
CREATE UNIQUE INDEX "data_keys_owner_key" ON "data_keys"("owner");
CREATE INDEX data_keys_to_rewrap ON data_keys (master_key) WHERE wrapped IS NOT NULL;

-- A key that is gone takes with it what it sealed: none is deleted, none becomes another's, none comes back.
CREATE TRIGGER data_keys_kept BEFORE DELETE OR TRUNCATE ON data_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER data_keys_owned BEFORE UPDATE OF id, owner, created_at ON data_keys
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER data_keys_gone BEFORE UPDATE ON data_keys
  FOR EACH ROW WHEN (OLD.shredded_at IS NOT NULL) EXECUTE FUNCTION refuse_change();

-- Found by their whole value, through a keyed hash of it.
ALTER TABLE "customers" ADD COLUMN "tax_id_hash" TEXT, ADD COLUMN "email_hash" TEXT, ADD COLUMN "phone_hash" TEXT,
  ADD COLUMN "erased_at" TIMESTAMPTZ(3);
DROP INDEX customers_tax_id_letters;
DROP INDEX customers_email;
DROP INDEX customers_phone;
CREATE INDEX customers_tax_id_hash ON customers (tax_id_hash) WHERE tax_id_hash IS NOT NULL;
CREATE INDEX customers_email_hash ON customers (email_hash) WHERE email_hash IS NOT NULL;
CREATE INDEX customers_phone_hash ON customers (phone_hash) WHERE phone_hash IS NOT NULL;

-- What stood here before is sealed by the worker (lib/people/kept.ts), and nothing is written any more that isn't.
CREATE INDEX customers_to_seal ON customers (id) WHERE tax_id_hash IS NULL AND erased_at IS NULL;
ALTER TABLE customers ADD CONSTRAINT customers_sealed CHECK (
  CASE WHEN erased_at IS NULL THEN tax_id_hash IS NOT NULL AND starts_with(tax_id, 'v1.')
         AND (email IS NULL OR starts_with(email, 'v1.')) AND (phone IS NULL OR starts_with(phone, 'v1.'))
       ELSE tax_id = '' AND num_nonnulls(email, phone, tax_id_hash, email_hash, phone_hash) = 0 END) NOT VALID;

-- A KYB too, what is typed of it and what Fintoc has:
-- as a text in its column of JSON. What stood here before is sealed by the worker (lib/entities/kept.ts).
ALTER TABLE kyb_drafts DROP CONSTRAINT kyb_drafts_answers;
ALTER TABLE kyb_drafts ADD CONSTRAINT kyb_drafts_sealed CHECK (
  answers = '{}' OR (jsonb_typeof(answers) = 'string' AND starts_with(answers #>> '{}', 'v1.') AND octet_length(answers::text) <= 140000)) NOT VALID;
ALTER TABLE onboardings ADD CONSTRAINT onboardings_sealed CHECK (
  raw = '{}' OR (jsonb_typeof(raw) = 'string' AND starts_with(raw #>> '{}', 'v1.'))) NOT VALID;
CREATE INDEX kyb_drafts_to_seal ON kyb_drafts (entity_id) WHERE jsonb_typeof(answers) = 'object' AND answers <> '{}';
CREATE INDEX onboardings_to_seal ON onboardings (entity_id) WHERE jsonb_typeof(raw) = 'object' AND raw <> '{}';
